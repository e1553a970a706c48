package io.cloudpits.core.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The time from the start up to a horizon, cut wherever a price or a capacity changes, with the pools that any optimal
 * schedule may use in it.
 */
final class OracleSlots {
    private final List<OracleProblem.Pool> pools;
    private final int maxInstances;
    private final double[] ends;
    private final double[][] prices;
    private final int[][] capacities;

    OracleSlots(OracleProblem problem, double horizonSeconds) {
        this(problem, horizonSeconds, true);
    }

    OracleSlots(OracleProblem problem, double horizonSeconds, boolean prune) {
        Instant start = problem.start();
        Instant end = start.plus(Duration.ofMillis((long) Math.ceil(horizonSeconds * 1000)));
        maxInstances = problem.maxInstances();
        pools = prune ? undominated(problem, start, end) : problem.pools();
        TreeSet<Instant> cuts = new TreeSet<>();
        for (OracleProblem.Pool pool : pools) {
            cut(pool.usdPerHour(), start, end, cuts);
            cut(pool.capacity(), start, end, cuts);
        }
        cuts.add(end);
        ends = new double[cuts.size()];
        prices = new double[cuts.size()][];
        capacities = new int[cuts.size()][];
        Instant from = start;
        int slot = 0;
        for (Instant to : cuts) {
            ends[slot] = Duration.between(start, to).toMillis() / 1000.0;
            fill(slot++, from);
            from = to;
        }
    }

    private void fill(int slot, Instant at) {
        prices[slot] = new double[pools.size()];
        capacities[slot] = new int[pools.size()];
        for (int i = 0; i < pools.size(); i++) {
            OracleProblem.Pool pool = pools.get(i);
            var price = pool.usdPerHour().at(at);
            prices[slot][i] = price.orElse(0) + pool.extraUsdPerHour();
            double held = price.isPresent() ? pool.capacity().at(at).orElse(0) : 0;
            capacities[slot][i] = (int) Math.min(Math.min(held, pool.maxInstances()), maxInstances);
        }
    }

    private static void cut(StepFunction f, Instant start, Instant end, TreeSet<Instant> cuts) {
        for (int i = f.indexAt(start) + 1; i < f.size() && f.instant(i).isBefore(end); i++) {
            cuts.add(f.instant(i));
        }
    }

    /**
     * Leaves out pools that at every moment are slower and dearer than others which together always hold {@code N}
     * instances.
     */
    private static List<OracleProblem.Pool> undominated(OracleProblem problem, Instant start, Instant end) {
        List<Range> ranges = problem.pools().stream()
                .map(p -> Range.of(p, start, end))
                .filter(r -> r.leastPrice < Double.POSITIVE_INFINITY && r.pool.tasksPerSecond() > 0)
                .sorted((a, b) -> Double.compare(a.mostPrice, b.mostPrice))
                .toList();
        List<OracleProblem.Pool> kept = new ArrayList<>();
        for (Range r : ranges) {
            double held = 0;
            for (Range better : ranges) {
                if (better.mostPrice > r.leastPrice || held >= problem.maxInstances()) {
                    break;
                }
                boolean strictly =
                        better.mostPrice < r.leastPrice || better.pool.tasksPerSecond() > r.pool.tasksPerSecond();
                if (better != r && strictly && better.pool.tasksPerSecond() >= r.pool.tasksPerSecond()) {
                    held += better.leastCapacity;
                }
            }
            if (held < problem.maxInstances()) {
                kept.add(r.pool);
            }
        }
        return kept;
    }

    int count() {
        return ends.length;
    }

    /** When a slot ends, seconds from the start. */
    double end(int slot) {
        return ends[slot];
    }

    double begin(int slot) {
        return slot == 0 ? 0 : ends[slot - 1];
    }

    /** The first slot that ends after an instant. */
    int after(double seconds) {
        int slot = 0;
        while (slot < ends.length && ends[slot] <= seconds) {
            slot++;
        }
        return slot;
    }

    /** The number of slots that begin before an instant. */
    private int slotsUntil(double seconds) {
        int i = java.util.Arrays.binarySearch(ends, seconds);
        return Math.min(ends.length, (i >= 0 ? i : -i - 1) + 1);
    }

    /**
     * The best that can be made of the time up to {@code seconds} when a task is worth {@code lambda} USD: each slot takes its
     * up to {@code N} instances with the largest positive {@code lambda r - p}. Adds profit (USD) and work (tasks) to {@code
     * sums}; infinite {@code lambda} takes the fastest, whatever they cost, and leaves the profit alone.
     */
    void best(double lambda, double seconds, double[] sums) {
        sums[0] = 0;
        sums[1] = 0;
        int slots = slotsUntil(seconds);
        double[] values = new double[pools.size()];
        for (int s = 0; s < slots; s++) {
            double length = Math.min(ends[s], seconds) - begin(s);
            if (length > 0) {
                slot(s, lambda, length, values, sums);
            }
        }
    }

    private void slot(int s, double lambda, double length, double[] values, double[] sums) {
        for (int i = 0; i < values.length; i++) {
            double rate = pools.get(i).tasksPerSecond();
            values[i] =
                    capacities[s][i] == 0 ? -1 : Double.isInfinite(lambda) ? rate : lambda * rate - prices[s][i] / 3600;
        }
        int left = maxInstances;
        while (left > 0) {
            int best = -1;
            for (int i = 0; i < values.length; i++) {
                if (values[i] > 0 && (best < 0 || values[i] > values[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                return;
            }
            int take = Math.min(left, capacities[s][best]);
            sums[0] += Double.isInfinite(lambda) ? 0 : take * values[best] * length;
            sums[1] += take * pools.get(best).tasksPerSecond() * length;
            values[best] = -1;
            left -= take;
        }
    }

    /** The largest worth of a task at which no pool would still be bought, USD per task. */
    double dearest() {
        double most = 0;
        for (int i = 0; i < pools.size(); i++) {
            for (double[] slot : prices) {
                most = Math.max(most, slot[i] / 3600 / pools.get(i).tasksPerSecond());
            }
        }
        return most;
    }

    /** A pool's least and highest price and its least capacity over the time. */
    private record Range(OracleProblem.Pool pool, double leastPrice, double mostPrice, double leastCapacity) {
        static Range of(OracleProblem.Pool pool, Instant start, Instant end) {
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            double capacity = Math.min(pool.maxInstances(), least(pool.capacity(), start, end));
            StepFunction price = pool.usdPerHour();
            int first = price.indexAt(start);
            for (int i = Math.max(0, first);
                    i < price.size() && price.instant(i).isBefore(end);
                    i++) {
                least = Math.min(least, price.value(i) + pool.extraUsdPerHour());
                most = Math.max(most, price.value(i) + pool.extraUsdPerHour());
            }
            return new Range(pool, least, first < 0 ? Double.POSITIVE_INFINITY : most, first < 0 ? 0 : capacity);
        }

        private static double least(StepFunction f, Instant start, Instant end) {
            int first = f.indexAt(start);
            double least = first < 0 ? 0 : Double.POSITIVE_INFINITY;
            for (int i = Math.max(0, first);
                    i < f.size() && (i == first || f.instant(i).isBefore(end));
                    i++) {
                least = Math.min(least, f.value(i));
            }
            return least;
        }
    }
}
