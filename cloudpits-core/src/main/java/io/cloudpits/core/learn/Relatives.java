package io.cloudpits.core.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries rates from measured types to others, by the rate per vCPU of the nearest relatives. With {@code n} of them of a
 * kinship with error {@code k}, the types' rates per vCPU scatter about a common mean with the variance
 * {@code d = (3 k^2/2 + sum of squared deviations) / (3 + n - 1)}: two types differ by {@code k} until enough are measured
 * to know better. The error of the prediction is {@code d} plus the error of the mean.
 */
final class Relatives {
    private static final double WEIGHT = 3;

    private final Map<Kinship, Map<String, List<Relative>>> groups = new EnumMap<>(Kinship.class);
    private final Map<Kinship, Map<String, LogMean>> means = new EnumMap<>(Kinship.class);
    private final List<Relative> all = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** Takes a measured type in; in the order of their names. */
    void add(Traits type, LogMean rate) {
        Relative relative = new Relative(type, rate);
        all.add(relative);
        names.add(type.name());
        if (type.hasSize()) {
            for (Kinship kinship : Kinship.values()) {
                group(kinship, type).add(relative);
            }
        }
    }

    private List<Relative> group(Kinship kinship, Traits type) {
        return groups.computeIfAbsent(kinship, k -> new HashMap<>())
                .computeIfAbsent(kinship.key(type), k -> new ArrayList<>());
    }

    /** The rate that the other measured types suggest for a type; nothing if there are none. */
    Optional<LogMean> predict(Traits type) {
        if (type.hasSize()) {
            for (Kinship kinship : Kinship.values()) {
                Optional<LogMean> mean = kinship.key(type).isEmpty() ? Optional.empty() : mean(kinship, type);
                if (mean.isPresent()) {
                    return mean.map(m -> m.plus(Math.log(type.vcpus()), 0));
                }
            }
        }
        return all.stream()
                .filter(r -> !r.type.name().equals(type.name()))
                .min(Comparator.comparingDouble(r -> r.rate.value()))
                .map(smallest -> new LogMean(smallest.rate.value(), 1));
    }

    private Optional<LogMean> mean(Kinship kinship, Traits type) {
        String key = kinship.key(type);
        List<Relative> group = groups.getOrDefault(kinship, Map.of()).getOrDefault(key, List.of());
        if (names.contains(type.name())) {
            return mean(
                    kinship,
                    group.stream()
                            .filter(r -> !r.type.name().equals(type.name()))
                            .toList());
        }
        Map<String, LogMean> known = means.computeIfAbsent(kinship, k -> new HashMap<>());
        LogMean mean = known.get(key);
        if (mean == null && !group.isEmpty()) {
            mean = mean(kinship, group).orElseThrow();
            known.put(key, mean);
        }
        return Optional.ofNullable(mean);
    }

    private static Optional<LogMean> mean(Kinship kinship, List<Relative> group) {
        if (group.isEmpty()) {
            return Optional.empty();
        }
        List<LogMean> rates = group.stream().map(Relative::perVcpu).toList();
        double centre = rates.stream().mapToDouble(LogMean::value).sum() / rates.size();
        double squares = rates.stream()
                .mapToDouble(r -> (r.value() - centre) * (r.value() - centre))
                .sum();
        double scatter = (WEIGHT * kinship.error * kinship.error / 2 + squares) / (WEIGHT + rates.size() - 1);
        LogMean mean = LogMean.of(rates.stream().map(r -> r.plus(0, scatter)).toList());
        return Optional.of(mean.plus(0, scatter));
    }

    private record Relative(Traits type, LogMean rate) {
        LogMean perVcpu() {
            return rate.plus(-Math.log(type.vcpus()), 0);
        }
    }
}
