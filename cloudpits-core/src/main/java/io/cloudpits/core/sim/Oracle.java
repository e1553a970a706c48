package io.cloudpits.core.sim;

import java.util.OptionalDouble;

/**
 * The bound that no controller beats, because it knows the future and starts instances for free (DESIGN.md, "Simulator and
 * oracle").
 *
 * <p>{@code O1(T)}, the least cost of the work within {@code [0, T]}, is a linear program with one coupling constraint. Its
 * dual {@code max over lambda of lambda W - sum over slots of the best profit at lambda} is concave and equals it; the
 * multiplier is bisected on the sign of its slope, {@code W - work(lambda)}. {@code O1} never grows with {@code T}, so over a
 * slot {@code [a, b]} the total {@code f(T) = O1(T) + pJ T} is at least {@code O1(b) + pJ a}, which skips most slots; within
 * a slot {@code f} is convex. Safe for use by one thread at a time.
 */
public final class Oracle {
    private static final double FIRST_HORIZON = 6 * 3600;
    private static final int BISECTIONS = 80;

    private final OracleProblem problem;
    private final double usdPerSecond;
    private final double computes;
    private final double[] sums = new double[2];
    private OracleSlots slots;
    private double horizon;
    private double dearest;

    /** The oracle of a problem. */
    public Oracle(OracleProblem problem) {
        this.problem = problem;
        this.usdPerSecond = problem.jobManager().usdPerHour() / 3600;
        this.computes = problem.jobManager().tasksPerSecond();
        this.horizon = Math.min(FIRST_HORIZON, longest());
        this.slots = new OracleSlots(problem, horizon);
        this.dearest = slots.dearest();
    }

    private double longest() {
        return problem.horizon().toMillis() / 1000.0;
    }

    private boolean grow() {
        if (horizon >= longest()) {
            return false;
        }
        horizon = Math.min(longest(), 2 * horizon);
        slots = new OracleSlots(problem, horizon);
        dearest = slots.dearest();
        return true;
    }

    /** {@code O1(T)}: the least that instances cost for the job within some seconds, USD; infinite where it cannot be done. */
    public double workersUsd(double seconds) {
        while (seconds > horizon) {
            if (!grow()) {
                throw io.cloudpits.api.Require.bad("seconds", seconds, "at most the horizon of " + longest());
            }
        }
        return workersUsd(seconds, 0);
    }

    private double workersUsd(double seconds, double startup) {
        double work = problem.tasks() - computes * seconds;
        if (work <= 0) {
            return 0;
        }
        if (seconds <= startup) {
            return Double.POSITIVE_INFINITY;
        }
        work /= 1 - startup / seconds;
        slots.best(Double.POSITIVE_INFINITY, seconds, sums);
        if (sums[1] < work * (1 - 1e-12)) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = Math.max(dearest, 1e-12) * 2;
        slots.best(high, seconds, sums);
        while (sums[1] < work * (1 - 1e-12) && high < 1e12) {
            high *= 4; // dear fast pools enter only when a task is worth their extra price
            slots.best(high, seconds, sums);
        }
        double most = 0;
        for (int i = 0; i < BISECTIONS && high - low > 1e-15 * high; i++) {
            double lambda = (low + high) / 2;
            slots.best(lambda, seconds, sums);
            most = Math.max(most, lambda * work - sums[0]);
            if (sums[1] < work) {
                low = lambda;
            } else {
                high = lambda;
            }
        }
        return most;
    }

    private double total(double seconds, double startup) {
        return workersUsd(seconds, startup) + usdPerSecond * seconds;
    }

    /** The least cost of the whole job with the Job Manager's, {@code min over T of O1(T) + pJ T}; infinite if impossible. */
    public Cheapest cheapest() {
        if (usdPerSecond == 0) {
            return new Cheapest(workersUsd(longest()), longest());
        }
        Cheapest best = new Cheapest(Double.POSITIVE_INFINITY, Double.NaN);
        int from = 0;
        while (true) {
            best = cheapest(from, slots.count(), best);
            boolean done = Double.isFinite(best.usd) && floorUsd() + usdPerSecond * horizon >= best.usd * (1 - 1e-12);
            double reached = horizon;
            if (done || !grow()) {
                return best;
            }
            from = slots.after(reached);
        }
    }

