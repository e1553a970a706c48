package io.cloudpits.core.plan;

import java.util.Arrays;

/**
 * One fleet for the rest of the run, valued exactly: start-up, launch costs and the tasks lost with ended workers in it.
 *
 * @param counts how many of each item of a {@link HorizonProblem}: the workers first, then the pools
 * @param seconds until the last task is done; infinite where it never is
 * @param usd what the rest of the run costs
 * @param reserveUsd what must be left at its end, so that a forced stop is paid for at the highest prices
 */
record FleetOption(int[] counts, double seconds, double usd, double reserveUsd) {
    /** Values a fleet in a situation. */
    static FleetOption of(Situation s, int[] counts) {
        double work = s.tasksLeft() + lostTasks(s, counts);
        double seconds = secondsFor(s, counts, work);
        return new FleetOption(counts, seconds, usd(s, counts, seconds), reserveUsd(s, counts));
    }

    private static double lostTasks(Situation s, int[] counts) {
        double lost = 0;
        for (int i = 0; i < s.workers().size(); i++) {
            lost += counts[i] == 0 ? s.workers().get(i).tasksInFlight() : 0;
        }
        return lost;
    }

    /** Solves {@code sum n r (T - d)+ + rJ T = work}, which is piecewise linear and increasing in {@code T}. */
    private static double secondsFor(Situation s, int[] counts, double work) {
        int workers = s.workers().size();
        double[][] members = new double[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            members[i] = i < workers
                    ? member(counts[i], s.workers().get(i), s.taskShape())
                    : member(counts[i], s.pools().get(i - workers), s.taskShape());
        }
        Arrays.sort(members, (a, b) -> Double.compare(a[0], b[0]));
        double rate = s.jobManagerTasksPerSecond();
        double offset = 0;
        for (double[] m : members) {
            if (rate > 0 && (work + offset) / rate <= m[0]) {
                break;
            }
            rate += m[1];
            offset += m[1] * m[0];
        }
        return rate > 0 ? (work + offset) / rate : Double.POSITIVE_INFINITY;
    }

    private static double[] member(int count, Worker w, TaskShape shape) {
        double steady = shape.steadiness(w.interruptionsPerHour(), w.readyInSeconds());
        return new double[] {w.readyInSeconds(), count * w.rate().tasksPerSecond() * steady};
    }

    private static double[] member(int count, PoolOutlook p, TaskShape shape) {
        double steady = shape.steadiness(p.interruptionsPerHour(), p.startupSeconds());
        return new double[] {p.startupSeconds(), count * p.rate().tasksPerSecond() * steady};
    }

    private static double usd(Situation s, int[] counts, double seconds) {
        double usd = seconds * s.jobManagerUsdPerHour() / 3600;
        int workers = s.workers().size();
        for (int i = 0; i < counts.length && Double.isFinite(seconds); i++) {
            if (counts[i] > 0 && i < workers) {
                Worker w = s.workers().get(i);
                double worked = Math.max(0, seconds - w.readyInSeconds());
                usd += seconds * w.allInUsdPerHour() / 3600 + worked * w.rate().tasksPerSecond() * w.usdPerTask();
            } else if (counts[i] > 0) {
                PoolOutlook p = s.pools().get(i - workers);
                double worked = Math.max(0, seconds - p.startupSeconds());
                usd += counts[i]
                        * (Math.max(60, seconds) * p.allInUsdPerHour() / 3600
                                + p.usdPerLaunch()
                                + worked * p.rate().tasksPerSecond() * p.usdPerTask());
            }
        }
        return usd;
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

    /** What the fleet may need at most, the reserve included, USD. */
    double neededUsd() {
        return usd + reserveUsd;
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
