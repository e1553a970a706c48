package io.cloudpits.core.plan;

import io.cloudpits.api.Require;

/**
 * What one instance of a type is expected to deliver.
 *
 * @param tasksPerSecond expected throughput of one instance; at least 0
 * @param spread standard deviation between instances of the type, tasks/s; independent from one instance to the next
 * @param error standard error of {@code tasksPerSecond} itself, tasks/s; shared by all instances of the type
 * @param basis what the estimate rests on
 */
public record RateEstimate(double tasksPerSecond, double spread, double error, Basis basis) {
    public RateEstimate {
        Require.nonNegative("tasksPerSecond", tasksPerSecond);
        Require.nonNegative("spread", spread);
        Require.nonNegative("error", error);
    }

    /** What an estimate rests on, the strongest last. */
    public enum Basis {
        /** Nothing measured anywhere: the number is only a guess that orders types by size. */
        GUESS,
        /** Measured on other types, carried over. */
        PRIOR,
        /** Measured in earlier runs of this workload. */
        HISTORY,
        /** Measured in this run. */
        LIVE
    }
}
