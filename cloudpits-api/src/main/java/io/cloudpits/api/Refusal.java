package io.cloudpits.api;

/**
 * Instances that were asked for and not granted.
 *
 * @param token the request's client token
 * @param pool the pool asked for
 * @param count how many were refused; at least 1
 * @param kind what kind of refusal, which decides what to do about it
 * @param code the provider's error code
 * @param message the provider's message
 */
public record Refusal(String token, CapacityPool pool, int count, Kind kind, String code, String message) {
    public Refusal {
        Require.atLeast("count of " + pool, count, 1);
    }

    /** What a refusal means. */
    public enum Kind {
        /** This pool has no capacity now: leave it alone for some minutes, growing. */
        POOL,
        /** A quota of the account is exhausted: leave the whole family group alone for some minutes. */
        QUOTA,
        /** The request itself is wrong, and will be wrong again: the run stops and tells the user. */
        CONFIGURATION,
        /** Too many calls; says nothing about capacity. The next tick tries again. */
        THROTTLED
    }
}
