package io.cloudpits.core.learn;

import io.cloudpits.api.Require;
import java.time.Duration;

/**
 * When silence is too long.
 *
 * @param startup expected time from launch to the first task, before any was measured
 * @param taskSeconds expected duration of one task, seconds; 0 if tasks are small or not known
 * @param heartbeatTimeout silence after which an instance that sends heartbeats is given up; default 5 min
 * @param leastPatience the least time for a first signal, and for the next where there are no heartbeats; default 10 min
 * @param longestTask how long a task may take while no duration is known at all; default 2 h
 * @param metricPeriod time between a worker's data points; default 1 min
 */
public record LivenessSettings(
        Duration startup,
        double taskSeconds,
        Duration heartbeatTimeout,
        Duration leastPatience,
        Duration longestTask,
        Duration metricPeriod) {
    public LivenessSettings {
        notNegative("startup", startup);
        Require.nonNegative("taskSeconds", taskSeconds);
        notNegative("heartbeatTimeout", heartbeatTimeout);
        notNegative("leastPatience", leastPatience);
        notNegative("longestTask", longestTask);
        notNegative("metricPeriod", metricPeriod);
    }

    /** The defaults for a start-up time and a task duration. */
    public static LivenessSettings of(Duration startup, double taskSeconds) {
        return new LivenessSettings(
                startup,
                taskSeconds,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                Duration.ofMinutes(1));
    }

    private static void notNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw Require.bad(field, value, "a duration that is not negative");
        }
    }
}
