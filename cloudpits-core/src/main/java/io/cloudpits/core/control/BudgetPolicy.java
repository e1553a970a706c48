package io.cloudpits.core.control;

import io.cloudpits.api.Require;

/** What happens when the job no longer fits its budget. */
public sealed interface BudgetPolicy {
    /** The budget to go on with when the present one does not suffice; the same one to leave it. */
    double next(double budgetUsd);

    /** The default: the budget stands, and the run ends when it is spent. */
    static BudgetPolicy hardCap() {
        return new HardCap();
    }

    /** The budget is raised by a share, again and again, but never above a ceiling. */
    static BudgetPolicy raise(double share, double ceilingUsd) {
        return new Raise(share, ceilingUsd);
    }

    /** The budget stands. */
    record HardCap() implements BudgetPolicy {
        @Override
        public double next(double budgetUsd) {
            return budgetUsd;
        }
    }

    /**
     * The budget grows by steps up to a ceiling, which is a hard cap in its turn.
     *
     * @param share what each step adds, as a share of the present budget; the seed's is 0.1; above 0
     * @param ceilingUsd the most it may become, USD
     */
    record Raise(double share, double ceilingUsd) implements BudgetPolicy {
        public Raise {
            Require.positive("share", share);
            Require.positive("ceilingUsd", ceilingUsd);
        }

        @Override
        public double next(double budgetUsd) {
            return Math.max(budgetUsd, Math.min(ceilingUsd, budgetUsd * (1 + share)));
        }
    }
}
