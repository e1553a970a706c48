package io.cloudpits.core.ledger;

import io.cloudpits.api.Require;

/**
 * The Job Manager's part: what it costs, and what it (and machines one already has) computes.
 *
 * @param usdPerHour all in, USD per hour; 0 for a Job Manager that is paid for anyway
 * @param tasksPerSecond what it computes itself; 0 if it does not
 */
public record JobManagerCost(double usdPerHour, double tasksPerSecond) {
    public JobManagerCost {
        Require.nonNegative("usdPerHour of the Job Manager", usdPerHour);
        Require.nonNegative("tasksPerSecond of the Job Manager", tasksPerSecond);
    }

    /** A c5.4xlarge On-Demand (0.68 USD/h), as in the seed, that does not compute. */
    public static JobManagerCost c5() {
        return new JobManagerCost(0.68, 0);
    }
}
