package io.cloudpits.api;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far the job is. Only tasks committed successfully for the first time count as done.
 *
 * @param epoch grows by one whenever the Job Manager starts again from less than it had
 * @param tasksDone tasks done in this epoch
 * @param tasksTotal total of the job, which may be revised at any time; null while it is not known
 * @param tasksInFlight tasks handed out and not returned
 * @param finished the whole job is done, whatever the counts say
 * @param asOf when this was true
 * @param workers instance id to what is known of it, where the Job Manager counts per instance; else empty
 */
public record Progress(
        int epoch,
        double tasksDone,
        @Nullable Double tasksTotal,
        double tasksInFlight,
        boolean finished,
        Instant asOf,
        Map<String, WorkerProgress> workers) {
    public Progress {
        Require.atLeast("epoch", epoch, 0);
        Require.nonNegative("tasksDone", tasksDone);
        if (tasksTotal != null) {
            Require.positive("tasksTotal", tasksTotal);
        }
        Require.nonNegative("tasksInFlight", tasksInFlight);
        workers = Map.copyOf(workers);
    }

    /** The total, if it is known. */
    public OptionalDouble total() {
        return tasksTotal == null ? OptionalDouble.empty() : OptionalDouble.of(tasksTotal);
    }
}
