package io.cloudpits.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One data point that a worker published of itself.
 *
 * @param instanceId the instance
 * @param instanceType its type
 * @param at the time of the data point
 * @param tasksPerSecond mean throughput over the reporting period; 0 is a measurement of nothing done
 * @param stdDevTasksPerSecond standard deviation within the period
 * @param tasksCompleted total of the whole job as the worker knew it, or null if it does not publish it
 */
public record WorkerMetric(
        String instanceId,
        String instanceType,
        Instant at,
        double tasksPerSecond,
        double stdDevTasksPerSecond,
        @Nullable Double tasksCompleted) {
    public WorkerMetric {
        Require.text("instanceId", instanceId);
        Require.nonNegative("tasksPerSecond of " + instanceId, tasksPerSecond);
        Require.nonNegative("stdDevTasksPerSecond of " + instanceId, stdDevTasksPerSecond);
        if (tasksCompleted != null) {
            Require.nonNegative("tasksCompleted of " + instanceId, tasksCompleted);
        }
    }
}
