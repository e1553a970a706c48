package io.cloudpits.core.control;

import io.cloudpits.api.Objective;

/** The present budget: the objective's, which the caller may change and the run's policy may raise. */
final class Purse {
    private final BudgetPolicy policy;
    private double asked;
    private double usd;

    Purse(BudgetPolicy policy, Objective objective) {
        this.policy = policy;
        this.asked = objective.budgetUsd();
        this.usd = asked;
    }

    /** Takes over the caller's budget where it was changed. */
    void follow(Objective objective) {
        if (objective.budgetUsd() != asked) {
            asked = objective.budgetUsd();
            usd = asked;
        }
    }

    /** USD; infinite for none. */
    double usd() {
        return usd;
    }

    /** Raises the budget if the policy allows it. */
    boolean raise() {
        double next = Double.isInfinite(usd) ? usd : policy.next(usd);
        boolean more = next > usd;
        usd = next;
        return more;
    }
}
