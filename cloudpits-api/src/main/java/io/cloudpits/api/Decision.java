package io.cloudpits.api;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was decided, and why.
 *
 * @param action what to do
 * @param pool the pool concerned
 * @param count how many instances; 1 for a decision about one instance
 * @param instanceId the instance concerned; null for a launch
 * @param reason why
 */
public record Decision(Action action, CapacityPool pool, int count, @Nullable String instanceId, Reason reason) {
    public Decision {
        Require.atLeast("count", count, 1);
    }

    /** Launch some instances of a pool. */
    public static Decision launch(CapacityPool pool, int count, Reason reason) {
        return new Decision(Action.LAUNCH, pool, count, null, reason);
    }

    /** Keep, drain or terminate an instance. */
    public static Decision about(Action action, CapacityPool pool, String instanceId, Reason reason) {
        return new Decision(action, pool, 1, instanceId, reason);
    }

    /** What is done. */
    public enum Action {
        KEEP,
        LAUNCH,
        /** Give it no new tasks, and end it when its results are in or when waiting no longer pays. */
        DRAIN,
        TERMINATE
    }

    /** Such as {@code TERMINATE i-1 c5.large eu-west-1a spot: reason}. */
    @Override
    public String toString() {
        String what = instanceId == null ? count + " x " : instanceId + " ";
        return action + " " + what + pool + ": " + reason.words();
    }
}
