package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Require;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the oracle knows: everything that will happen. vCPU quotas are left out, which keeps its answers bounds.
 *
 * @param start when the job begins
 * @param pools the pools that may be used
 * @param maxInstances {@code N}
 * @param tasks {@code W}
 * @param jobManager what is paid and computed without instances
 * @param horizon how far it looks; 14 days by default
 */
public record OracleProblem(
        Instant start, List<Pool> pools, int maxInstances, double tasks, JobManagerCost jobManager, Duration horizon) {
    /** How far the oracle looks unless told otherwise. */
    public static final Duration HORIZON = Duration.ofDays(14);

    public OracleProblem {
        pools = List.copyOf(pools);
        Require.atLeast("maxInstances", maxInstances, 1);
        Require.positive("tasks", tasks);
        Require.positive("horizon, seconds", horizon.toMillis() / 1000.0);
    }

    /** The problem of a run before it begins: every instance has its type's mean speed, and all time is charged. */
    public static OracleProblem of(
            Market market, Instant start, Limits limits, double tasks, CostModel costs, JobManagerCost jobManager) {
        return of(market, start, limits, tasks, costs, jobManager, Map.of(), Map.of());
    }

    /**
     * The problem of a run that happened, with all the luck it had: a bound that no controller beats.
     *
     * @param speeds the best speed factor seen in a pool
     * @param free times in a pool that were not charged, as pairs of instants
     */
    public static OracleProblem of(
            Market market,
            Instant start,
            Limits limits,
            double tasks,
            CostModel costs,
            JobManagerCost jobManager,
            Map<CapacityPool, Double> speeds,
            Map<CapacityPool, List<Instant[]>> free) {
        List<Pool> pools = new ArrayList<>();
        market.pools().forEach((pool, what) -> {
            Double rate = market.tasksPerSecond().get(pool.instanceType());
            if (rate != null && limits.allows(pool)) {
                double fast = rate * speeds.getOrDefault(pool, 1.0);
                double extras = costs.extrasUsdPerHour() + fast * 3600 * costs.usdPerTaskIn(pool.availabilityZone());
                pools.add(new Pool(
                        fast,
                        limits.poolCap(),
                        unpaid(what.usdPerHour(), free.getOrDefault(pool, List.of())),
                        extras,
                        what.capacity()));
            }
        });
        return new OracleProblem(start, pools, limits.maxInstances(), tasks, jobManager, HORIZON);
    }

    /** The price with some times at 0. */
    private static StepFunction unpaid(StepFunction price, List<Instant[]> free) {
        StepFunction result = price;
        for (Instant[] time : free) {
            TreeMap<Instant, Double> steps = new TreeMap<>();
            StepFunction before = result;
            for (int i = 0; i < before.size(); i++) {
                steps.put(before.instant(i), before.value(i));
            }
            steps.subMap(time[0], time[1]).clear();
            steps.put(time[0], 0.0);
            before.at(time[1]).ifPresent(usd -> steps.put(time[1], usd));
            result = StepFunction.of(steps);
        }
        return result;
    }

    /**
     * One pool.
     *
     * @param tasksPerSecond rate of one instance
     * @param maxInstances the most instances of the run
     * @param usdPerHour price over time; where there is none the pool cannot be used
     * @param extraUsdPerHour paid beside the price, USD per instance-hour
     * @param capacity instances available over time
     */
    public record Pool(
            double tasksPerSecond,
            int maxInstances,
            StepFunction usdPerHour,
            double extraUsdPerHour,
            StepFunction capacity) {
        public Pool {
            Require.nonNegative("tasksPerSecond", tasksPerSecond);
            Require.atLeast("maxInstances", maxInstances, 0);
            Require.nonNegative("extraUsdPerHour", extraUsdPerHour);
        }
    }
}
