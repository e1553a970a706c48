package io.cloudpits.core.learn;

/**
 * Tells starting, working and silent instances apart. Pure.
 *
 * <ul>
 *   <li>No signal yet: due after three times the expected start-up, 10 min at least, and three times a task's mean where
 *       the Job Manager sees no heartbeats.
 *   <li>Heartbeats: silent after the heartbeat timeout; never while they come, however long the task.
 *   <li>No heartbeats: silent after its longest task and one metric period, 10 min at least; but not while it is known to
 *       hold no task and publishes nothing.
 *   <li>Data points that say 0, and no heartbeats: alive, but given up when the longest task is over and nothing was done.
 *   <li>When the whole fleet is silent its source is suspected, and everybody gets twice the time.
 * </ul>
 *
 * The longest task is three times its mean, or with a coefficient of variation {@code c} the length that one in a million
 * log-normal tasks exceeds, {@code exp(4.75 s - s^2/2)} with {@code s^2 = ln(1 + c^2)}: 3 up to {@code c = 0.25}, 8.4 at 0.5.
 */
public final class LivenessPolicy {
    private static final double ONE_IN_A_MILLION = 4.75;
    private static final double STARTUPS = 3;
    private static final double FIRST_TASK = 3;
    private static final double SUSPICION = 2;

    private final LivenessSettings settings;
    private final double longestOverMean;

    /** A policy for tasks whose duration has the coefficient of variation {@code taskCv}. */
    public LivenessPolicy(LivenessSettings settings, double taskCv) {
        this.settings = settings;
        double s = Math.sqrt(Math.log1p(taskCv * taskCv));
        this.longestOverMean = Math.max(FIRST_TASK, Math.exp(ONE_IN_A_MILLION * s - s * s / 2));
    }

    /**
     * The health of an instance.
     *
     * @param startupSeconds expected seconds from launch to work
     * @param fleetHasHeartbeats whether the Job Manager sees heartbeats of any instance
     * @param fleetSilent whether no instance of the fleet gives a signal
     */
    public Health judge(LifeSigns signs, double startupSeconds, boolean fleetHasHeartbeats, boolean fleetSilent) {
        if (!signs.reported()) {
            double patience = firstPatience(startupSeconds, fleetHasHeartbeats, signs.taskSeconds());
            return signs.silentSeconds() > patience ? Health.NEVER_REPORTED : Health.STARTING;
        }
        double more = fleetSilent ? SUSPICION : 1;
        boolean silent = signs.silentSeconds() > more * patience(signs) && mustReport(signs);
        boolean stuck = !signs.heartbeats()
                && !signs.resting()
                && signs.workedSeconds() > more * (startupSeconds + longestTaskSeconds(signs.taskSeconds()));
        return silent || stuck ? Health.STOPPED_REPORTING : Health.WORKING;
    }

    /** The time that start-up and, where there are no heartbeats, one task can take, seconds. */
    public double firstPatience(double startupSeconds, boolean heartbeats, double taskSeconds) {
        double mean = taskSeconds > 0 ? taskSeconds : settings.taskSeconds();
        double task = heartbeats ? 0 : FIRST_TASK * mean;
        return Math.max(STARTUPS * startupSeconds, least()) + task;
    }

    /** The silence after which an instance that has reported is given up, seconds. */
    public double patience(LifeSigns signs) {
        if (signs.heartbeats()) {
            return settings.heartbeatTimeout().toMillis() / 1000.0;
        }
        double mean = signs.taskSeconds() > 0 ? signs.taskSeconds() : settings.taskSeconds();
        return Math.max(
                least(), longestOverMean * mean + settings.metricPeriod().toMillis() / 1000.0);
    }

    /** How long one task can take, seconds: by its mean, the given mean, or the longest assumed. */
    public double longestTaskSeconds(double taskSeconds) {
        double mean = taskSeconds > 0 ? taskSeconds : settings.taskSeconds();
        return mean > 0
                ? Math.max(least(), longestOverMean * mean)
                : settings.longestTask().toMillis() / 1000.0;
    }

    /** Whether an instance owes signals now. */
    boolean mustReport(LifeSigns signs) {
        return signs.heartbeats() || signs.metrics() || !signs.resting();
    }

    private double least() {
        return settings.leastPatience().toMillis() / 1000.0;
    }
}
