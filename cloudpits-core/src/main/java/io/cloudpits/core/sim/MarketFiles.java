package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.api.Require;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts a market together from files. Prices and throughput are needed, the rest has defaults. Not safe for use by several
 * threads.
 */
public final class MarketFiles {
    private static final int PLENTY = 1_000_000;

    private final Path prices;
    private final Path throughput;
    private final String column;
    private final double scale;
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Path onDemand;
    private @Nullable Path interruptions;
    private @Nullable Path availability;
    private boolean onDemandPools;
    private int leastCapacity = PLENTY;
    private int mostCapacity = PLENTY;
    private long seed = 1;

    /**
     * Files to read.
     *
     * @param prices a price log, see {@link PriceLog}
     * @param throughput a table with the column {@code instance_type} and one with throughput
     * @param column the throughput column; an empty cell is a type whose throughput is unknown
     * @param scale tasks per second for one unit of that column
     */
    public MarketFiles(Path prices, Path throughput, String column, double scale) {
        this.prices = prices;
        this.throughput = throughput;
        this.column = Require.text("throughput column", column);
        this.scale = Require.positive("throughput scale", scale);
    }

    /**
     * On-Demand prices, which are the ceiling of Spot prices; default: the highest price in the log of any pool of the type.
     *
     * @param pools whether On-Demand instances can be had too, in every zone of the log
     */
    public MarketFiles onDemand(Path file, boolean pools) {
        onDemand = file;
        onDemandPools = pools;
        return this;
    }

    /** Monthly interruption bands by type; default: no interruptions but those of {@link #availability}. */
    public MarketFiles interruptions(Path file) {
        interruptions = file;
        return this;
    }

    /**
     * Availability patterns; each pool gets one of them, and where in it the time begins, by the seed; default: always
     * available.
     */
    public MarketFiles availability(Path file) {
        availability = file;
        return this;
    }

    /** Instances that a pool holds, drawn evenly by the seed; default: practically unlimited. */
    public MarketFiles capacity(int least, int most) {
        leastCapacity = Require.atLeast("least capacity", least, 0);
        mostCapacity = Require.atLeast("most capacity", most, least);
        return this;
    }

    /** The seed of what is drawn; default 1. */
    public MarketFiles seed(long value) {
        seed = value;
        return this;
    }

    /** What was noticed while reading that a user should know. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Reads everything.
     *
     * @throws MarketFileException if a file is not as it should be
     */
    public Market read() {
        warnings.clear();
        PriceLog log = PriceLog.read(prices);
        TypeTable speeds = TypeTable.throughput(throughput, column, scale);
        TypeTable listPrices = onDemand == null ? TypeTable.empty() : TypeTable.onDemand(onDemand);
        SortedMap<String, Double> hazards =
                interruptions == null ? new TreeMap<>() : TypeTable.interruptions(interruptions);
        List<AvailabilityPattern> patterns = availability == null ? List.of() : TypeTable.availability(availability);
        SortedMap<String, Double> ceilings = ceilings(log, listPrices);
        SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>();
        SortedMap<String, InstanceTypeFacts> facts = new TreeMap<>();
        SortedMap<String, Double> known = new TreeMap<>();
        var dice = new Dice(seed);
        long ordinal = 0;
        for (var entry : log.pools().entrySet()) {
            CapacityPool pool = entry.getKey();
            String type = pool.instanceType();
            StepFunction capacity = capacity(dice, ordinal++, patterns, entry.getValue());
            double ceiling = ceilings.getOrDefault(type, entry.getValue().max());
            pools.put(pool, new PoolMarket(entry.getValue(), ceiling, capacity, hazards.getOrDefault(type, 0.0)));
            if (onDemandPools && listPrices.values().containsKey(type)) {
                pools.put(
                        new CapacityPool(type, pool.availabilityZone(), PurchaseOption.ON_DEMAND),
                        new PoolMarket(StepFunction.constant(ceiling), ceiling, StepFunction.constant(PLENTY), 0));
            }
            facts.put(type, speeds.facts(type, listPrices));
            Double speed = speeds.values().get(type);
            if (speed != null) {
                known.put(type, speed);
            }
        }
        warn(facts, known);
        return new Market(pools, facts, known);
    }

    private SortedMap<String, Double> ceilings(PriceLog log, TypeTable listPrices) {
        SortedMap<String, Double> ceilings = new TreeMap<>(listPrices.values());
        int raised = 0;
        for (var entry : log.pools().entrySet()) {
            String type = entry.getKey().instanceType();
            double highest = entry.getValue().max();
            Double before = ceilings.get(type);
            if (before == null || before < highest) {
                raised += listPrices.values().containsKey(type) ? 1 : 0;
                ceilings.put(type, highest);
            }
        }
        if (raised > 0) {
            warnings.add(raised + " pools were dearer on Spot than On-Demand; their highest price is their ceiling");
        }
        return ceilings;
    }

    private StepFunction capacity(Dice dice, long ordinal, List<AvailabilityPattern> patterns, StepFunction price) {
        double held = leastCapacity
                + Math.floor((mostCapacity - leastCapacity + 1) * dice.uniform("capacity", ordinal, 0) * 0.999999);
        if (patterns.isEmpty()) {
            return StepFunction.constant(held);
        }
        AvailabilityPattern chosen = patterns.get((int) (patterns.size() * dice.uniform("pattern", ordinal, 0)));
        StepFunction pattern = chosen.capacity();
        Duration length = chosen.length();
        long offset = (long) (length.toMillis() * dice.uniform("offset", ordinal, 0));
        TreeMap<Instant, Double> steps = new TreeMap<>();
        Instant from = price.instant(0);
        Instant to = price.instant(price.size() - 1).plus(Duration.ofDays(14));
        for (Instant turn = from.minusMillis(offset); turn.isBefore(to); turn = turn.plus(length)) {
            for (int i = 0; i < pattern.size(); i++) {
                steps.put(
                        turn.plusMillis(pattern.instant(i).toEpochMilli()
                                - pattern.instant(0).toEpochMilli()),
                        pattern.value(i) * held);
            }
        }
        return StepFunction.of(steps);
    }

    private void warn(SortedMap<String, InstanceTypeFacts> facts, SortedMap<String, Double> known) {
        long unsized = facts.values().stream().filter(f -> f.vcpus() == 0).count();
        if (unsized > 0) {
            warnings.add("vCPUs of " + unsized + " types are unknown and count as 0");
        }
        long unknown =
                facts.keySet().stream().filter(t -> !known.containsKey(t)).count();
        if (unknown > 0) {
            warnings.add("throughput of " + unknown + " of " + facts.size() + " priced types is unknown");
        }
        if (known.isEmpty()) {
            throw new MarketFileException(throughput, "has no type of the price log " + prices);
        }
    }
}
