package io.cloudpits.core.learn;

import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Metrics;
import io.cloudpits.api.Progress;
import io.cloudpits.api.WorkerMetric;
import io.cloudpits.api.WorkerProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every instance of the run, tick by tick: signals, commits, failures, start-up. Silence counts only
 * while the sources answer, so that an outage of theirs condemns nobody. Not safe for use by several threads.
 */
public final class WorkerLog {
    private static final double FAILING = 0.2;
    private static final double LEAST_TASKS = 5;
    private static final int FLEET = 3;

    private final LivenessSettings settings;
    private final double taskCv;
    private final Map<String, WorkerRecord> records = new TreeMap<>();
    private final List<Double> startups = new ArrayList<>();
    private final List<Measured> past = new ArrayList<>();
    private @Nullable Instant lastAnswer;
    private int epoch;

    /** A log without entries; {@code taskCv} is the coefficient of variation of task durations. */
    public WorkerLog(LivenessSettings settings, double taskCv) {
        this.settings = settings;
        this.taskCv = taskCv;
    }

    /**
     * Takes note of one tick.
     *
     * @param progress the Job Manager's word, or null if it did not answer
     * @param metrics the workers' metrics, or null if they could not be had
     */
    public void observe(Instant now, FleetListing listing, @Nullable Progress progress, @Nullable Metrics metrics) {
        listing.instances().stream()
                .filter(i -> !i.isLeaving())
                .forEach(i -> records.computeIfAbsent(i.id(), id -> new WorkerRecord(i)));
        listing.instances().stream().filter(FleetInstance::isLeaving).forEach(this::forget);
        if (progress != null && progress.epoch() != epoch) {
            epoch = progress.epoch();
            records.values().forEach(WorkerRecord::restart);
        }
        boolean answered =
                progress != null && (metrics != null || !progress.workers().isEmpty());
        double passed = answered && lastAnswer != null ? seconds(lastAnswer, now) : 0;
        for (WorkerRecord r : records.values()) {
            boolean started = r.hasReported();
            r.silentSeconds += answered ? Math.min(passed, 300) : 0;
            if (progress != null && progress.workers().get(r.instance.id()) != null) {
                r.note(progress.workers().get(r.instance.id()), progress.asOf());
            }
            if (metrics != null) {
                metrics.points().stream()
                        .filter(p -> p.instanceId().equals(r.instance.id()))
                        .forEach(r::note);
            }
            if (!started && r.hasReported()) {
                startups.add(seconds(r.instance.launchedAt(), r.firstSignal == null ? now : r.firstSignal));
            }
        }
        lastAnswer = answered ? now : lastAnswer;
    }

    /** What was measured of an instance outlives it: to remember only those that stay would flatter their type. */
    private void forget(FleetInstance instance) {
        WorkerRecord gone = records.remove(instance.id());
        if (gone != null) {
            gone.measured(taskCv).ifPresent(past::add);
        }
    }

    /** The health of an instance. */
    public Health health(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        if (r == null) {
            return Health.STARTING;
        }
        if (!r.hasReported()) {
            return r.silentSeconds > firstPatience() ? Health.NEVER_REPORTED : Health.STARTING;
        }
        boolean suspect = allSilent();
        double patience = patience(r) * (suspect ? 2 : 1);
        return r.silentSeconds > patience ? Health.STOPPED_REPORTING : Health.WORKING;
    }

    /** The time that start-up and one task can take, seconds. */
    public double firstPatience() {
        boolean heartbeats = records.values().stream().anyMatch(r -> r.heartbeats);
        double task = heartbeats ? 0 : 3 * settings.taskSeconds();
        return Math.max(3 * startupSeconds(), settings.leastPatience().toSeconds()) + task;
    }

    private double patience(WorkerRecord r) {
        if (r.heartbeats) {
            return settings.heartbeatTimeout().toSeconds();
        }
        double task = r.meanTaskSeconds > 0 ? r.meanTaskSeconds : settings.taskSeconds();
        return Math.max(settings.leastPatience().toSeconds(), 3 * task + 120);
    }

    /** When all of at least three workers fall silent together, the source is suspected and not the workers. */
    private boolean allSilent() {
        List<WorkerRecord> worked =
                records.values().stream().filter(WorkerRecord::hasReported).toList();
        return worked.size() >= FLEET && worked.stream().allMatch(r -> r.silentSeconds > patience(r));
    }