    /** The least over some slots, halved until a half cannot beat the best known. */
    private Cheapest cheapest(int from, int to, Cheapest known) {
        if (from >= to
                || workersUsd(slots.end(to - 1), 0) + usdPerSecond * slots.begin(from) >= known.usd * (1 - 1e-12)) {
            return known;
        }
        if (to - from > 1) {
            int middle = (from + to) / 2;
            return cheapest(middle, to, cheapest(from, middle, known));
        }
        double at = lowest(slots.begin(from), slots.end(from), 0);
        double usd = total(at, 0);
        return usd < known.usd ? new Cheapest(usd, at) : known;
    }

    /** What the work costs at the least price of any pool at any time up to the longest horizon. */
    private double floorUsd() {
        double perTask = Double.POSITIVE_INFINITY;
        for (OracleProblem.Pool pool : problem.pools()) {
            StepFunction price = pool.usdPerHour();
            double least = Double.POSITIVE_INFINITY;
            for (int i = Math.max(0, price.indexAt(problem.start())); i < price.size(); i++) {
                if (price.instant(i).isAfter(problem.start().plus(problem.horizon()))) {
                    break;
                }
                least = Math.min(least, price.value(i));
            }
            perTask = Math.min(perTask, (least + pool.extraUsdPerHour()) / 3600 / pool.tasksPerSecond());
        }
        return perTask * Math.max(0, problem.tasks() - computes * longest());
    }

    /**
     * {@code T*_d(B)}: the first moment by which the job can be done within a budget, seconds from the start; with {@code d =
     * 0} it is {@code T*(B)}. Empty where it cannot be done within the horizon.
     *
     * @param startupSeconds {@code d}: what every instance loses once
     */
    public OptionalDouble fastestSeconds(double budgetUsd, double startupSeconds) {
        int from = 0;
        while (true) {
            OptionalDouble found = fastest(from, slots.count(), budgetUsd, startupSeconds);
            double reached = horizon;
            if (found.isPresent() || usdPerSecond * horizon > budgetUsd || !grow()) {
                return found;
            }
            from = slots.after(reached);
        }
    }

    /** The first moment within some slots, halved until a half is out of the question. */
    private OptionalDouble fastest(int from, int to, double budgetUsd, double startup) {
        if (from >= to || workersUsd(slots.end(to - 1), startup) + usdPerSecond * slots.begin(from) > budgetUsd) {
            return OptionalDouble.empty();
        }
        if (to - from > 1) {
            int middle = (from + to) / 2;
            OptionalDouble early = fastest(from, middle, budgetUsd, startup);
            return early.isPresent() ? early : fastest(middle, to, budgetUsd, startup);
        }
        double at = lowest(slots.begin(from), slots.end(from), startup);
        return total(at, startup) <= budgetUsd * (1 + 1e-12)
                ? OptionalDouble.of(crossing(slots.begin(from), at, budgetUsd, startup))
                : OptionalDouble.empty();
    }

    /** Where the convex total is least within a slot: golden section, infinite values counting as too early. */
    private double lowest(double from, double to, double startup) {
        double a = from;
        double b = to;
        for (int i = 0; i < 60 && b - a > 1e-7 * Math.max(1, b); i++) {
            double left = a + 0.381966 * (b - a);
            double right = b - 0.381966 * (b - a);
            double atLeft = total(left, startup);
            double atRight = total(right, startup);
            if (atLeft <= atRight && Double.isFinite(atLeft)) {
                b = right;
            } else {
                a = left;
            }
        }
        double best = to;
        for (double at : new double[] {b, (a + b) / 2}) { // of the two the later is never in the impossible part
            best = total(at, startup) < total(best, startup) ? at : best;
        }
        return best;
    }

    /** The first moment at which the falling part of the total is within the budget. */
    private double crossing(double from, double at, double budgetUsd, double startup) {
        if (total(from, startup) <= budgetUsd) {
            return from;
        }
        double low = from;
        double high = at;
        for (int i = 0; i < 60 && high - low > 1e-9 * Math.max(1, high); i++) {
            double middle = (low + high) / 2;
            if (total(middle, startup) <= budgetUsd) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * The least cost of a job.
     *
     * @param usd USD, the Job Manager's included; infinite where the job cannot be done
     * @param seconds when it would be done
     */
    public record Cheapest(double usd, double seconds) {}
}
