package io.cloudpits.api;

import java.time.Instant;
import java.util.Optional;

/** What the run is to achieve. */
public sealed interface Objective {
    /** The most money that may be spent, USD; {@link Double#POSITIVE_INFINITY} where there is no budget. */
    default double budgetUsd() {
        return Double.POSITIVE_INFINITY;
    }

    /** When the job must be finished, if there is a deadline. */
    default Optional<Instant> deadline() {
        return Optional.empty();
    }

    /** Whether there is a budget. */
    default boolean hasBudget() {
        return Double.isFinite(budgetUsd());
    }

    /** The same objective with another budget; a goal without one gains it. */
    Objective withBudgetUsd(double usd);

    /** The same objective with another deadline; a goal without one gains it. */
    Objective withDeadline(Instant at);

    /**
     * Finish as early as the budget allows.
     *
     * @param budgetUsd USD; above 0
     */
    record FastestWithinBudget(double budgetUsd) implements Objective {
        public FastestWithinBudget {
            Require.positive("budgetUsd", budgetUsd);
        }

        @Override
        public Objective withBudgetUsd(double usd) {
            return new FastestWithinBudget(usd);
        }

        @Override
        public Objective withDeadline(Instant at) {
            return new BudgetAndDeadline(budgetUsd, at);
        }
    }

    /**
     * Finish by the deadline for as little money as possible.
     *
     * @param at the deadline
     */
    record CheapestByDeadline(Instant at) implements Objective {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(at);
        }

        @Override
        public Objective withBudgetUsd(double usd) {
            return new BudgetAndDeadline(usd, at);
        }

        @Override
        public Objective withDeadline(Instant other) {
            return new CheapestByDeadline(other);
        }
    }

    /**
     * Finish by the deadline and within the budget, for as little money as possible; where both cannot hold, the run
     * says so with the smallest budget and the earliest finish that can.
     *
     * @param budgetUsd USD; above 0
     * @param at the deadline
     */
    record BudgetAndDeadline(double budgetUsd, Instant at) implements Objective {
        public BudgetAndDeadline {
            Require.positive("budgetUsd", budgetUsd);
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(at);
        }

        @Override
        public Objective withBudgetUsd(double usd) {
            return new BudgetAndDeadline(usd, at);
        }

        @Override
        public Objective withDeadline(Instant other) {
            return new BudgetAndDeadline(budgetUsd, other);
        }
    }

    /** Finish for as little money as possible, however long it takes. */
    record Cheapest() implements Objective {
        @Override
        public Objective withBudgetUsd(double usd) {
            return new FastestWithinBudget(usd);
        }

        @Override
        public Objective withDeadline(Instant at) {
            return new CheapestByDeadline(at);
        }
    }
}