    /** Expected seconds from launch to work: the median of this run's, else as set. */
    public double startupSeconds() {
        if (startups.isEmpty()) {
            return settings.startup().toMillis() / 1000.0;
        }
        List<Double> sorted = startups.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Seconds until an instance is expected to work; 0 once it has reported. */
    public double readyInSeconds(String instanceId, Instant now) {
        WorkerRecord r = records.get(instanceId);
        if (r == null || r.hasReported()) {
            return r == null ? startupSeconds() : 0;
        }
        return Math.max(1, startupSeconds() - seconds(r.instance.launchedAt(), now));
    }

    /** Whether an instance fails more than a fifth of its tasks, five finished ones at least. */
    public boolean isFailing(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        return r != null && r.failed + r.committed >= LEAST_TASKS && r.failed > FAILING * (r.failed + r.committed);
    }

    /** Share of failed tasks of an instance, 0 where none finished. */
    public double failedShare(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        return r == null || r.failed + r.committed == 0 ? 0 : r.failed / (r.failed + r.committed);
    }

    /** Tasks that an instance holds. */
    public double tasksInFlight(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        return r == null ? 0 : r.inFlight;
    }

    /** Mean task duration on an instance, seconds, if it is known. */
    public Optional<Double> meanTaskSeconds(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        return r == null || r.meanTaskSeconds == 0 ? Optional.empty() : Optional.of(r.meanTaskSeconds);
    }

    /** Whether any instance has committed a task, or published a rate above 0. */
    public boolean anyCommit() {
        return records.values().stream().anyMatch(WorkerRecord::hasDelivered);
    }

    /** Whether any instance sends heartbeats. */
    public boolean anyHeartbeat() {
        return records.values().stream().anyMatch(r -> r.heartbeats);
    }

    /** What was measured of the run's instances, those that are gone included. */
    public Collection<Measured> measured() {
        List<Measured> all = new ArrayList<>(past);
        records.values().forEach(r -> r.measured(taskCv).ifPresent(all::add));
        return all;
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /** One instance. */
    private static final class WorkerRecord {
        private final FleetInstance instance;
        private @Nullable Instant firstSignal;
        private boolean heartbeats;
        private double silentSeconds;
        private double committed;
        private double failed;
        private double inFlight;
        private double meanTaskSeconds;
        private @Nullable Instant lastHeartbeat;
        private @Nullable Instant baselineAt;
        private double baseline;
        private Instant latestAt = Instant.MIN;
        private final TreeMap<Instant, Double> points = new TreeMap<>();

        WorkerRecord(FleetInstance instance) {
            this.instance = instance;
        }

        boolean hasReported() {
            return firstSignal != null;
        }

        boolean hasDelivered() {
            return committed > 0 || points.values().stream().anyMatch(rate -> rate > 0);
        }

        void restart() {
            committed = 0;
            failed = 0;
            baselineAt = null;
        }

        private void signal(Instant at) {
            firstSignal = firstSignal == null ? at : firstSignal;
            silentSeconds = 0;
        }

        void note(WorkerProgress p, Instant asOf) {
            if (p.lastHeartbeat() != null) {
                heartbeats = true;
                if (lastHeartbeat == null || p.lastHeartbeat().isAfter(lastHeartbeat)) {
                    lastHeartbeat = p.lastHeartbeat();
                    signal(p.lastHeartbeat());
                }
            }
            if (p.committedTasks() > committed || p.failedTasks() > failed) {
                signal(asOf);
            }
            if (p.committedTasks() < committed) {
                restart();
            }
            committed = p.committedTasks();
            failed = p.failedTasks();
            inFlight = p.inFlightTasks();
            meanTaskSeconds = p.meanTaskSeconds() == null ? meanTaskSeconds : p.meanTaskSeconds();
            if (committed > 0 && baselineAt == null) {
                baselineAt = asOf;
                baseline = committed;
            }
            latestAt = asOf;
        }

        void note(WorkerMetric point) {
            if (point.at().isAfter(instance.launchedAt())
                    && points.put(point.at(), point.tasksPerSecond()) == null
                    && point.tasksPerSecond() > 0) {
                signal(point.at());
            }
        }

        /** Commits count where the Job Manager counts per instance; else the published rates do. */
        Optional<Measured> measured(double cv) {
            if (baselineAt != null) {
                double time = seconds(baselineAt, latestAt);
                double done = committed - baseline;
                if (time < 30 || done <= 0) {
                    return Optional.empty();
                }
                double error = Math.max(0.01, Math.max(cv, 0.1) / Math.sqrt(Math.max(1, done)));
                return Optional.of(new Measured(instance.id(), instance.pool().instanceType(), done / time, error));
            }
            double[] rates = points.values().stream()
                    .mapToDouble(r -> r)
                    .filter(r -> r > 0)
                    .toArray();
            if (rates.length < 2) {
                return Optional.empty();
            }
            double mean = 0;
            for (int i = 1; i < rates.length; i++) {
                mean += rates[i] / (rates.length - 1); // the first period holds start-up
            }
            double error = Math.max(0.01, 0.1 / Math.sqrt(rates.length - 1));
            return Optional.of(new Measured(instance.id(), instance.pool().instanceType(), mean, error));
        }
    }
}
