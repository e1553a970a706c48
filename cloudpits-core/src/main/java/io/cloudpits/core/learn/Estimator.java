package io.cloudpits.core.learn;

import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Require;
import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.core.plan.RateEstimate;
import io.cloudpits.core.plan.RateEstimate.Basis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Estimates what types and single instances deliver, from earlier runs and from this one. Gaussian throughout: history,
 * relatives and live measurements are combined by their precision.
 *
 * <ul>
 *   <li>Instances of a type differ by a relative spread {@code s}: history's standard deviation, shrunk to 7 % as if three
 *       more instances had shown that.
 *   <li>The mean of a type has the error {@code s / sqrt(instances)}: samples of one instance are correlated, so instances
 *       count, not samples.
 *   <li>This run may be faster or slower than history as a whole. The common factor is the precision-weighted mean of live
 *       rate / history over the types that have both, with a prior of 1 +- 0.15; it scales history.
 *   <li>A type that was never measured gets the rate per vCPU of its nearest measured relatives, with an error of 10 % for
 *       the same family, 25 % for the same generation and architecture, 35 % for the same architecture, else 45 %.
 *   <li>Before anything was measured rates are guesses in proportion to vCPUs with an error of 100 %.
 * </ul>
 *
 * Deterministic. Not safe for use by several threads.
 */
public final class Estimator {
    private static final double SPREAD = 0.07;
    private static final double SPREAD_WEIGHT = 3;
    private static final double FACTOR_ERROR = 0.15;
    private static final double DRIFT = 0.02;

    private final Map<String, InstanceTypeFacts> catalog = new TreeMap<>();
    private final Map<String, ThroughputSummary> history;
    private final double guessPerVcpu;
    private Map<String, List<Measured>> live = Map.of();
    private Map<String, Measured> byInstance = Map.of();
    private double factor = 1;
    private final Map<String, RateEstimate> types = new HashMap<>();

    /**
     * An estimator that knows history only.
     *
     * @param catalog facts of the types; a type that is missing is judged by its name
     * @param history by instance type
     * @param guessPerVcpu tasks per second and vCPU to guess while nothing was measured; above 0
     */
    public Estimator(
            Collection<InstanceTypeFacts> catalog, Map<String, ThroughputSummary> history, double guessPerVcpu) {
        catalog.forEach(facts -> this.catalog.put(facts.name(), facts));
        this.history = new TreeMap<>(history);
        this.guessPerVcpu = Require.positive("guessPerVcpu", guessPerVcpu);
    }

    /** Replaces what was measured in this run; at most one measurement per instance. */
    public void learn(Collection<Measured> measured) {
        Map<String, List<Measured>> grouped = new TreeMap<>();
        Map<String, Measured> single = new TreeMap<>();
        for (Measured m : measured) {
            single.put(m.instanceId(), m);
        }
        for (Measured m : single.values()) {
            grouped.computeIfAbsent(m.instanceType(), t -> new ArrayList<>()).add(m);
        }
        byInstance = single;
        live = grouped;
        types.clear();
        factor = commonFactor();
    }

    /** Whether anything was measured, in this run or before. */
    public boolean isMeasured() {
        return !history.isEmpty() || !live.isEmpty();
    }

    /** What one instance of a type delivers. */
    public RateEstimate type(String instanceType) {
        RateEstimate known = types.get(instanceType);
        if (known == null) {
            known = estimate(instanceType);
            types.put(instanceType, known);
        }
        return known;
    }

    /** What this very instance delivers: its own measurement, shrunk to its type's mean. */
    public RateEstimate instance(String instanceId, String instanceType) {
        RateEstimate type = type(instanceType);
        Measured own = byInstance.get(instanceId);
        if (own == null || type.tasksPerSecond() == 0) {
            return type;
        }
        double priorVariance = square(type.spread()) + square(type.error());
        double ownVariance = square(own.relativeError() * type.tasksPerSecond());
        double weight = priorVariance / (priorVariance + ownVariance);
        double mean = type.tasksPerSecond() + weight * (own.tasksPerSecond() - type.tasksPerSecond());
        double left = Math.sqrt(priorVariance * ownVariance / (priorVariance + ownVariance));
        return new RateEstimate(Math.max(0, mean), left, 0, Basis.LIVE);
    }

