package io.cloudpits.api;

import java.time.Instant;

/**
 * Told of a run's instances and ticks. Every method does nothing unless overridden.
 *
 * <p>Calls about one instance come one after the other and never at the same time; calls about different instances may.
 * They come on the executor given to the controller, not on the ticking thread. An exception is logged; a listener
 * that hangs delays only its own instance, and only up to the deadline.
 */
public interface RunListener {
    /** The instance runs and has an address: the Job Manager may connect to its Task Manager. */
    default void ready(FleetInstance instance) {}

    /**
     * The instance is to be ended: give it no new tasks. When it holds no more results that matter, run {@code drained};
     * it is ended then, or at the deadline. After an interruption notice the deadline is that of AWS, which ends it itself.
     *
     * @param drained may be run from any thread, any number of times
     */
    default void draining(FleetInstance instance, Instant deadline, Runnable drained) {}

    /** The instance is gone, or its termination was asked for: its tasks must be sent again. */
    default void gone(FleetInstance instance, Reason reason) {}

    /**
     * Near the end of the job these instances are so slow that the tasks they still hold deserve a second copy on a faster
     * instance. Advice only.
     */
    default void duplicate(FleetInstance instance) {}

    /** A tick was made. */
    default void ticked(RunStatus status) {}

    /** The budget was raised by the run's own policy. */
    default void budgetRaised(double fromUsd, double toUsd) {}
}
