package io.cloudpits.api;

/**
 * A wish for instances of one pool.
 *
 * @param token client token: the same token never launches twice
 * @param pool where
 * @param count how many; at least 1
 * @param maxUsdPerHour the maximum price to request, USD per hour; above it the provider interrupts
 */
public record LaunchRequest(String token, CapacityPool pool, int count, double maxUsdPerHour) {
    public LaunchRequest {
        Require.text("token", token);
        Require.atLeast("count of " + pool, count, 1);
        Require.positive("maxUsdPerHour of " + pool, maxUsdPerHour);
    }
}
