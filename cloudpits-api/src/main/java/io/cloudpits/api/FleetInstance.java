package io.cloudpits.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a run, as the provider tells it.
 *
 * @param id the provider's id
 * @param pool where it was launched
 * @param token client token of the launch request it came from
 * @param state its state at the time of the listing
 * @param launchedAt when billing began
 * @param end when and why it ended; null while it has not ended or the provider does not tell
 * @param interruptionAt when AWS will take it back, if a notice was received; else null
 * @param rebalanceRecommended whether AWS hinted at a raised risk of interruption
 * @param privateAddress where the Job Manager connects to its Task Manager; null while unknown
 * @param providerNote what the provider says of its state, such as a failed status check; empty if nothing
 */
public record FleetInstance(
        String id,
        CapacityPool pool,
        String token,
        InstanceState state,
        Instant launchedAt,
        @Nullable End end,
        @Nullable Instant interruptionAt,
        boolean rebalanceRecommended,
        @Nullable String privateAddress,
        String providerNote) {
    public FleetInstance {
        Require.text("id", id);
        if (end != null && end.at().isBefore(launchedAt)) {
            throw Require.bad("end.at of " + id, end.at(), "not before its launch at " + launchedAt);
        }
    }

    /**
     * An instance that has just been granted.
     */
    public static FleetInstance pending(String id, CapacityPool pool, String token, Instant launchedAt) {
        return new FleetInstance(id, pool, token, InstanceState.PENDING, launchedAt, null, null, false, null, "");
    }

    /** When and why the instance ended, if that is known. */
    public Optional<End> ended() {
        return Optional.ofNullable(end);
    }

    /** Whether it is over or on its way out. */
    public boolean isLeaving() {
        return state == InstanceState.ENDING || state == InstanceState.ENDED;
    }

    /**
     * The end of an instance.
     *
     * @param at when billing ended
     * @param cause why
     */
    public record End(Instant at, EndCause cause) {}
}
