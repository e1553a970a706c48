package io.cloudpits.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What to do about the last tasks of a job of whole tasks: nothing is queued any more, so idle instances are of no use, and
 * what a slow slot still holds may be done sooner by a second copy on a fast one. Pure; safe for use by several threads.
 *
 * @param reached whether nothing is queued any more, so that launching is of no use
 * @param release workers that hold nothing and will get nothing
 * @param duplicate workers whose tasks deserve a second copy
 */
public record TailAdvice(boolean reached, List<String> release, List<String> duplicate) {
    /** A copy must be expected to win by so much, because it may start late and costs a slot. */
    private static final double MARGIN = 1.25;

    public TailAdvice {
        release = List.copyOf(release);
        duplicate = List.copyOf(duplicate);
    }

    /** The advice for a situation; none for fluid jobs, or while tasks are still queued. */
    public static TailAdvice of(Situation s) {
        double inFlight =
                s.workers().stream().mapToDouble(Worker::tasksInFlight).sum();
        boolean queued = s.tasksLeft() > inFlight + 1e-9;
        if (s.taskShape().isFluid() || queued || inFlight == 0) {
            return new TailAdvice(false, List.of(), List.of());
        }
        List<Worker> ready = s.workers().stream().filter(Worker::isReady).toList();
        List<Worker> idle = ready.stream()
                .filter(w -> w.tasksInFlight() == 0)
                .sorted(Comparator.comparingDouble((Worker w) -> taskSeconds(s, w))
                        .thenComparing(Worker::id))
                .toList();
        List<String> duplicate = new ArrayList<>();
        double copies = 0;
        double fastest = idle.stream().mapToDouble(w -> taskSeconds(s, w)).min().orElse(Double.POSITIVE_INFINITY);
        for (Worker w : ready) {
            // a task in flight has half its time left on average
            if (w.tasksInFlight() > 0 && taskSeconds(s, w) / 2 > MARGIN * fastest) {
                duplicate.add(w.id());
                copies += w.tasksInFlight();
            }
        }
        List<String> release = new ArrayList<>();
        for (Worker w : idle) {
            if (copies > 0) {
                copies -= slots(s, w);
            } else {
                release.add(w.id());
            }
        }
        return new TailAdvice(true, release, duplicate);
    }

    private static double slots(Situation s, Worker w) {
        int set = s.settings().workersPerInstance();
        return set > 0 ? set : Math.max(1, w.facts().vcpus());
    }

    private static double taskSeconds(Situation s, Worker w) {
        double rate = w.rate().tasksPerSecond();
        return rate > 0 ? slots(s, w) / rate : Double.POSITIVE_INFINITY;
    }
}
