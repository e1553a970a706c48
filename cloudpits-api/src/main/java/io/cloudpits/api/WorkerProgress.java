package io.cloudpits.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the Job Manager knows of one instance.
 *
 * @param committedTasks tasks of this instance that were its first successful commit, since it started
 * @param failedTasks tasks it returned with an error or lost, since it started
 * @param inFlightTasks tasks handed to it and not returned yet
 * @param lastHeartbeat when it was last known alive (connected, polled, answered); null if never or not supported
 * @param meanTaskSeconds mean duration of its finished tasks; null if not known
 */
public record WorkerProgress(
        double committedTasks,
        double failedTasks,
        double inFlightTasks,
        @Nullable Instant lastHeartbeat,
        @Nullable Double meanTaskSeconds) {
    public WorkerProgress {
        Require.nonNegative("committedTasks", committedTasks);
        Require.nonNegative("failedTasks", failedTasks);
        Require.nonNegative("inFlightTasks", inFlightTasks);
        if (meanTaskSeconds != null) {
            Require.positive("meanTaskSeconds", meanTaskSeconds);
        }
    }
}
