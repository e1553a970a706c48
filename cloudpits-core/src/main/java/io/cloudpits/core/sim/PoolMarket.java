package io.cloudpits.core.sim;

import io.cloudpits.api.Require;

/**
 * What happens in one capacity pool.
 *
 * @param usdPerHour its price over time, USD per instance-hour; instants without a price grant nothing
 * @param ceilingUsdPerHour the price that {@code usdPerHour} never exceeds: the On-Demand price
 * @param capacity how many instances of one run the pool holds over time; when it falls, the instances above it are
 *     interrupted, all of them at once when it falls to 0
 * @param interruptionsPerHour further interruptions of single instances, expected per instance-hour
 */
public record PoolMarket(
        StepFunction usdPerHour, double ceilingUsdPerHour, StepFunction capacity, double interruptionsPerHour) {
    public PoolMarket {
        Require.positive("ceilingUsdPerHour", ceilingUsdPerHour);
        Require.nonNegative("interruptionsPerHour", interruptionsPerHour);
    }
}
