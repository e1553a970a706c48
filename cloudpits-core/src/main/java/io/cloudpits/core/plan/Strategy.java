package io.cloudpits.core.plan;

/**
 * Decides which instances there should be. A pure function: no clock, no randomness, no I/O; safe for use by several
 * threads. Whatever must be carried from tick to tick goes through {@link Plan#counters()}.
 */
public interface Strategy {
    /** The name by which users choose it. */
    String name();

    /** The plan for a situation. The controller holds limits and the hard cap against it all the same. */
    Plan plan(Situation situation);
}
