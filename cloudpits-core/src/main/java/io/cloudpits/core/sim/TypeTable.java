package io.cloudpits.core.sim;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Require;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A number per instance type, with what the table tells of the types.
 *
 * @param values type to value; a type whose cell is empty is left out
 * @param facts type to what is known of it
 */
record TypeTable(SortedMap<String, Double> values, SortedMap<String, InstanceTypeFacts> facts) {
    TypeTable {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /**
     * Throughput: tasks per second of one instance. The column {@code instance_type} names the row; {@code vcpus}, {@code
     * arch}, {@code cpu_model}, {@code memory_gib} or {@code memory_mib}, and {@code gpu} are read where present.
     */
    static TypeTable throughput(Path file, String column, double scale) {
        Require.positive("scale", scale);
        return read(file, column, scale, "vcpus");
    }

    /** On-Demand prices, USD per hour, in the column {@code ondemand_usd_per_hour}. */
    static TypeTable onDemand(Path file) {
        return read(file, "ondemand_usd_per_hour", 1, "vcpu");
    }

    private static TypeTable read(Path file, String column, double scale, String vcpus) {
        SortedMap<String, Double> values = new TreeMap<>();
        SortedMap<String, InstanceTypeFacts> facts = new TreeMap<>();
        String name = column.toLowerCase(Locale.ROOT);
        TableFile.read(file, List.of("instance_type", name), row -> {
            String type = row.text("instance_type");
            if (facts.put(type, facts(row, type, vcpus)) != null) {
                throw row.bad("instance_type", type, "every type once");
            }
            if (row.optional(name).isPresent()) {
                values.put(type, row.positive(name) * scale);
            }
        });
        if (values.isEmpty()) {
            throw new MarketFileException(file, "column " + column + " has no value");
        }
        return new TypeTable(values, facts);
    }

    private static InstanceTypeFacts facts(TableFile.Row row, String type, String vcpus) {
        double mib = row.nonNegativeOrZero("memory_mib");
        double gib = mib > 0 ? mib / 1024 : row.nonNegativeOrZero("memory_gib");
        Architecture architecture =
                row.optional("arch").map(a -> architecture(row, a)).orElse(Architecture.UNKNOWN);
        return new InstanceTypeFacts(
                type,
                row.wholeOrZero(vcpus),
                gib,
                architecture,
                row.wholeOrZero("gpu"),
                row.optional("cpu_model").orElse(""));
    }

    private static Architecture architecture(TableFile.Row row, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "x86_64", "amd64", "x86" -> Architecture.X86_64;
            case "aarch64", "arm64" -> Architecture.ARM64;
            default -> throw row.bad("arch", text, "x86_64 or aarch64");
        };
    }

    /** What two tables know of a type together, this one first. */
    InstanceTypeFacts facts(String type, TypeTable other) {
        InstanceTypeFacts a = facts.getOrDefault(type, InstanceTypeFacts.unknown(type));
        InstanceTypeFacts b = other.facts.getOrDefault(type, InstanceTypeFacts.unknown(type));
        return new InstanceTypeFacts(
                type,
                a.vcpus() > 0 ? a.vcpus() : b.vcpus(),
                a.memoryGib() > 0 ? a.memoryGib() : b.memoryGib(),
                a.architecture() != Architecture.UNKNOWN ? a.architecture() : b.architecture(),
                Math.max(a.gpus(), b.gpus()),
                a.cpuModel().isEmpty() ? b.cpuModel() : a.cpuModel());
    }

    static TypeTable empty() {
        return new TypeTable(new TreeMap<>(), new TreeMap<>());
    }

    /** Interruptions per instance-hour from AWS's monthly bands; see {@link #interruptions}. */
    private static double perHour(TableFile.Row row, String band) {
        double share =
                switch (band) {
                    case "<5%" -> 0.025;
                    case "5-10%" -> 0.075;
                    case "10-15%" -> 0.125;
                    case "15-20%" -> 0.175;
                    case ">20%" -> 0.25;
                    default ->
                        throw row.bad("monthly_interruption_frequency", band, "<5%, 5-10%, 10-15%, 15-20% or >20%");
                };
        return -Math.log1p(-share) / 730;
    }

    /**
     * Interruptions per instance-hour from the Spot Advisor's monthly bands: the middle of a band (25 % for {@code >20%}) as
     * the share {@code f} of instances interrupted in 730 h, so {@code -ln(1 - f) / 730} per hour.
     */
    static SortedMap<String, Double> interruptions(Path file) {
        SortedMap<String, Double> rates = new TreeMap<>();
        TableFile.read(file, List.of("instance_type", "monthly_interruption_frequency"), row -> {
            String type = row.text("instance_type");
            if (rates.put(type, perHour(row, row.text("monthly_interruption_frequency"))) != null) {
                throw row.bad("instance_type", type, "every type once");
            }
        });
        return rates;
    }

    /**
     * Availability patterns, in order of name: the times at which a pool has capacity, from its first second to its last; at
     * times that no row tells of there is none.
     */
    static List<AvailabilityPattern> availability(Path file) {
        SortedMap<String, TreeMap<Instant, Double>> patterns = new TreeMap<>();
        SortedMap<String, Instant> ends = new TreeMap<>();
        TableFile.read(file, List.of("pool", "from_seconds", "to_seconds", "capacity"), row -> {
            String pool = row.text("pool");
            Instant from = Instant.ofEpochMilli((long) (row.nonNegative("from_seconds") * 1000));
            Instant to = Instant.ofEpochMilli((long) (row.positive("to_seconds") * 1000));
            double capacity = row.nonNegative("capacity");
            if (capacity != 0 && capacity != 1) {
                throw row.bad("capacity", row.text("capacity"), "0 or 1");
            }
            if (from.isBefore(ends.getOrDefault(pool, Instant.EPOCH)) || !to.isAfter(from)) {
                throw row.bad("from_seconds", row.text("from_seconds"), "times in order that do not overlap");
            }
            ends.put(pool, to);
            var steps = patterns.computeIfAbsent(pool, p -> new TreeMap<>());
            steps.put(from, capacity);
            steps.put(to, 0.0);
        });
        if (patterns.isEmpty()) {
            throw new MarketFileException(file, "has no row");
        }
        List<AvailabilityPattern> all = new ArrayList<>();
        patterns.values()
                .forEach(p -> all.add(
                        new AvailabilityPattern(StepFunction.of(p), Duration.between(p.firstKey(), p.lastKey()))));
        return all;
    }
}
