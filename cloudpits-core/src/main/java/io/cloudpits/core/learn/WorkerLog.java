package io.cloudpits.core.learn;

import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Metrics;
import io.cloudpits.api.Progress;
import io.cloudpits.api.WorkerMetric;
import io.cloudpits.api.WorkerProgress;
import io.cloudpits.core.plan.TaskShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every instance of the run, tick by tick: signals, commits, failures, start-up. Silence counts only
 * while the sources answer, so that an outage of theirs condemns nobody; see {@link LivenessPolicy} for the rules. Data
 * points that come twice or late, and readings older than the last, change nothing. Not safe for use by several threads.
 */
public final class WorkerLog {
    private static final int FLEET = 3;
    private static final double OVERDUE = 0.25;
    private static final double LEAST_TASKS = 10;
    private static final double UNTOLD_CV = 0.5;

    private final LivenessPolicy policy;
    private final double taskCv;
    private final Map<String, WorkerRecord> records = new TreeMap<>();
    private final Outages outages = new Outages();
    private final Startups startups;
    private @Nullable Instant last;
    private int epoch;
    private boolean jobManagerSeesWorkers;
    private boolean anyHeartbeat;
    private boolean anyCommit;
    private int reporting;
    private double quietestSeconds;

    /** A log without entries; {@code taskCv} is the coefficient of variation of task durations. */
    public WorkerLog(LivenessSettings settings, double taskCv) {
        this.policy = new LivenessPolicy(settings, taskCv);
        this.taskCv = taskCv;
        this.startups = new Startups(settings.startup().toMillis() / 1000.0);
    }

    /**
     * Takes note of one tick.
     *
     * @param listing the instances; one that is leaving is forgotten, and so is one that a complete listing leaves out until
     *     it appears again
     * @param progress the Job Manager's word, or null if it did not answer
     * @param metrics the workers' metrics, or null if they could not be had
     */
    public void observe(Instant now, FleetListing listing, @Nullable Progress progress, @Nullable Metrics metrics) {
        list(listing);
        outages.tick(now, progress == null ? null : progress.asOf(), metrics == null ? null : metrics.asOf());
        if (progress != null) {
            read(progress, now);
        }
        if (metrics != null) {
            read(metrics, now);
        }
        records.values().forEach(r -> startups.note(r, now, outages));
        last = now;
        takeStock(now);
    }

    private void list(FleetListing listing) {
        Set<String> listed = new TreeSet<>();
        for (FleetInstance i : listing.instances()) {
            if (i.isLeaving()) {
                records.remove(i.id());
                startups.forget(i.id());
            } else {
                listed.add(i.id());
                records.computeIfAbsent(i.id(), id -> new WorkerRecord(i, taskCv))
                        .present(true);
            }
        }
        if (listing.complete()) {
            records.forEach((id, r) -> r.present(listed.contains(id)));
        }
    }

    private void read(Progress progress, Instant now) {
        boolean restarted = progress.epoch() != epoch;
        epoch = progress.epoch();
        jobManagerSeesWorkers |= !progress.workers().isEmpty();
        for (WorkerRecord r : records.values()) {
            WorkerProgress told = progress.workers().get(r.instance().id());
            if (restarted) {
                r.grace(now);
            }
            if (told != null) {
                r.note(told, progress.asOf(), now, restarted);
            }
        }
    }

    private void read(Metrics metrics, Instant now) {
        for (WorkerMetric point : metrics.points()) {
            WorkerRecord r = records.get(point.instanceId());
            if (r != null) {
                r.note(point, now);
            }
        }
    }

    private void takeStock(Instant now) {
        reporting = 0;
        quietestSeconds = Double.POSITIVE_INFINITY;
        for (WorkerRecord r : records.values()) {
            anyHeartbeat |= r.hasHeartbeats();
            anyCommit |= r.hasDelivered();
            LifeSigns signs = signs(r, now);
            if (r.isPresent() && signs.reported() && policy.mustReport(signs)) {
                reporting++;
                quietestSeconds = Math.min(quietestSeconds, signs.silentSeconds());
            }
        }
    }

