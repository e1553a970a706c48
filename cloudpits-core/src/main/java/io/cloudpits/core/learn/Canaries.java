package io.cloudpits.core.learn;

import java.util.Locale;

/**
 * Whether the program works at all on the instances, asked of a few canaries while nothing was ever measured of it: a fleet
 * that cannot work must not burn the budget. Pure.
 */
public final class Canaries {
    /** At most so many per architecture. */
    public static final int PER_ARCHITECTURE = 2;

    /** What canaries may spend, as a share of the budget. */
    private static final double SHARE = 0.015;

    /** The same where heartbeats tell that they are alive, and may be at a long task. */
    private static final double SHARE_ALIVE = 0.25;

    private static final double TASKS = 3;
    private static final double LEAST_TASK = 600;
    private static final double UNKNOWN_TASK = 2 * 3600;

    private Canaries() {}

    /**
     * The verdict: {@code GO} once one has committed; {@code FAILED} when the time that start-up and one task can take is
     * over (with heartbeats, three times the task's duration more, at least 10 min, or 2 h where it is not known), or when
     * they have spent 1.5 % of the budget (25 % with heartbeats).
     *
     * @param committed whether any instance has committed a task
     * @param heartbeats whether any instance sends heartbeats: then it is alive and may be at a long task
     * @param secondsSinceLaunch since the first canary was launched; 0 if none was
     * @param patienceSeconds the time that start-up and one task can take
     * @param taskSeconds expected duration of one task; 0 if not known
     * @param spentUsd what the canaries have cost
     * @param budgetUsd the budget; infinite for none
     */
    public static Verdict judge(
            boolean committed,
            boolean heartbeats,
            double secondsSinceLaunch,
            double patienceSeconds,
            double taskSeconds,
            double spentUsd,
            double budgetUsd) {
        if (committed) {
            return new Verdict(Outcome.GO, "a canary has committed a task");
        }
        double patience = patienceSeconds + (heartbeats ? longestTask(taskSeconds) : 0);
        double allowance = (heartbeats ? SHARE_ALIVE : SHARE) * budgetUsd;
        String state = heartbeats ? ", though they send heartbeats" : "; no heartbeat came";
        if (secondsSinceLaunch > patience) {
            return failed(
                    "no canary has committed a task within %.0f s (start-up and one task take at most %.0f s)%s",
                    secondsSinceLaunch, patience, state);
        }
        if (spentUsd > allowance) {
            return failed(
                    "canaries have cost %.4f USD, more than the %.4f USD they may, and none has committed a task%s",
                    spentUsd, allowance, state);
        }
        String words =
                "waiting for a canary's first committed task: %.0f s of at most %.0f s, %.4f of at most %.4f USD";
        return new Verdict(
                Outcome.WAIT, String.format(Locale.ROOT, words, secondsSinceLaunch, patience, spentUsd, allowance));
    }

    private static double longestTask(double taskSeconds) {
        return taskSeconds > 0 ? Math.max(LEAST_TASK, TASKS * taskSeconds) : UNKNOWN_TASK;
    }

    private static Verdict failed(String words, Object... figures) {
        return new Verdict(Outcome.FAILED, String.format(Locale.ROOT, words, figures));
    }

    /** What to do. */
    public enum Outcome {
        /** Launch no more than the canaries. */
        WAIT,
        /** The program works: launch what is planned. */
        GO,
        /** It does not: end the run. */
        FAILED
    }

    /** The outcome, in words and numbers. */
    public record Verdict(Outcome outcome, String words) {}
}
