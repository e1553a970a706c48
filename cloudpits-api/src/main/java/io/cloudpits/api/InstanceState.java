package io.cloudpits.api;

/** Where an instance is in its life. */
public enum InstanceState {
    /** Granted, not running yet. Billed from launch on all the same. */
    PENDING,
    RUNNING,
    /** On its way out, still billed until its end time. */
    ENDING,
    /** Over; its end time and cause are given where the provider tells them. */
    ENDED
}
