package io.cloudpits.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The price steps of one pool as far as they were delivered. Not safe for use by several threads. */
final class PoolPrices {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TreeMap<Instant, Double> steps = new TreeMap<>();
    private Instant completeUntil = Instant.MIN;

    void add(Instant at, double usdPerHour) {
        steps.put(at, usdPerHour);
    }

    void complete(Instant until) {
        if (until.isAfter(completeUntil)) {
            completeUntil = until;
        }
    }

    Instant completeUntil() {
        return completeUntil;
    }

    double highest() {
        return steps.values().stream().mapToDouble(d -> d).max().orElse(0);
    }

    /** What an instance cost between its launch and an instant, the ceiling standing in for prices not delivered. */
    Charge between(Instant launch, Instant to, double ceiling, PriceChangeRule rule) {
        return rule == PriceChangeRule.IMMEDIATE ? immediate(launch, to, ceiling) : hourly(launch, to, ceiling);
    }

    private Charge immediate(Instant launch, Instant to, double ceiling) {
        Map.Entry<Instant, Double> step = steps.floorEntry(launch);
        Instant known = completeUntil.isBefore(to) ? completeUntil : to;
        if (step == null || !known.isAfter(launch)) {
            return new Charge(usd(launch, to, ceiling), to.isAfter(launch));
        }
        double usd = 0;
        Instant from = launch;
        while (from.isBefore(known)) {
            Map.Entry<Instant, Double> next = steps.higherEntry(from);
            Instant until = next == null || next.getKey().isAfter(known) ? known : next.getKey();
            usd += usd(from, until, step.getValue());
            from = until;
            step = next;
        }
        return new Charge(usd + usd(known, to, ceiling), known.isBefore(to));
    }

    private Charge hourly(Instant launch, Instant to, double ceiling) {
        double usd = 0;
        boolean estimated = false;
        for (Instant from = launch; from.isBefore(to); from = from.plus(HOUR)) {
            Instant until = from.plus(HOUR).isBefore(to) ? from.plus(HOUR) : to;
            Charge rate = at(from, ceiling);
            usd += usd(from, until, rate.usd());
            estimated |= rate.estimated();
        }
        return new Charge(usd, estimated);
    }

    /** The price per hour in force at an instant. */
    Charge at(Instant instant, double ceiling) {
        Map.Entry<Instant, Double> step = steps.floorEntry(instant);
        boolean unknown = step == null || completeUntil.isBefore(instant);
        return new Charge(unknown ? ceiling : step.getValue(), unknown);
    }

    static double usd(Instant from, Instant to, double usdPerHour) {
        return seconds(from, to) * usdPerHour / 3600;
    }

    static double seconds(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.getSeconds() + time.getNano() / 1e9;
    }

    /**
     * An amount, and whether it is an estimate.
     *
     * @param usd USD, or USD per hour for a price
     * @param estimated whether the ceiling stands in for a price not delivered
     */
    record Charge(double usd, boolean estimated) {}
}