    private RateEstimate estimate(String type) {
        double spread = relativeSpread(type);
        Optional<Mean> before = Optional.ofNullable(history.get(type)).map(h -> historyMean(h, spread));
        Optional<Mean> now = liveMean(type, spread);
        Mean prior = before.orElseGet(() -> relatives(type));
        boolean guessed = before.isEmpty() && !othersMeasured(type);
        Mean mean = now.map(n -> guessed ? n : prior.with(n)).orElse(prior);
        Basis basis = now.isPresent()
                ? Basis.LIVE
                : before.isPresent() ? Basis.HISTORY : isMeasured() ? Basis.PRIOR : Basis.GUESS;
        return new RateEstimate(mean.value, spread * mean.value, mean.error, basis);
    }

    private Mean historyMean(ThroughputSummary h, double spread) {
        double value = h.meanTasksPerSecond() * factor;
        double relative = Math.sqrt(square(spread) / h.instances() + square(DRIFT));
        return new Mean(value, relative * value);
    }

    private Optional<Mean> liveMean(String type, double spread) {
        double precision = 0;
        double sum = 0;
        for (Measured m : live.getOrDefault(type, List.of())) {
            double scale = Math.max(m.tasksPerSecond(), 1e-9);
            double variance = square(scale) * (square(spread) + square(m.relativeError()));
            precision += 1 / variance;
            sum += m.tasksPerSecond() / variance;
        }
        return precision > 0 ? Optional.of(new Mean(sum / precision, Math.sqrt(1 / precision))) : Optional.empty();
    }

    private double relativeSpread(String type) {
        ThroughputSummary h = history.get(type);
        if (h == null || h.instances() < 2) {
            return SPREAD;
        }
        double own = h.stdDevTasksPerSecond() / h.meanTasksPerSecond();
        return Math.sqrt(
                (SPREAD_WEIGHT * square(SPREAD) + h.instances() * square(own)) / (SPREAD_WEIGHT + h.instances()));
    }

    private double commonFactor() {
        double precision = 1 / square(FACTOR_ERROR);
        double sum = precision;
        for (String type : live.keySet()) {
            ThroughputSummary h = history.get(type);
            double spread = relativeSpread(type);
            Optional<Mean> now = liveMean(type, spread);
            if (h != null && now.isPresent() && now.get().value > 0) {
                double ratio = now.get().value / h.meanTasksPerSecond();
                double error =
                        ratio * Math.sqrt(square(now.get().error / now.get().value) + square(spread) / h.instances());
                precision += 1 / square(error);
                sum += ratio / square(error);
            }
        }
        return sum / precision;
    }

    private boolean othersMeasured(String type) {
        return !history.isEmpty() || live.keySet().stream().anyMatch(t -> !t.equals(type));
    }

    /** The rate per vCPU of the nearest measured types, times this type's vCPUs. */
    private Mean relatives(String type) {
        InstanceTypeFacts facts = facts(type);
        double[] sums = new double[Kinship.values().length];
        int[] counts = new int[sums.length];
        var measured = new TreeSet<>(history.keySet());
        measured.addAll(live.keySet());
        measured.remove(type);
        for (String other : measured) {
            double rate = measuredRate(other);
            if (rate > 0) {
                Kinship kinship = Kinship.of(facts, facts(other));
                sums[kinship.ordinal()] += Math.log(rate / vcpus(facts(other)));
                counts[kinship.ordinal()]++;
            }
        }
        for (Kinship kinship : Kinship.values()) {
            int count = counts[kinship.ordinal()];
            if (count > 0) {
                double value = vcpus(facts) * Math.exp(sums[kinship.ordinal()] / count);
                return new Mean(value, kinship.error * value);
            }
        }
        double guess = vcpus(facts) * guessPerVcpu;
        return new Mean(guess, guess);
    }

    private double measuredRate(String type) {
        ThroughputSummary h = history.get(type);
        Optional<Mean> now = liveMean(type, relativeSpread(type));
        return now.map(m -> m.value).orElseGet(() -> h == null ? 0 : h.meanTasksPerSecond() * factor);
    }

    private InstanceTypeFacts facts(String type) {
        InstanceTypeFacts known = catalog.get(type);
        return known != null ? known : InstanceTypeFacts.unknown(type);
    }

    private static double vcpus(InstanceTypeFacts facts) {
        return facts.vcpus() > 0 ? facts.vcpus() : Kinship.vcpusByName(facts.name());
    }

    private static double square(double x) {
        return x * x;
    }

    private record Mean(double value, double error) {
        Mean with(Mean other) {
            double a = 1 / square(Math.max(error, 1e-12));
            double b = 1 / square(Math.max(other.error, 1e-12));
            return new Mean((value * a + other.value * b) / (a + b), Math.sqrt(1 / (a + b)));
        }
    }
}
