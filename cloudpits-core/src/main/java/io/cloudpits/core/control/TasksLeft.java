package io.cloudpits.core.control;

import io.cloudpits.api.Progress;
import java.util.OptionalDouble;

/** How many tasks are left: exactly where the total is known, by expectation where it is not. */
final class TasksLeft {
    private TasksLeft() {}

    /**
     * Tasks left.
     *
     * @param expected total to expect while none is known
     */
    static double of(Progress progress, OptionalDouble expected) {
        if (progress.finished()) {
            return 0;
        }
        double done = progress.tasksDone();
        if (progress.total().isPresent()) {
            return Math.max(0, progress.total().getAsDouble() - done);
        }
        // past the expected total, or without one: as many again as a tenth, or all, of what is done
        double total = expected.isPresent() ? Math.max(expected.getAsDouble(), done * 1.1) : done * 2;
        return Math.max(Math.max(1, progress.tasksInFlight()), total - done);
    }
}