    private LifeSigns signs(WorkerRecord r, Instant now) {
        return r.signs(now, outages, jobManagerSeesWorkers);
    }

    /** The health of an instance as of the last tick; {@code STARTING} if it is not known. */
    public Health health(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        Instant now = last;
        if (r == null || now == null) {
            return Health.STARTING;
        }
        LifeSigns signs = signs(r, now);
        return policy.judge(signs, startupSeconds(), anyHeartbeat, isFleetSilent(signs));
    }

    /**
     * Whether none of at least three instances has given a signal for half the time that is allowed: then it is more likely
     * that the source is at fault than that all fell silent together.
     */
    private boolean isFleetSilent(LifeSigns signs) {
        return reporting >= FLEET && quietestSeconds > policy.patience(signs) / 2;
    }

    /** The time that start-up and one task can take, seconds. */
    public double firstPatience() {
        return policy.firstPatience(startupSeconds(), anyHeartbeat, 0);
    }

    /** Expected seconds from launch to work: the median of this run's, else as set. */
    public double startupSeconds() {
        return startups.seconds();
    }

    /**
     * Seconds until an instance is expected to work; 0 once it has reported. One that is overdue is expected to take a
     * quarter of its age more.
     */
    public double readyInSeconds(String instanceId, Instant now) {
        WorkerRecord r = records.get(instanceId);
        if (r == null || r.hasReported()) {
            return r == null ? startupSeconds() : 0;
        }
        double age = Math.max(0, Outages.seconds(r.instance().launchedAt(), now));
        double rest = startupSeconds() - age;
        return Math.max(1, rest > 0 ? rest : OVERDUE * age);
    }

    /** Whether an instance fails its tasks, by the rule of {@link Quarantine#isFailing}. */
    public boolean isFailing(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        if (r == null) {
            return false;
        }
        CommitTrack own = r.commits();
        double failed = -own.failed();
        double committed = -own.committed();
        for (WorkerRecord other : records.values()) {
            failed += other.commits().failed();
            committed += other.commits().committed();
        }
        return Quarantine.isFailing(own.failed(), own.committed(), Math.max(0, failed), Math.max(0, committed));
    }

    /** Share of failed tasks of an instance, 0 where none finished. */
    public double failedShare(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        double finished = r == null ? 0 : r.commits().failed() + r.commits().committed();
        return r == null || finished == 0 ? 0 : r.commits().failed() / finished;
    }

    /** Tasks that an instance holds. */
    public double tasksInFlight(String instanceId) {
        WorkerRecord r = records.get(instanceId);
        return r == null ? 0 : r.commits().inFlight();
    }

    /** Mean task duration on an instance, seconds, if it is known. */
    public Optional<Double> meanTaskSeconds(String instanceId) {
        return Optional.ofNullable(records.get(instanceId))
                .map(r -> r.commits().taskSeconds())
                .filter(seconds -> seconds > 0);
    }

    /**
     * How large tasks are: the mean duration that the Job Manager tells of finished tasks, once it tells of ten, else as it was
     * told before; a coefficient of variation that was not told is taken for 0.5.
     */
    public TaskShape taskShape(TaskShape told) {
        double tasks = 0;
        double seconds = 0;
        for (WorkerRecord r : records.values()) {
            double mean = r.commits().taskSeconds();
            tasks += mean > 0 ? r.commits().committed() : 0;
            seconds += mean * r.commits().committed();
        }
        return tasks < LEAST_TASKS
                ? told
                : new TaskShape(seconds / tasks, told.isFluid() ? UNTOLD_CV : told.coefficientOfVariation());
    }

    /** Whether any instance of the run has ever committed a task, or published a rate above 0 where nobody counts. */
    public boolean anyCommit() {
        return anyCommit;
    }

    /** Whether the Job Manager has ever seen a heartbeat of any instance. */
    public boolean anyHeartbeat() {
        return anyHeartbeat;
    }

    /** What was measured of the present instances, in the order of their ids. */
    public Collection<Measured> measured() {
        List<Measured> all = new ArrayList<>();
        for (WorkerRecord r : records.values()) {
            if (r.isPresent()) {
                r.measured(policy).ifPresent(all::add);
            }
        }
        return all;
    }
}
