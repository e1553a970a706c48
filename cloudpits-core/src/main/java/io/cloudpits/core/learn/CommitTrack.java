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
 * <p>The rate is taken from the first commit seen to the last: {@code n} commits in {@code t} seconds give
 * {@code n / t / (1 + c^2/n)} with the relative error {@code c/sqrt(n)} of a renewal process, {@code c} being the tasks'
 * coefficient of variation (0.2 at least for the error, for tasks in one batch resemble each other). Ending at a commit
 * keeps long tasks from looking slow just before they return. Once no commit came for three times the longest wait so far,
 * or the longest task, the window runs to the present, so that an instance that came to a halt shows it. Time in which it
 * held no task does not count, where its Job Manager tells what it holds. The window is at least an hour and 100 commits.
 *
 * <p>When the counters fall back, or the Job Manager has started again, what was counted stays and the gap is left out.
 */
final class CommitTrack {
    private static final double LEAST_CV = 0.2;
    private static final double LEAST_ERROR = 0.01;
    private static final double LEAST_WINDOW = 30;
    private static final double WINDOW_SECONDS = 3600;
    private static final double WINDOW_COMMITS = 100;

    private final double taskCv;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private @Nullable WorkerProgress latest;
    private @Nullable Instant latestAt;
    private double committed;
    private double failed;
    private double active;
    private double longestWait;
    private boolean holdsTold;
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
            active += Outages.seconds(latestAt, asOf);
        }
        count(rise, fails, now);
        latest = now;
        latestAt = asOf;
        return rise > 0 || fails > 0;
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
        return Optional.of(rate(Math.max(commits, 0.5), seconds));
    }

    private Rate rate(double commits, double seconds) {
        double bias = 1 + taskCv * taskCv / Math.max(1, commits);
        double cv = Math.max(taskCv, LEAST_CV);
        double wait = Math.min(longestWait, seconds / commits) / seconds;
        double error = Math.sqrt(cv * cv / commits + wait * wait / 6);
        return new Rate(commits / seconds / bias, Math.max(LEAST_ERROR, error));
    }

    private record Mark(double active, double committed) {}

    /** A rate in tasks per second and its relative error. */
    record Rate(double tasksPerSecond, double relativeError) {}
}
