package io.cloudpits.core.plan;

import io.cloudpits.api.Objective;
import java.time.Duration;
import java.util.Optional;

/** What an objective asks of a fleet in a situation. */
sealed interface Goal {
    /** How near to the optimum the fleet of a tick must be, as a share: far below what measurements can tell. */
    double GAP = 2e-4;

    /** One per cent more money must bring so many per cent more speed: nobody wants to pay half as much again for nothing. */
    double THRIFT = 0.02;

    /** The best fleet of a program for so many tasks, if any meets the objective. */
    Optional<Fleet> solve(FleetProblem problem, double tasks);

    /** The fleet of a program that does so many tasks within the program's horizon for the least money. */
    static Optional<Fleet> solveWithin(FleetProblem problem, double tasks, double seconds) {
        return FleetSolver.within(GAP, problem).leastUsdPerHour(tasks / seconds);
    }

    /** Whether the goal is the least money, for which the length of the run is free. */
    default boolean isLeastMoney() {
        return false;
    }

    /** Whether a fleet, valued exactly, meets the objective with the risk of the tail at {@code z} standard deviations. */
    boolean isMetBy(FleetOption option, double z);

    /** What the goal makes small: seconds or dollars. */
    double score(FleetOption option);

    /** The horizon to begin the search with, seconds. */
    default double firstHorizon() {
        return Double.POSITIVE_INFINITY;
    }

    /** The goal of a situation's objective. */
    static Goal of(Situation s) {
        Objective objective = s.objective();
        double left = s.leftUsd();
        if (objective.deadline().isPresent()) {
            Duration time = Duration.between(s.now(), objective.deadline().get());
            return new Deadline(left, Math.max(0, time.toMillis() / 1000.0));
        }
        return objective.hasBudget() ? new Fastest(left) : new Cheapest();
    }

    /** The least time within the money left. */
    record Fastest(double leftUsd) implements Goal {
        @Override
        public Optional<Fleet> solve(FleetProblem problem, double tasks) {
            return leftUsd > 0
                    ? FleetSolver.within(GAP, problem).fastest(leftUsd / tasks, 0, THRIFT)
                    : Optional.empty();
        }

        @Override
        public boolean isMetBy(FleetOption option, double z) {
            return option.neededUsd(z) <= leftUsd;
        }

        @Override
        public double score(FleetOption option) {
            return option.seconds();
        }
    }

    /** The least money, however long it takes. */
    record Cheapest() implements Goal {
        @Override
        public Optional<Fleet> solve(FleetProblem problem, double tasks) {
            return FleetSolver.within(GAP, problem).cheapest(0, Double.POSITIVE_INFINITY);
        }

        @Override
        public boolean isLeastMoney() {
            return true;
        }

        @Override
        public boolean isMetBy(FleetOption option, double z) {
            return Double.isFinite(option.seconds());
        }

        @Override
        public double score(FleetOption option) {
            return option.usd();
        }
    }

    /** The least money within the time left, and within the money left where there is a budget. */
    record Deadline(double leftUsd, double seconds) implements Goal {
        @Override
        public Optional<Fleet> solve(FleetProblem problem, double tasks) {
            return seconds > 0 && leftUsd > 0
                    ? FleetSolver.within(GAP, problem).cheapest(tasks / seconds, leftUsd / tasks)
                    : Optional.empty();
        }

        @Override
        public boolean isLeastMoney() {
            return true;
        }

        @Override
        public boolean isMetBy(FleetOption option, double z) {
            return option.seconds() + z * option.tailRiskSeconds() <= seconds && option.neededUsd(z) <= leftUsd;
        }

        @Override
        public double score(FleetOption option) {
            return option.usd();
        }

        @Override
        public double firstHorizon() {
            return seconds;
        }
    }
}
