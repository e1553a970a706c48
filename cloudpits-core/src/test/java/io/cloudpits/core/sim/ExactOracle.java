package io.cloudpits.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** The linear program of DESIGN.md as it is written there, one variable per pool and slot, given to another solver. */
final class ExactOracle {
    private final OracleProblem problem;
    private final double startup;

    /** The program in which every instance loses {@code startup} seconds. */
    ExactOracle(OracleProblem problem, double startup) {
        this.problem = problem;
        this.startup = startup;
    }

    /** {@code O1(T)}, infinite where the work cannot be done. */
    double workersUsd(double seconds) {
        double work = problem.tasks() - problem.jobManager().tasksPerSecond() * seconds;
        if (work <= 0) {
            return 0;
        }
        if (seconds <= startup) {
            return Double.POSITIVE_INFINITY;
        }
        double kept = 1 - startup / seconds;
        var model = new ExpressionsBasedModel();
        Expression done = model.newExpression("work").lower(1);
        List<Double> cuts = cuts(seconds);
        for (int s = 0; s + 1 < cuts.size(); s++) {
            double length = cuts.get(s + 1) - cuts.get(s);
            Expression nodes = model.newExpression("nodes " + s).upper(problem.maxInstances());
            double middle = cuts.get(s) + length / 2;
            for (OracleProblem.Pool pool : problem.pools()) {
                var at = problem.start().plusNanos((long) (middle * 1e9));
                var price = pool.usdPerHour().at(at);
                double held =
                        Math.min(pool.maxInstances(), pool.capacity().at(at).orElse(0));
                if (price.isPresent() && held > 0) {
                    double usd = (price.getAsDouble() + pool.extraUsdPerHour()) * length / 3600;
                    Variable x = model.newVariable(s + " " + model.countVariables())
                            .lower(0)
                            .upper(held)
                            .weight(usd);
                    done.set(x, pool.tasksPerSecond() * kept * length / work);
                    nodes.set(x, 1);
                }
            }
        }
        if (model.countVariables() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        Optimisation.Result result = model.minimise();
        return result.getState().isFeasible() ? result.getValue() : Double.POSITIVE_INFINITY;
    }

    private List<Double> cuts(double seconds) {
        TreeSet<Double> cuts = new TreeSet<>(List.of(0.0, seconds));
        for (OracleProblem.Pool pool : problem.pools()) {
            for (StepFunction f : List.of(pool.usdPerHour(), pool.capacity())) {
                for (int i = 0; i < f.size(); i++) {
                    double at = (f.instant(i).getEpochSecond() - problem.start().getEpochSecond());
                    if (at > 0 && at < seconds) {
                        cuts.add(at);
                    }
                }
            }
        }
        return new ArrayList<>(cuts);
    }

    /** {@code O1(T) + pJ T}. */
    double totalUsd(double seconds) {
        return workersUsd(seconds) + jobManagerUsd(seconds);
    }

    private double jobManagerUsd(double seconds) {
        return problem.jobManager().usdPerHour() * seconds / 3600;
    }

    /**
     * Proves that at no moment from {@code from} to {@code to} the total is at most {@code usd}. {@code O1} never grows, so
     * {@code O1(b) + pJ a} is a floor over {@code [a, b]}; where that is not enough both halves are looked at.
     */
    boolean neverWithin(double usd, double from, double to) {
        double workers = workersUsd(to);
        if (workers + jobManagerUsd(from) > usd) {
            return true;
        }
        if (workers + jobManagerUsd(to) <= usd || to - from < 1e-6) {
            return false;
        }
        double middle = (from + to) / 2;
        return neverWithin(usd, from, middle) && neverWithin(usd, middle, to);
    }
}
