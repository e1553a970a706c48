package io.cloudpits.core.plan;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Require;

/**
 * An instance of the run that is starting or working; draining and ending ones are not workers any more.
 *
 * @param id its id
 * @param pool its pool
 * @param facts its type
 * @param ageSeconds since its launch
 * @param readyInSeconds expected seconds until its first task; 0 once it works
 * @param allInUsdPerHour what it costs now, all in, USD per hour
 * @param ceilingUsdPerHour the most it can cost, all in, USD per hour
 * @param rate what it delivers, by its own measurements and its type's
 * @param usdPerTask paid per task computed here
 * @param interruptionsPerHour expected interruptions per hour
 * @param tasksInFlight tasks it holds, which a termination loses
 */
public record Worker(
        String id,
        CapacityPool pool,
        InstanceTypeFacts facts,
        double ageSeconds,
        double readyInSeconds,
        double allInUsdPerHour,
        double ceilingUsdPerHour,
        RateEstimate rate,
        double usdPerTask,
        double interruptionsPerHour,
        double tasksInFlight) {
    public Worker {
        Require.nonNegative("ageSeconds of " + id, ageSeconds);
        Require.nonNegative("readyInSeconds of " + id, readyInSeconds);
        Require.nonNegative("allInUsdPerHour of " + id, allInUsdPerHour);
        Require.nonNegative("ceilingUsdPerHour of " + id, ceilingUsdPerHour);
        Require.nonNegative("usdPerTask of " + id, usdPerTask);
        Require.nonNegative("interruptionsPerHour of " + id, interruptionsPerHour);
        Require.nonNegative("tasksInFlight of " + id, tasksInFlight);
    }

    /** Whether it has begun to work. */
    public boolean isReady() {
        return readyInSeconds == 0;
    }
}
