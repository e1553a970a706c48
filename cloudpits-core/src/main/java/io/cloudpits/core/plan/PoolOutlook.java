package io.cloudpits.core.plan;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Require;

/**
 * A capacity pool from which instances can be launched now: allowed, adequate, priced, and not backed off.
 *
 * @param pool the pool
 * @param facts its type
 * @param usdPerHour the offered price alone, USD per instance-hour
 * @param allInUsdPerHour price + disk + address + metrics, USD per instance-hour
 * @param ceilingUsdPerHour the most one instance can cost, all in, USD per hour
 * @param rate expected throughput of one instance
 * @param startupSeconds from launch to the first task, staging included
 * @param usdPerLaunch paid once per launch (staging, data transfer)
 * @param usdPerTask paid per task computed here (results across zones)
 * @param interruptionsPerHour expected interruptions of one instance per hour
 * @param room the most further instances this pool may get, backing off and provider's limits included
 */
public record PoolOutlook(
        CapacityPool pool,
        InstanceTypeFacts facts,
        double usdPerHour,
        double allInUsdPerHour,
        double ceilingUsdPerHour,
        RateEstimate rate,
        double startupSeconds,
        double usdPerLaunch,
        double usdPerTask,
        double interruptionsPerHour,
        int room) {
    public PoolOutlook {
        Require.positive("usdPerHour of " + pool, usdPerHour);
        Require.positive("allInUsdPerHour of " + pool, allInUsdPerHour);
        Require.positive("ceilingUsdPerHour of " + pool, ceilingUsdPerHour);
        Require.nonNegative("startupSeconds of " + pool, startupSeconds);
        Require.nonNegative("usdPerLaunch of " + pool, usdPerLaunch);
        Require.nonNegative("usdPerTask of " + pool, usdPerTask);
        Require.nonNegative("interruptionsPerHour of " + pool, interruptionsPerHour);
        Require.atLeast("room of " + pool, room, 0);
    }
}
