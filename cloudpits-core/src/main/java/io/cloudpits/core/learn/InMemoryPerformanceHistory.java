package io.cloudpits.core.learn;

import io.cloudpits.api.PerformanceHistory;
import io.cloudpits.api.Require;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.api.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** A history that lasts as long as the process. Safe for use by several threads. */
public final class InMemoryPerformanceHistory implements PerformanceHistory {
    private final Map<Workload, Map<String, Sums>> samples = new HashMap<>();
    private final Map<Workload, List<Double>> taskCounts = new HashMap<>();

    @Override
    public synchronized Map<String, ThroughputSummary> throughput(Workload workload) {
        Map<String, ThroughputSummary> summaries = new TreeMap<>();
        samples.getOrDefault(workload, Map.of()).forEach((type, sums) -> summaries.put(type, sums.summary(type)));
        return summaries;
    }

    @Override
    public synchronized void record(Workload workload, List<ThroughputSample> more) {
        for (ThroughputSample sample : List.copyOf(more)) {
            samples.computeIfAbsent(workload, w -> new TreeMap<>())
                    .computeIfAbsent(sample.instanceType(), t -> new Sums())
                    .add(sample);
        }
    }

    @Override
    public synchronized OptionalDouble meanTaskCount(Workload workload) {
        return taskCounts.getOrDefault(workload, List.of()).stream()
                .mapToDouble(d -> d)
                .average();
    }

    @Override
    public synchronized void recordTaskCount(Workload workload, double tasks, Instant at) {
        Require.positive("tasks", tasks);
        taskCounts.computeIfAbsent(workload, w -> new ArrayList<>()).add(tasks);
    }

    /** Welford's running mean and variance. */
    private static final class Sums {
        private final Set<String> instances = new HashSet<>();
        private long count;
        private double mean;
        private double squares;
        private Instant newest = Instant.MIN;

        void add(ThroughputSample sample) {
            instances.add(sample.instanceId());
            count++;
            double delta = sample.tasksPerSecond() - mean;
            mean += delta / count;
            squares += delta * (sample.tasksPerSecond() - mean);
            newest = sample.at().isAfter(newest) ? sample.at() : newest;
        }

        ThroughputSummary summary(String type) {
            return new ThroughputSummary(
                    type, mean, Math.sqrt(Math.max(0, squares / count)), count, instances.size(), newest);
        }
    }
}
