package io.cloudpits.core.control;

import io.cloudpits.api.PerformanceHistory;
import io.cloudpits.api.Progress;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.core.learn.Estimator;
import io.cloudpits.core.learn.Measured;
import io.cloudpits.core.learn.WorkerLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What earlier runs measured, what this one adds, and what it gives back. Not safe for use by several threads. */
final class Experience {
    private static final Duration SAMPLE_EVERY = Duration.ofMinutes(5);

    private final RunSettings settings;
    private final PerformanceHistory history;
    private final Sources sources;
    private final WorkerLog log;
    private final Instant startedAt;
    private final Map<String, Instant> sampled = new TreeMap<>();
    private @Nullable Estimator estimator;
    private OptionalDouble expectedTasks;

    Experience(RunSettings settings, PerformanceHistory history, Sources sources, WorkerLog log, Instant startedAt) {
        this.settings = settings;
        this.history = history;
        this.sources = sources;
        this.log = log;
        this.startedAt = startedAt;
        this.expectedTasks = settings.expectedTasks();
    }

    /** Reads the history once it answers, and learns from what was measured since. */
    void learn(Instant now) {
        if (estimator == null) {
            read();
        }
        if (estimator != null) {
            estimator.learn(log.measured());
            record(now, false);
        }
    }

    private void read() {
        double seconds = settings.taskShape().meanSeconds();
        double guess = seconds > 0 ? 1 / seconds : 1;
        sources.tryTo("read the performance history", () -> history.throughput(settings.workload()))
                .ifPresent(known -> estimator = new Estimator(settings.catalog(), known, guess));
        if (expectedTasks.isEmpty()) {
            expectedTasks = sources.tryTo("read task counts", () -> history.meanTaskCount(settings.workload()))
                    .orElse(OptionalDouble.empty());
        }
    }

    /** What is known of rates, once the history has answered. */
    Optional<Estimator> estimator() {
        return Optional.ofNullable(estimator);
    }

    /** The total to expect while the Job Manager does not know it. */
    OptionalDouble expectedTasks() {
        return expectedTasks;
    }

    private void record(Instant now, boolean last) {
        List<ThroughputSample> samples = new ArrayList<>();
        for (Measured m : log.measured()) {
            Instant due = sampled.getOrDefault(m.instanceId(), startedAt).plus(SAMPLE_EVERY);
            if (m.tasksPerSecond() > 0 && (last || !now.isBefore(due))) {
                samples.add(new ThroughputSample(m.instanceType(), m.instanceId(), m.tasksPerSecond(), now));
            }
        }
        if (!samples.isEmpty()) {
            sources.tryTo("record throughput", () -> {
                        history.record(settings.workload(), samples);
                        return true;
                    })
                    .ifPresent(done -> samples.forEach(s -> sampled.put(s.instanceId(), now)));
        }
    }

    /** Gives the last samples to the history; and the task count, where the job was finished. */
    void close(Instant now, boolean finished) {
        record(now, true);
        double done = sources.lastProgress().map(Progress::tasksDone).orElse(0.0);
        if (finished && done > 0) {
            sources.tryTo("record the task count", () -> {
                history.recordTaskCount(settings.workload(), done, now);
                return true;
            });
        }
    }
}
