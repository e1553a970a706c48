package io.cloudpits.core.learn;

import io.cloudpits.api.Require;
import java.time.Duration;

/**
 * When silence is too long.
 *
 * @param startup expected time from launch to the first task, before any was measured
 * @param taskSeconds expected duration of one task, seconds; 0 if tasks are small
 * @param heartbeatTimeout silence after which an instance that sends heartbeats is given up; default 5 min
 * @param leastPatience the least time for a first signal, and for the next where there are no heartbeats; default 10 min
 */
public record LivenessSettings(
        Duration startup, double taskSeconds, Duration heartbeatTimeout, Duration leastPatience) {
    public LivenessSettings {
        Require.nonNegative("taskSeconds", taskSeconds);
    }

    /** The defaults for a start-up time and a task duration. */
    public static LivenessSettings of(Duration startup, double taskSeconds) {
        return new LivenessSettings(startup, taskSeconds, Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
}
