package io.cloudpits.core.learn;

import io.cloudpits.api.WorkerProgress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one instance, as its Job Manager counts them, and the rate they show.
 *
 * <p>{@code n} commits in {@code t} seconds, from where it began or from a commit to the last one, give
 * {@code (n + u b) / t}: the {@code b} tasks that it holds are part done, {@code u} of each. Its slots begin together and
 * drift apart, so {@code u} grows from 0 to the {@code (1 - c^2) / 2} of renewal theory (Cox, 1962, section 4.2) as
 * {@code 3 c sqrt(n / b)} goes to 1, {@code c} being the tasks' coefficient of variation. The relative error is
 * {@code c / sqrt(n)} (0.2 at least for {@code c}, for tasks in one batch resemble each other) and, as tasks come back in
 * waves, {@code b / sqrt(12)} tasks; nothing is told while it exceeds a half. Ending at a commit keeps long tasks from
 * looking slow just before they return. Once no commit came for three times the longest wait so far, or the longest task,
 * the window runs to the present, so that an instance that came to a halt shows it. Time in which it held no task does not
 * count, where its Job Manager tells what it holds. The window is at least an hour and 100 commits.
 *
 * <p>When the counters fall back, or the Job Manager has started again, what was counted stays and the gap is left out.
 */
final class CommitTrack {
    private static final double LEAST_CV = 0.2;
    private static final double LEAST_ERROR = 0.01;
    private static final double LEAST_WINDOW = 30;
    private static final double WINDOW_SECONDS = 3600;
    private static final double WINDOW_COMMITS = 100;
    private static final double LARGEST_ERROR = 0.5;

    private final double taskCv;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private @Nullable WorkerProgress latest;
    private @Nullable Instant latestAt;
    private double committed;
    private double failed;
    private double active;
    private double heldSeconds;
    private double longestWait;
    private boolean holdsTold;
    private boolean fromStart;
    private double taskSeconds;

    CommitTrack(double taskCv) {
        this.taskCv = taskCv;
    }

    /**
     * Takes note of a reading; one that is not newer than the last is ignored.
     *
     * @param restarted whether the Job Manager has started again since the last reading
     * @return whether a task came back since the last reading, done or failed
     */
    boolean note(WorkerProgress now, Instant asOf, boolean restarted) {
        if (latestAt != null && !asOf.isAfter(latestAt)) {
            return false;
        }
        WorkerProgress before = latest;
        boolean fresh = before == null
                || restarted
                || now.committedTasks() < before.committedTasks()
                || now.failedTasks() < before.failedTasks();
        double rise =
                before == null ? now.committedTasks() : fresh ? 0 : now.committedTasks() - before.committedTasks();
        double fails = before == null ? now.failedTasks() : fresh ? 0 : now.failedTasks() - before.failedTasks();
        if (before != null && latestAt != null && !fresh && !rests(before, now, rise)) {
            double seconds = Outages.seconds(latestAt, asOf);
            active += seconds;
            heldSeconds += seconds * Math.max(before.inFlightTasks(), now.inFlightTasks());
        }
        begin(now);
        count(rise, fails, now);
        latest = now;
        latestAt = asOf;
        return rise > 0 || fails > 0;
    }

    /** Its first tasks were handed to it: time counts from here. */
    private void begin(WorkerProgress now) {
        if (marks.isEmpty() && committed == 0 && now.committedTasks() == 0 && now.inFlightTasks() > 0) {
            marks.addLast(new Mark(0, 0));
            fromStart = true;
            heldSeconds = 0;
            active = 0;
        }
    }

    private void count(double rise, double fails, WorkerProgress now) {
        holdsTold |= now.inFlightTasks() > 0;
        taskSeconds = now.meanTaskSeconds() == null ? taskSeconds : now.meanTaskSeconds();
        committed += rise;
        failed += fails;
        if (rise > 0) {
            Mark last = marks.peekLast();
            longestWait = last == null ? longestWait : Math.max(longestWait, active - last.active);
            marks.addLast(new Mark(active, committed));
            forget();
        }
    }

    private boolean rests(WorkerProgress before, WorkerProgress now, double rise) {
        return holdsTold && rise == 0 && before.inFlightTasks() == 0 && now.inFlightTasks() == 0;
    }

    private void forget() {
        Mark last = marks.getLast();
        while (marks.size() > 2) {
            Mark oldest = marks.removeFirst();
            Mark next = marks.getFirst();
            if (last.active - next.active < WINDOW_SECONDS || last.committed - next.committed < WINDOW_COMMITS) {
                marks.addFirst(oldest);
                return;
            }
            fromStart = false;
        }
    }

    double committed() {
        return committed;
    }

    double failed() {
        return failed;
    }

    double inFlight() {
        return latest == null ? 0 : latest.inFlightTasks();
    }

    /** Whether it is known to hold no task. */
    boolean isResting() {
        return holdsTold && inFlight() == 0;
    }

    /** Mean duration of its tasks, seconds; 0 if not known. */
    double taskSeconds() {
        return taskSeconds;
    }

    /** Whether its Job Manager counts for it. */
    boolean isCounted() {
        return committed > 0;
    }

    /** Its rate; nothing until a commit after the first, or a halt, tells. */
    Optional<Rate> rate(LivenessPolicy policy) {
        Mark first = marks.peekFirst();
        Mark last = marks.peekLast();
        if (first == null || last == null) {
            return Optional.empty();
        }
        double waits = Math.max(3 * longestWait, policy.longestTaskSeconds(taskSeconds));
        boolean halted = active - last.active > waits;
        double seconds = (halted ? active : last.active) - first.active;
        double commits = last.committed - first.committed;
        if (seconds < LEAST_WINDOW || (commits <= 0 && !halted)) {
            return Optional.empty();
        }
        return Optional.of(rate(Math.max(commits, 0.5), seconds))
                .filter(r -> halted || r.relativeError <= LARGEST_ERROR);
    }

    private Rate rate(double commits, double seconds) {
        double held = active > 0 ? heldSeconds / active : 0;
        double drift = held > 0 ? Math.min(1, 3 * taskCv * Math.sqrt(commits / held)) : 0;
        double partDone = fromStart ? held * drift * Math.max(0, 1 - taskCv * taskCv) / 2 : 0;
        double done = (commits + partDone) / (fromStart ? 1 : 1 + taskCv * taskCv / Math.max(1, commits));
        double cv = Math.max(taskCv, LEAST_CV);
        double wait = Math.min(longestWait, seconds / commits) / seconds;
        double wave = held / Math.sqrt(12) / (commits + partDone);
        double error = Math.sqrt(cv * cv / commits + wait * wait / 6 + wave * wave);
        return new Rate(done / seconds, Math.max(LEAST_ERROR, error));
    }

    private record Mark(double active, double committed) {}

    /** A rate in tasks per second and its relative error. */
    record Rate(double tasksPerSecond, double relativeError) {}
}
