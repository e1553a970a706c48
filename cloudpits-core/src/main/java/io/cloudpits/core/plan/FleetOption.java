package io.cloudpits.core.plan;

import java.util.Arrays;

/**
 * One fleet for the rest of the run, valued exactly: start-up, launch costs, the work lost with ended workers and the tail of
 * the last tasks in it.
 *
 * @param counts how many of each item of a {@link HorizonProblem}: the workers first, then the pools
 * @param seconds until the last task is done; infinite where it never is
 * @param usd what the rest of the run costs
 * @param tailSeconds how much longer that is because tasks come whole
 * @param tailRiskSeconds one standard deviation of that tail
 * @param tailRiskUsd what it costs
 * @param reserveUsd what must be left at its end, so that a forced stop is paid for at the highest prices
 */
record FleetOption(
        int[] counts,
        double seconds,
        double usd,
        double tailSeconds,
        double tailRiskSeconds,
        double tailRiskUsd,
        double reserveUsd) {
    /** Values a fleet in a situation. */
    static FleetOption of(Situation s, int[] counts) {
        Forecaster forecaster = Outlook.forecaster(s, counts);
        double seconds = forecaster.expectedSeconds();
        double usd = Double.isFinite(seconds) ? forecaster.expectedUsd() : 0;
        double risk = forecaster.tailRiskSeconds();
        return new FleetOption(
                counts,
                seconds,
                usd,
                forecaster.tailSeconds(),
                risk,
                risk * forecaster.usdPerHour() / 3600,
                reserveUsd(s, counts));
    }

    private static double reserveUsd(Situation s, int[] counts) {
        double usdPerHour = s.jobManagerUsdPerHour();
        int workers = s.workers().size();
        for (int i = 0; i < counts.length; i++) {
            double ceiling = counts[i] == 0
                    ? 0
                    : i < workers
                            ? s.workers().get(i).ceilingUsdPerHour()
                            : s.pools().get(i - workers).ceilingUsdPerHour();
            usdPerHour += counts[i] * ceiling;
        }
        return usdPerHour * s.settings().stopSeconds() / 3600;
    }

    /** What the fleet may need, the reserve included, USD. */
    double neededUsd() {
        return usd + reserveUsd;
    }

    /** The same with the tail's risk at so many standard deviations. */
    double neededUsd(double z) {
        return neededUsd() + z * tailRiskUsd;
    }

    /** How many instances it launches. */
    int launches(Situation s) {
        return Arrays.stream(counts, s.workers().size(), counts.length).sum();
    }

    /** How many workers it ends. */
    int ends(Situation s) {
        return s.workers().size() - Arrays.stream(counts, 0, s.workers().size()).sum();
    }
}
