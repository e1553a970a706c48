package io.cloudpits.core.learn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What was measured in this run: the latest of every instance that ever was, by type. Immutable.
 *
 * <p>A rate of 0 counts for its instance only. It has no logarithm, and an instance that does nothing tells nothing of how
 * fast its type is.
 */
final class LiveSamples {
    private static final double CLIP = 3;
    private static final double MEDIAN_TO_SIGMA = 1.4826;

    private final Map<String, Measured> byInstance;
    private final Map<String, List<Measured>> byType = new TreeMap<>();

    LiveSamples(Map<String, Measured> byInstance) {
        this.byInstance = byInstance;
        for (Measured m : byInstance.values()) {
            if (m.tasksPerSecond() > 0) {
                byType.computeIfAbsent(m.instanceType(), t -> new ArrayList<>()).add(m);
            }
        }
    }

    static LiveSamples none() {
        return new LiveSamples(new TreeMap<>());
    }

    /** With newer measurements; instances not among them keep theirs. */
    LiveSamples with(Collection<Measured> measured) {
        Map<String, Measured> latest = new TreeMap<>(byInstance);
        measured.forEach(m -> latest.put(m.instanceId(), m));
        return new LiveSamples(latest);
    }

    Optional<Measured> instance(String id) {
        return Optional.ofNullable(byInstance.get(id));
    }

    Collection<String> types() {
        return byType.keySet();
    }

    boolean has(String type) {
        return byType.containsKey(type);
    }

    /** The mean of a type's instances, each with the variance of the spread and of its own measurement. */
    Optional<LogMean> mean(String type, double spread) {
        List<Measured> all = byType.get(type);
        return all == null
                ? Optional.empty()
                : Optional.of(LogMean.of(all.stream()
                        .map(m -> new LogMean(Math.log(m.tasksPerSecond()), variance(m, spread)))
                        .toList()));
    }

    private static double variance(Measured m, double spread) {
        return spread * spread + m.relativeError() * m.relativeError();
    }

    /**
     * The relative variance between instances of one type, over all types with two or more, less what the measurements'
     * own errors explain: {@code sum of squared deviations - sum of e^2 (1 - 1/n) over sum of (n - 1)}. Deviations count
     * at most as three of the expected ones, or of 1.48 times the median deviation, so that an instance that halted does
     * not widen them all. Weighs as many instances as {@link #degrees}.
     */
    OptionalDouble spreadVariance(double expectedSpread) {
        List<Deviation> deviations = deviations(expectedSpread);
        if (deviations.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sizes =
                deviations.stream().mapToDouble(d -> Math.abs(d.off)).sorted().toArray();
        double spread = Math.max(expectedSpread, MEDIAN_TO_SIGMA * sizes[sizes.length / 2]);
        double excess = 0;
        for (Deviation d : deviations) {
            double most = CLIP * CLIP * (spread * spread + d.ownVariance);
            excess += Math.min(most, d.off * d.off) - d.ownVariance * (1 - 1.0 / d.group);
        }
        return OptionalDouble.of(Math.max(0, excess / degrees()));
    }

    private List<Deviation> deviations(double spread) {
        List<Deviation> deviations = new ArrayList<>();
        for (Map.Entry<String, List<Measured>> e : byType.entrySet()) {
            List<Measured> all = e.getValue();
            double centre = mean(e.getKey(), spread).orElseThrow().value();
            for (Measured m : all.size() < 2 ? List.<Measured>of() : all) {
                double own = m.relativeError() * m.relativeError();
                deviations.add(new Deviation(Math.log(m.tasksPerSecond()) - centre, own, all.size()));
            }
        }
        return deviations;
    }

    /** Over all types, the instances beyond the first. */
    int degrees() {
        return byType.values().stream().mapToInt(all -> all.size() - 1).sum();
    }

    /** How far one of {@code group} instances lies from its type's mean, and the variance of its own measurement. */
    private record Deviation(double off, double ownVariance, int group) {}
}
