package io.cloudpits.core.plan;

import io.cloudpits.api.Require;

/**
 * How large single tasks are, which decides the tail of a job.
 *
 * @param meanSeconds mean duration of a task on one worker of the average instance, seconds; 0 for a fluid job, whose
 *     tasks are too small to matter one by one
 * @param coefficientOfVariation standard deviation of a task's duration / its mean
 */
public record TaskShape(double meanSeconds, double coefficientOfVariation) {
    /** Tasks too small to matter one by one. */
    public static final TaskShape FLUID = new TaskShape(0, 0);

    public TaskShape {
        Require.nonNegative("meanSeconds", meanSeconds);
        Require.nonNegative("coefficientOfVariation", coefficientOfVariation);
    }

    /** Whether single tasks do not matter. */
    public boolean isFluid() {
        return meanSeconds == 0;
    }

    /**
     * The share of its rate that interruptions leave to an instance: each costs a start-up and half a task.
     *
     * @param perHour expected interruptions of one instance per hour
     * @param startupSeconds from the launch of the replacement to its first task
     */
    double steadiness(double perHour, double startupSeconds) {
        return 1 / (1 + perHour * (startupSeconds + meanSeconds / 2) / 3600);
    }
}
