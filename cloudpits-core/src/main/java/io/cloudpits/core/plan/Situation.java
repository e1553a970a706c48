package io.cloudpits.core.plan;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Require;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a strategy may look at. The same situation always gives the same plan.
 *
 * @param now the instant of the tick
 * @param objective what the run is to achieve
 * @param spentUsd what the run has cost so far, USD
 * @param tasksLeft tasks still to be committed
 * @param jobManagerUsdPerHour what the Job Manager costs, all in
 * @param jobManagerTasksPerSecond what the Job Manager and the user's own machines compute themselves
 * @param limits what the fleet may be
 * @param leavingInstances draining or ending instances, which still count against {@code limits.maxInstances()}
 * @param leavingUsd what draining and ending instances will still cost at most, USD
 * @param pools where instances can be launched, in the order of their pools
 * @param workers the instances that start or work, in the order of their ids
 * @param taskShape how large tasks are
 * @param settings how careful to be
 * @param counters what the strategy carried over from its last plan, by any key; empty at first
 */
public record Situation(
        Instant now,
        Objective objective,
        double spentUsd,
        double tasksLeft,
        double jobManagerUsdPerHour,
        double jobManagerTasksPerSecond,
        Limits limits,
        int leavingInstances,
        double leavingUsd,
        List<PoolOutlook> pools,
        List<Worker> workers,
        TaskShape taskShape,
        PlanSettings settings,
        Map<String, Integer> counters) {
    public Situation {
        Require.nonNegative("spentUsd", spentUsd);
        Require.nonNegative("tasksLeft", tasksLeft);
        Require.nonNegative("jobManagerUsdPerHour", jobManagerUsdPerHour);
        Require.nonNegative("jobManagerTasksPerSecond", jobManagerTasksPerSecond);
        Require.atLeast("leavingInstances", leavingInstances, 0);
        Require.nonNegative("leavingUsd", leavingUsd);
        pools = List.copyOf(pools);
        workers = List.copyOf(workers);
        counters = Map.copyOf(new TreeMap<>(counters));
    }

    /** Money left, USD: budget less what was spent and what leaving instances will cost; infinite without a budget. */
    public double leftUsd() {
        return objective.budgetUsd() - spentUsd - leavingUsd;
    }

    /**
     * How long launches must wait, seconds: where more are wanted than there is room for, others must finish their tasks
     * and go first.
     */
    double launchDelaySeconds(int launches) {
        boolean crowded = launches > limits.maxInstances() - leavingInstances - workers.size();
        return crowded ? taskShape.meanSeconds() : 0;
    }

    /** The same with another budget, USD. */
    public Situation withBudgetUsd(double usd) {
        return with(objective.withBudgetUsd(usd), pools);
    }

    /** The same with other pools. */
    public Situation withPools(List<PoolOutlook> others) {
        return with(objective, others);
    }

    private Situation with(Objective goal, List<PoolOutlook> outlooks) {
        return new Situation(
                now,
                goal,
                spentUsd,
                tasksLeft,
                jobManagerUsdPerHour,
                jobManagerTasksPerSecond,
                limits,
                leavingInstances,
                leavingUsd,
                outlooks,
                workers,
                taskShape,
                settings,
                counters);
    }
}
