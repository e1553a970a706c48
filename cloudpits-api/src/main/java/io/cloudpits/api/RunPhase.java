package io.cloudpits.api;

/** Where a run is. */
public enum RunPhase {
    RUNNING,
    /** Decided to end; instances are being terminated. */
    ENDING,
    /** Ended: all tasks done. */
    FINISHED,
    /** Ended: no fleet can finish the job within the budget (or by the deadline); nothing was launched, or no more was. */
    INFEASIBLE,
    /** Ended: the money is spent and the job is not done. */
    BUDGET_EXHAUSTED,
    /** Ended: the program does not work on the instances, or the configuration is wrong. */
    FAILED,
    /** Ended by the caller. */
    CANCELLED,
    /** Left by the caller with its instances running. */
    DETACHED;

    /** Whether nothing more will happen. */
    public boolean isOver() {
        return this != RUNNING && this != ENDING;
    }
}
