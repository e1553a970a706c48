package io.cloudpits.api;

import java.time.Instant;

/**
 * What history tells of one instance type's throughput for one workload.
 *
 * @param instanceType the provider's name
 * @param meanTasksPerSecond mean of the samples, tasks per second of one instance; above 0
 * @param stdDevTasksPerSecond population standard deviation of the samples, tasks per second
 * @param samples number of samples; at least 1
 * @param instances number of different instances they came from (samples of one instance are correlated, so the error
 *     of the mean counts instances); at least 1
 * @param newest when the newest sample was taken
 */
public record ThroughputSummary(
        String instanceType,
        double meanTasksPerSecond,
        double stdDevTasksPerSecond,
        long samples,
        int instances,
        Instant newest) {
    public ThroughputSummary {
        Require.text("instanceType", instanceType);
        Require.positive("meanTasksPerSecond of " + instanceType, meanTasksPerSecond);
        Require.nonNegative("stdDevTasksPerSecond of " + instanceType, stdDevTasksPerSecond);
        if (samples < 1) {
            throw Require.bad("samples of " + instanceType, samples, "at least 1");
        }
        Require.atLeast("instances of " + instanceType, instances, 1);
    }
}
