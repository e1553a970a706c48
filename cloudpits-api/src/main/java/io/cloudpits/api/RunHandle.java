package io.cloudpits.api;

import java.time.Instant;

/**
 * A run in the embedder's hand. Safe for use by several threads; no method blocks, and changes take effect at the next
 * tick.
 */
public interface RunHandle {
    /** The run as of its last tick. Never blocks and never fails. */
    RunStatus status();

    /**
     * Changes the budget.
     *
     * @param usd USD, above 0; less than what is spent ends the run
     * @throws IllegalArgumentException if it is not a finite number above 0
     */
    void budgetUsd(double usd);

    /** Changes the deadline. A goal without one gains it. */
    void deadline(Instant at);

    /** Changes the limits. Instances that the new limits do not allow are drained. */
    void limits(Limits limits);

    /** Ends the run: all instances are terminated by the ticks that follow. */
    void cancel();

    /**
     * Gives up the run, in one of two ways.
     *
     * @param mode whether the instances are to be terminated (as {@link #cancel}) or left running until their lease ends
     */
    void close(CloseMode mode);

    /** What becomes of the instances when a handle is closed. */
    enum CloseMode {
        /** End them all. */
        TERMINATE,
        /** Leave them to another controller; no further tick acts, and they end with their lease. */
        DETACH
    }
}
