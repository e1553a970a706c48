package io.cloudpits.core.learn;

import io.cloudpits.api.Require;

/**
 * What was measured of one instance in this run.
 *
 * @param instanceId the instance
 * @param instanceType its type
 * @param tasksPerSecond mean rate since it began to work; 0 is a measurement of nothing done
 * @param relativeError standard error of that mean as a share of it; above 0
 */
public record Measured(String instanceId, String instanceType, double tasksPerSecond, double relativeError) {
    public Measured {
        Require.nonNegative("tasksPerSecond of " + instanceId, tasksPerSecond);
        Require.positive("relativeError of " + instanceId, relativeError);
    }
}
