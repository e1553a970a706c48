package io.cloudpits.core.learn;

import io.cloudpits.api.Require;

/**
 * The signals of one instance, as far as its health depends on them. Only time in which the sources answered counts.
 *
 * @param reported whether any signal ever came: a heartbeat, a task returned, a data point
 * @param heartbeats whether the Job Manager sees heartbeats of it
 * @param metrics whether it publishes data points
 * @param resting known to hold no task: nothing to report is no fault then
 * @param silentSeconds since the last signal of any kind; since launch where none came
 * @param workedSeconds since it last returned a task or published a rate above 0; since launch where it never did
 * @param taskSeconds mean duration of its own tasks; 0 if not known
 */
public record LifeSigns(
        boolean reported,
        boolean heartbeats,
        boolean metrics,
        boolean resting,
        double silentSeconds,
        double workedSeconds,
        double taskSeconds) {
    public LifeSigns {
        Require.nonNegative("silentSeconds", silentSeconds);
        Require.nonNegative("workedSeconds", workedSeconds);
        Require.nonNegative("taskSeconds", taskSeconds);
    }
}
