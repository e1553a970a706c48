package io.cloudpits.core.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the best fleet for a goal. Start-up makes effective rates depend on how long the run still takes, and that
 * depends on the fleet: the search alternates between the two until the fleet stands, and values every fleet exactly.
 */
final class FleetSearch {
    private static final int ROUNDS = 6;

    private final Situation situation;
    private final HorizonProblem problem;
    private final Goal goal;

    FleetSearch(Situation situation, HorizonProblem problem, Goal goal) {
        this.situation = situation;
        this.problem = problem;
        this.goal = goal;
    }

    /**
     * The best fleet that meets the goal.
     *
     * @param keepAll whether every worker must stay
     * @param launches whether new instances may be launched
     * @param confidence {@code z} of the lower confidence bound; below 0 the goal may be missed by the tail's risk alone
     */
    Optional<FleetOption> best(boolean keepAll, boolean launches, double confidence) {
        double horizon = goal.firstHorizon();
        double tail = 0;
        FleetOption best = null;
        int[] last = null;
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Fleet> fleet = goal.solve(
                    problem.over(horizon, tail, keepAll, launches, Math.max(0, confidence)), problem.tasks(horizon));
            if (fleet.isEmpty()) {
                if (last == null) {
                    return Optional.empty();
                }
                horizon *= 1.5;
                continue;
            }
            int[] counts = problem.withoutPointlessSwaps(fleet.get().counts());
            FleetOption option = FleetOption.of(situation, counts);
            if (goal.isMetBy(option, confidence) && (best == null || goal.score(option) < goal.score(best))) {
                best = option;
            }
            if (Arrays.equals(counts, last) || !Double.isFinite(option.seconds())) {
                break;
            }
            last = counts;
            horizon = option.seconds();
            tail = option.tailSeconds();
        }
        return Optional.ofNullable(best);
    }
}
