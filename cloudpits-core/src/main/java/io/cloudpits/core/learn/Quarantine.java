package io.cloudpits.core.learn;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Require;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pools from which nothing is launched any more in this run, because an instance of theirs fails its tasks. Immutable.
 *
 * @param pools the pools, each with the reason in words
 */
public record Quarantine(Map<CapacityPool, String> pools) {
    private static final double FAILING = 0.2;
    private static final double LEAST_TASKS = 5;
    private static final double LEAST_OTHERS = 20;
    private static final double USUAL_AT_MOST = 0.4;
    private static final double CHANCE = 0.001;
    private static final double MOST_COUNTED = 2000;

    /** Nothing is quarantined. */
    public static final Quarantine NONE = new Quarantine(Map.of());

    public Quarantine {
        pools = Collections.unmodifiableMap(new TreeMap<>(pools));
    }

    /** With one pool more; its first reason stays. */
    public Quarantine with(CapacityPool pool, String words) {
        Map<CapacityPool, String> more = new TreeMap<>(pools);
        more.putIfAbsent(pool, words);
        return new Quarantine(more);
    }

    /** Whether nothing is to be launched in the pool. */
    public boolean contains(CapacityPool pool) {
        return pools.containsKey(pool);
    }

    /** Why the pool is quarantined, if it is. */
    public Optional<String> reason(CapacityPool pool) {
        return Optional.ofNullable(pools.get(pool));
    }

    /**
     * Whether an instance fails its tasks: of five finished ones or more, more than a fifth failed, and that is no chance
     * where tasks fail on every instance. It is no chance when so many failures or more would come with a probability below
     * 0.001 at the failure rate of all other instances together (0 while they finished fewer than 20 tasks, and 0.4 at
     * most: a fleet that fails more than that does not work).
     *
     * @param failed tasks it failed
     * @param committed tasks it committed
     * @param othersFailed tasks all others failed
     * @param othersCommitted tasks all others committed
     */
    public static boolean isFailing(double failed, double committed, double othersFailed, double othersCommitted) {
        double finished = Require.nonNegative("failed", failed) + Require.nonNegative("committed", committed);
        if (finished < LEAST_TASKS || failed <= FAILING * finished) {
            return false;
        }
        double others = othersFailed + othersCommitted;
        double usual = others < LEAST_OTHERS ? 0 : Math.min(USUAL_AT_MOST, othersFailed / others);
        double scale = Math.min(1, MOST_COUNTED / finished);
        return atLeast(Math.round(failed * scale), Math.round(finished * scale), usual) < CHANCE;
    }

    /** The probability of {@code k} or more failures among {@code n} with probability {@code p} each. */
    static double atLeast(long k, long n, double p) {
        if (p == 0) {
            return k > 0 ? 0 : 1;
        }
        double logTerm = 0;
        for (long i = 0; i < k; i++) {
            logTerm += Math.log((double) (n - i) / (i + 1));
        }
        logTerm += k * Math.log(p) + (n - k) * Math.log1p(-p);
        double term = Math.exp(logTerm);
        double sum = term;
        for (long i = k; i < n; i++) {
            term *= (double) (n - i) / (i + 1) * p / (1 - p);
            sum += term;
        }
        return Math.min(1, sum);
    }
}
