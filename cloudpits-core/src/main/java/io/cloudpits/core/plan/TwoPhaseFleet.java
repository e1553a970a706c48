package io.cloudpits.core.plan;

import io.cloudpits.api.Require;
import java.util.Optional;

/**
 * Two whole fleets, one after the other, which together spend the budget better than any single one: first the faster,
 * which is over the budget, then the slower, which is within it (DESIGN.md, "Two phases").
 *
 * @param first the fleet to begin with
 * @param second the fleet to end with; the same where one fleet is enough
 * @param firstSeconds when to change, seconds from the start
 * @param seconds when the job is done
 * @param usd what it costs
 */
public record TwoPhaseFleet(Fleet first, Fleet second, double firstSeconds, double seconds, double usd) {
    private static final double HOUR = 3600;
    private static final int STEPS = 60;

    /**
     * The fastest pair for a job within a budget, uncertainty disregarded; empty where no fleet finishes within it.
     *
     * <p>Time shared between whole fleets reaches their convex hull, so the best pair are the two neighbours at the
     * multiplier {@code mu} for which {@code max over fleets of R + mu (R - rho C)} turns from a fleet over the budget to
     * one within it: found by following the supporting line through the two last fleets.
     *
     * @param tasks tasks left; above 0
     * @param budgetUsd money left; above 0
     */
    public static Optional<TwoPhaseFleet> of(FleetProblem problem, double tasks, double budgetUsd) {
        Require.positive("tasks", tasks);
        Require.positive("budgetUsd", budgetUsd);
        double usdPerTask = budgetUsd / tasks;
        var solver = FleetSolver.exact(problem);
        Optional<Fleet> fast = solver.fastest(Double.POSITIVE_INFINITY, 0);
        Optional<Fleet> safe = cheapest(solver, usdPerTask);
        if (fast.isEmpty() || safe.isEmpty()) {
            return Optional.empty();
        }
        Fleet over = fast.get();
        Fleet within = safe.get();
        if (surplus(over, usdPerTask) >= 0) {
            return Optional.of(share(over, over, tasks, usdPerTask));
        }
        for (int step = 0; step < STEPS; step++) {
            double steepness = (over.tasksPerSecond() - within.tasksPerSecond())
                    / (surplus(within, usdPerTask) - surplus(over, usdPerTask));
            Optional<Fleet> next = solver.maximise(weights(problem, steepness, usdPerTask), java.util.List.of())
                    .map(problem::fleet);
            double line = value(over, steepness, usdPerTask);
            if (next.isEmpty() || value(next.get(), steepness, usdPerTask) <= line + 1e-12 * Math.abs(line)) {
                break;
            }
            if (surplus(next.get(), usdPerTask) >= 0) {
                within = next.get();
            } else {
                over = next.get();
            }
        }
        return Optional.of(share(over, within, tasks, usdPerTask));
    }

    /** The fleet with the least cost per task, if that is within the budget. */
    private static Optional<Fleet> cheapest(FleetSolver solver, double usdPerTask) {
        return solver.cheapest(0, Double.POSITIVE_INFINITY).filter(f -> surplus(f, usdPerTask) >= 0);
    }

    /** Tasks per second by which a fleet does more than its price asks for: {@code R - rho C}. */
    private static double surplus(Fleet fleet, double usdPerTask) {
        return fleet.tasksPerSecond() - fleet.usdPerHour() / HOUR / usdPerTask;
    }

    private static double value(Fleet fleet, double steepness, double usdPerTask) {
        return fleet.tasksPerSecond() + steepness * surplus(fleet, usdPerTask);
    }

    private static double[] weights(FleetProblem problem, double steepness, double usdPerTask) {
        return problem.items().stream()
                .mapToDouble(
                        i -> i.tasksPerSecond() + steepness * (i.tasksPerSecond() - i.usdPerHour() / HOUR / usdPerTask))
                .toArray();
    }

    /** Shares the time so that the surplus of the second fleet pays for the first. */
    private static TwoPhaseFleet share(Fleet over, Fleet within, double tasks, double usdPerTask) {
        double lack = -surplus(over, usdPerTask);
        double theta = lack <= 0 ? 1 : surplus(within, usdPerTask) / (surplus(within, usdPerTask) + lack);
        double rate = theta * over.tasksPerSecond() + (1 - theta) * within.tasksPerSecond();
        double price = theta * over.usdPerHour() + (1 - theta) * within.usdPerHour();
        double seconds = tasks / rate;
        return new TwoPhaseFleet(over, within, theta * seconds, seconds, seconds * price / HOUR);
    }
}
