package io.cloudpits.api;

import java.time.Instant;

/**
 * From this instant on a pool has this price, until its next change.
 *
 * @param pool the pool
 * @param at when the price came into force
 * @param usdPerHour the price, USD per instance-hour; above 0
 */
public record PriceChange(CapacityPool pool, Instant at, double usdPerHour) {
    public PriceChange {
        Require.positive("usdPerHour of " + pool + " at " + at, usdPerHour);
    }
}
