package io.cloudpits.core.plan;

/**
 * A fleet and what it does.
 *
 * @param counts instances per item; not to be changed
 * @param tasksPerSecond expected rate, the Job Manager's included
 * @param usdPerHour price, the Job Manager's included
 */
public record Fleet(int[] counts, double tasksPerSecond, double usdPerHour) {
    /** Seconds for a number of tasks; infinite for a fleet that does nothing. */
    public double secondsFor(double tasks) {
        return tasksPerSecond > 0 ? tasks / tasksPerSecond : Double.POSITIVE_INFINITY;
    }

    /** USD for a number of tasks; infinite for a fleet that does nothing. */
    public double usdFor(double tasks) {
        return tasksPerSecond > 0 ? secondsFor(tasks) * usdPerHour / 3600 : Double.POSITIVE_INFINITY;
    }

    /** USD per task. */
    public double usdPerTask() {
        return usdFor(1);
    }
}
