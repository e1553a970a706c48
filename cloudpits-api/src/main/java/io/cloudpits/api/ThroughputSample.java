package io.cloudpits.api;

import java.time.Instant;

/**
 * One measurement of one instance.
 *
 * @param instanceType the provider's name of its type
 * @param instanceId which instance was measured
 * @param tasksPerSecond successfully committed tasks per second; above 0 (an idle instance is not a measurement)
 * @param at when
 */
public record ThroughputSample(String instanceType, String instanceId, double tasksPerSecond, Instant at) {
    public ThroughputSample {
        Require.text("instanceType", instanceType);
        Require.text("instanceId", instanceId);
        Require.positive("tasksPerSecond of " + instanceId, tasksPerSecond);
    }
}
