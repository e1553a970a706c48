package io.cloudpits.core.learn;

import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.WorkerMetric;
import io.cloudpits.api.WorkerProgress;
import io.cloudpits.core.learn.CommitTrack.Rate;
import io.cloudpits.core.learn.Outages.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of one instance: its signals, what it committed and what it published. */
final class WorkerRecord {
    /** Up to this relative error commits alone decide. */
    private static final double GOOD = 0.1;

    private final FleetInstance instance;
    private final CommitTrack commits;
    private final MetricTrack metrics = new MetricTrack();
    private @Nullable Instant lastHeartbeat;
    private @Nullable Instant firstSignal;
    private Instant lastSignal;
    private Instant lastWork;
    private boolean firstWasWork;
    private boolean present = true;

    WorkerRecord(FleetInstance instance, double taskCv) {
        this.instance = instance;
        this.commits = new CommitTrack(taskCv);
        this.lastSignal = instance.launchedAt();
        this.lastWork = instance.launchedAt();
    }

    FleetInstance instance() {
        return instance;
    }

    CommitTrack commits() {
        return commits;
    }

    boolean isPresent() {
        return present;
    }

    void present(boolean listed) {
        present = listed;
    }

    boolean hasReported() {
        return firstSignal != null;
    }

    boolean hasHeartbeats() {
        return lastHeartbeat != null;
    }

    Optional<Instant> firstSignal() {
        return Optional.ofNullable(firstSignal);
    }

    /** Whether the first that was heard of it was a task, so that its start-up ended a task earlier. */
    boolean firstWasWork() {
        return firstWasWork;
    }

    /** Takes note of the Job Manager's word. */
    void note(WorkerProgress p, Instant asOf, Instant now, boolean restarted) {
        boolean reported = hasReported();
        boolean worked = commits.note(p, asOf, restarted);
        Instant heartbeat = p.lastHeartbeat();
        if (heartbeat != null && (lastHeartbeat == null || heartbeat.isAfter(lastHeartbeat))) {
            lastHeartbeat = heartbeat;
            signal(heartbeat, now);
        }
        if (worked) {
            firstWasWork |= !reported && heartbeat == null;
            signal(asOf, now);
            lastWork = later(lastWork, earlier(asOf, now));
        }
    }

    /** Takes note of a data point; one of before its launch belongs to another life. */
    void note(WorkerMetric point, Instant now) {
        if (point.at().isAfter(instance.launchedAt()) && metrics.add(point.at(), point.tasksPerSecond())) {
            signal(point.at(), now);
            lastWork = point.tasksPerSecond() > 0 ? later(lastWork, earlier(point.at(), now)) : lastWork;
        }
    }

    private void signal(Instant at, Instant now) {
        Instant heard = earlier(at, now); // a clock that is ahead must not buy time
        firstSignal = firstSignal == null ? heard : firstSignal;
        lastSignal = later(lastSignal, heard);
    }

    /** The Job Manager has started again: its workers need time to come back. */
    void grace(Instant now) {
        if (hasReported()) {
            lastSignal = later(lastSignal, now);
            lastWork = later(lastWork, now);
        }
    }

    /** Its signals, counting the time in which the sources that carry them answered. */
    LifeSigns signs(Instant now, Outages outages, boolean jobManagerSeesWorkers) {
        Set<Source> sources = sources(jobManagerSeesWorkers);
        return new LifeSigns(
                hasReported(),
                hasHeartbeats(),
                !metrics.isEmpty(),
                commits.isResting(),
                outages.answeredSeconds(lastSignal, now, sources),
                outages.answeredSeconds(lastWork, now, sources),
                commits.taskSeconds());
    }

    /** Who would carry its signals: whoever did, and before any came the Job Manager if it tells of others. */
    private Set<Source> sources(boolean jobManagerSeesWorkers) {
        if (hasHeartbeats() || (!hasReported() && jobManagerSeesWorkers)) {
            return EnumSet.of(Source.PROGRESS);
        }
        if (hasReported() && metrics.isEmpty()) {
            return EnumSet.of(Source.PROGRESS);
        }
        return EnumSet.allOf(Source.class);
    }

    /** Whether it has committed a task, or published a rate above 0 while its Job Manager does not count. */
    boolean hasDelivered() {
        return commits.committed() > 0 || (!isCounted() && metrics.hasDelivered());
    }

    private boolean isCounted() {
        return commits.committed() > 0 || commits.failed() > 0;
    }

    /**
     * Its rate: by its commits once they tell it well; before, or where its Job Manager does not count, by what it publishes,
     * if that is the better known and it does not fail tasks.
     */
    Optional<Measured> measured(LivenessPolicy policy) {
        Optional<Rate> counted = isCounted() ? commits.rate(policy) : Optional.empty();
        boolean good = commits.failed() > 0
                || counted.filter(r -> r.relativeError() <= GOOD).isPresent();
        Optional<Rate> published =
                good ? Optional.empty() : metrics.rate(policy.longestTaskSeconds(commits.taskSeconds()));
        Optional<Rate> rate = Stream.concat(counted.stream(), published.stream())
                .min(Comparator.comparingDouble(Rate::relativeError));
        String type = instance.pool().instanceType();
        return rate.map(r -> new Measured(instance.id(), type, r.tasksPerSecond(), r.relativeError()));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
