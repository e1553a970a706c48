package io.cloudpits.core.learn;

/** Whether an instance is alive, as far as its signals tell. */
public enum Health {
    /** No signal yet, and none is due. */
    STARTING,
    /** Signals came, and none is overdue: a long task is not silence where heartbeats come. */
    WORKING,
    /** No signal within the time that start-up and one task can take. */
    NEVER_REPORTED,
    /** Signals came and then stopped. */
    STOPPED_REPORTING
}
