package io.cloudpits.core.plan;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best fleet for a goal. Start-up makes effective rates depend on how long the run still takes, and that
 * depends on the fleet: the search alternates between the two until the fleet stands, and values every fleet exactly.
 */
final class FleetSearch {
    private static final int ROUNDS = 6;

    /** How often the wide range of horizons is tried, each time around the best. */
    private static final int FAR = 5;

    /** Horizons to try, as shares of the best fleet's time. */
    private static final double[] NEAR = {0.8, 0.9, 0.95, 0.98, 1.1, 1.25};

    private static final double[] WIDE = {0.4, 0.55, 0.75, 1.3, 1.7, 2.2, 3, 4, 6};

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
        var search = new Search(keepAll, launches, confidence);
        search.alternate();
        return Optional.ofNullable(search.best);
    }

    /** The same with more patience and at expected rates: whether there is any at all, and the least money, must be right. */
    Optional<FleetOption> bestOfAll(boolean keepAll, boolean launches) {
        var search = new Search(keepAll, launches, 0);
        search.alternate();
        search.lookFar();
        search.lookAround();
        return Optional.ofNullable(search.best);
    }

    /** One search: the best fleet so far, and the last one seen. */
    private final class Search {
        private final boolean keepAll;
        private final boolean launches;
        private final double confidence;
        private @Nullable FleetOption best;
        private @Nullable FleetOption last;

        Search(boolean keepAll, boolean launches, double confidence) {
            this.keepAll = keepAll;
            this.launches = launches;
            this.confidence = confidence;
        }

        /** Goes from horizon to fleet and back until the fleet stands. */
        void alternate() {
            double horizon = goal.firstHorizon();
            double tail = 0;
            for (int round = 0; round < ROUNDS; round++) {
                FleetOption before = last;
                Optional<FleetOption> found = value(goal.solve(program(horizon, tail), problem.tasks(horizon)));
                if (found.isEmpty()) {
                    if (before == null) {
                        return;
                    }
                    horizon *= 1.5;
                } else if ((before != null && Arrays.equals(found.get().counts(), before.counts()))
                        || !Double.isFinite(found.get().seconds())) {
                    return;
                } else {
                    horizon = found.get().seconds();
                    tail = found.get().tailSeconds();
                }
            }
        }

        private FleetProblem program(double horizon, double tail) {
            return problem.over(horizon, tail, keepAll, launches, Math.max(0, confidence));
        }

        private Optional<FleetOption> value(Optional<Fleet> fleet) {
            Optional<FleetOption> option =
                    fleet.map(f -> FleetOption.of(situation, problem.withoutPointlessSwaps(f.counts())));
            option.ifPresent(o -> {
                last = o;
                if (goal.isMetBy(o, confidence) && (best == null || goal.score(o) < goal.score(best))) {
                    best = o;
                }
            });
            return option;
        }

        /**
         * Where start-up is a good part of the run the alternation may circle around the best fleet: horizons near it are tried
         * too.
         */
        void lookAround() {
            if (best != null) {
                tryAt(NEAR, best);
            }
        }

        /** Tries a wide range of horizons, and goes on from where it was best. */
        void lookFar() {
            double before = Double.POSITIVE_INFINITY;
            for (int i = 0; i < FAR; i++) {
                FleetOption middle = best != null ? best : last;
                if (middle == null
                        || !Double.isFinite(middle.seconds())
                        || (best != null && goal.score(best) >= before)
                        || (best != null && !goal.isLeastMoney())) {
                    return;
                }
                before = best == null ? Double.POSITIVE_INFINITY : goal.score(best);
                tryAt(WIDE, middle);
            }
        }

        private void tryAt(double[] factors, FleetOption middle) {
            for (double factor : factors) {
                double horizon = factor * middle.seconds();
                value(Goal.solveWithin(program(horizon, middle.tailSeconds()), problem.tasks(horizon), horizon));
            }
        }
    }
}
