package io.cloudpits.api;

import java.time.Instant;

/**
 * A capacity pool at its present price.
 *
 * @param pool the pool
 * @param usdPerHour the price in force, USD per instance-hour, without disk, address or metrics; above 0
 * @param ceilingUsdPerHour the most an instance of this pool can ever be charged, USD per hour: the On-Demand price,
 *     or a lower maximum price that the launch will request. The hard cap is held against this price. At least
 *     {@code usdPerHour}
 * @param asOf when this price was in force
 */
public record Offer(CapacityPool pool, double usdPerHour, double ceilingUsdPerHour, Instant asOf) {
    public Offer {
        Require.positive("usdPerHour of " + pool, usdPerHour);
        Require.positive("ceilingUsdPerHour of " + pool, ceilingUsdPerHour);
        if (ceilingUsdPerHour < usdPerHour) {
            throw Require.bad(
                    "ceilingUsdPerHour of " + pool, ceilingUsdPerHour, "at least the present price " + usdPerHour);
        }
    }
}
