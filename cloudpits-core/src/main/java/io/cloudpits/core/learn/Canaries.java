package io.cloudpits.core.learn;

import java.util.Locale;

/**
 * Whether the program works at all on the instances, asked of a few canaries while nothing was ever measured of it: a fleet
 * that cannot work must not burn the budget.
 */
public final class Canaries {
    /** At most so many per architecture. */
    public static final int PER_ARCHITECTURE = 2;

    /** Canaries without a heartbeat may spend at most this share of the budget. */
    private static final double SHARE = 0.015;

    private static final double LONGEST_TASK = 2 * 3600;

    private Canaries() {}

    /**
     * The verdict.
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
        double patience = heartbeats ? patienceSeconds + Math.max(3 * taskSeconds, LONGEST_TASK) : patienceSeconds;
        if (secondsSinceLaunch > patience) {
            return new Verdict(
                    Outcome.FAILED,
                    String.format(
                            Locale.ROOT,
                            "no canary has committed a task within %.0f s (start-up and one task take at most %.0f s)%s",
                            secondsSinceLaunch,
                            patience,
                            heartbeats ? ", though they answer" : "; none has ever reported"));
        }
        if (!heartbeats && spentUsd > SHARE * budgetUsd) {
            return new Verdict(
                    Outcome.FAILED,
                    String.format(
                            Locale.ROOT,
                            "canaries have cost %.4f USD, more than %.1f %% of the budget, and none has ever reported",
                            spentUsd,
                            100 * SHARE));
        }
        return new Verdict(
                Outcome.WAIT,
                String.format(
                        Locale.ROOT,
                        "waiting for a canary's first committed task: %.0f s of at most %.0f s",
                        secondsSinceLaunch,
                        patience));
    }

    /** What to do. */
    public enum Outcome {
        WAIT,
        GO,
        FAILED
    }

    /** The outcome, in words and numbers. */
    public record Verdict(Outcome outcome, String words) {}
}
