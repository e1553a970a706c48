package io.cloudpits.core.plan;

import io.cloudpits.api.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Exact optimisation of a whole fleet, in whole instances. An empty answer means that no fleet holds all limits. With
 * {@code z > 0} (the problem's confidence) budget and deadline hold for the summed rate less {@code z} standard
 * deviations. Pure functions, safe for use by several threads; equal problems give equal fleets.
 */
public final class FleetSolver {
    private static final double HOUR = 3600;
    private static final int DINKELBACH_STEPS = 60;
    private static final int LINEARISATIONS = 6;

    private final FleetProblem problem;
    private final List<Integer> live;
    private final double most;
    private final double gap;
    private final int nodeLimit;

    private FleetSolver(FleetProblem problem, double gap, int nodeLimit) {
        this.problem = problem;
        this.gap = gap;
        this.nodeLimit = nodeLimit;
        this.most = mostInstances(problem);
        this.live = new Dominance(problem, gap > 0 ? 0 : problem.confidence(), most).survivors();
    }

    /** Solves to the exact optimum. */
    static FleetSolver exact(FleetProblem problem) {
        return new FleetSolver(problem, 0, 200_000);
    }

    /** Solves to within a relative gap, for use in every tick. */
    static FleetSolver within(double gap, FleetProblem problem) {
        return new FleetSolver(problem, gap, 400);
    }

    /** {@link #fastest(double, double)} to the exact optimum. */
    public static Optional<Fleet> fastest(FleetProblem problem, double usdPerTaskCap, double minTasksPerSecond) {
        return exact(problem).fastest(usdPerTaskCap, minTasksPerSecond);
    }

    /** {@link #cheapest(double, double)} to the exact optimum. */
    public static Optional<Fleet> cheapest(FleetProblem problem, double minTasksPerSecond, double usdPerTaskCap) {
        return exact(problem).cheapest(minTasksPerSecond, usdPerTaskCap);
    }

    /**
     * The fleet with the largest expected rate.
     *
     * <p>Within budget is one linear inequality for the fleet as a whole, with {@code rho = 1 / usdPerTaskCap} in tasks per
     * USD: {@code sum n_i (r_i - rho p_i) + (rJ - rho pJ) - z deviation >= 0} (DESIGN.md, "The planner").
     *
     * @param usdPerTaskCap money left / tasks left; infinite for no budget
     * @param minTasksPerSecond tasks left / time left; 0 for no deadline
     */
    Optional<Fleet> fastest(double usdPerTaskCap, double minTasksPerSecond) {
        return fastest(usdPerTaskCap, minTasksPerSecond, 0);
    }

    /**
     * The same, but not at any price.
     *
     * @param thrift {@code e}: each instance counts as {@code r - e p max(r / p)}, so that one per cent more money must bring
     *     at least about {@code e} per cent more speed; 0 for speed alone
     */
    Optional<Fleet> fastest(double usdPerTaskCap, double minTasksPerSecond, double thrift) {
        List<Need> needs = needs(usdPerTaskCap, minTasksPerSecond);
        double[] gain = new double[problem.items().size()];
        double best = 0;
        for (FleetItem item : problem.items()) {
            best = item.usdPerHour() > 0 && item.max() > 0
                    ? Math.max(best, item.tasksPerSecond() / item.usdPerHour())
                    : best;
        }
        for (int i = 0; i < gain.length; i++) {
            FleetItem item = problem.items().get(i);
            gain[i] = item.tasksPerSecond() - thrift * best * item.usdPerHour();
        }
        return maximise(gain, needs).map(problem::fleet).filter(f -> f.tasksPerSecond() > 0);
    }

    /**
     * The fleet with the least expected cost per task, {@code (pJ + sum n_i p_i) / (rJ + sum n_i r_i)}, by Dinkelbach's
     * method ("On nonlinear fractional programming", 1967) over the integer program.
     *
     * @param minTasksPerSecond tasks left / time left; 0 for no deadline
     * @param usdPerTaskCap money left / tasks left; infinite for no budget
     */
    Optional<Fleet> cheapest(double minTasksPerSecond, double usdPerTaskCap) {
        List<Need> needs = needs(usdPerTaskCap, minTasksPerSecond);
        Optional<Fleet> best = fastest(usdPerTaskCap, minTasksPerSecond);
        for (int step = 0; best.isPresent() && step < DINKELBACH_STEPS; step++) {
            double usdPerTask = best.get().usdPerTask();
            Optional<Fleet> next = maximise(saving(usdPerTask), needs)
                    .map(problem::fleet)
                    .filter(f -> f.tasksPerSecond() > 0 && f.usdPerTask() < usdPerTask * (1 - 1e-13));
            if (next.isEmpty()) {
                return best;
            }
            best = next;
        }
        return best;
    }

    /** The gains of the linearised ratio, scaled to tasks per second. */
    private double[] saving(double usdPerTask) {
        double[] gain = new double[problem.items().size()];
        for (int i = 0; i < gain.length; i++) {
            FleetItem item = problem.items().get(i);
            gain[i] =
                    usdPerTask > 0 ? item.tasksPerSecond() - item.usdPerHour() / HOUR / usdPerTask : -item.usdPerHour();
        }
        return gain;
    }

    /**
     * The fleet with the least price that is fast enough, {@code min sum n_i p_i} subject to {@code rJ + sum n_i r_i - z
     * deviation >= minTasksPerSecond}.
     */
    public static Optional<Fleet> leastUsdPerHour(FleetProblem problem, double minTasksPerSecond) {
        return exact(problem).leastUsdPerHour(minTasksPerSecond);
    }

    Optional<Fleet> leastUsdPerHour(double minTasksPerSecond) {
        double[] gain = new double[problem.items().size()];
        for (int i = 0; i < gain.length; i++) {
            gain[i] = -problem.items().get(i).usdPerHour();
        }
        return maximise(gain, needs(Double.POSITIVE_INFINITY, minTasksPerSecond))
                .map(problem::fleet);
    }

    /**
     * The largest rate of any steady fleet within budget if instances could be divided: the linear program's optimum with
     * {@code z = 0}, an upper bound for whole fleets. Empty where even that has no solution.
     */
    public static OptionalDouble bound(FleetProblem problem, double usdPerTaskCap) {
        var solver = exact(problem);
        int n = problem.items().size();
        List<Need> needs = solver.needs(usdPerTaskCap, 0);
        double[][] rows = new double[problem.rows().size() + needs.size()][];
        double[] caps = new double[rows.length];
        double[] low = new double[n];
        double[] range = new double[n];
        double[] gain = new double[n];
        for (int i = 0; i < n; i++) {
            FleetItem item = problem.items().get(i);
            low[i] = item.min();
            range[i] = item.max() - item.min();
            gain[i] = item.tasksPerSecond();
        }
        for (int k = 0; k < rows.length; k++) {
            boolean limit = k < problem.rows().size();
            rows[k] = limit
                    ? problem.rows().get(k).weights()
                    : needs.get(k - problem.rows().size()).row();
            caps[k] = limit
                    ? problem.rows().get(k).cap()
                    : needs.get(k - problem.rows().size()).cap();
            for (int i = 0; i < n; i++) {
                caps[k] -= rows[k][i] * low[i];
            }
        }
        var solution = LinearProgram.maximise(gain, rows, caps, range);
        if (solution.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] x = solution.get().x();
        double rate = problem.jobManagerTasksPerSecond();
        for (int i = 0; i < n; i++) {
            rate += gain[i] * (low[i] + x[i]);
        }
        return OptionalDouble.of(rate);
    }

    /** Budget and deadline as rows {@code row n + z deviation <= cap}, in tasks per second. */
    private List<Need> needs(double usdPerTaskCap, double minTasksPerSecond) {
        if (Double.isNaN(usdPerTaskCap) || usdPerTaskCap <= 0) {
            throw Require.bad("usdPerTaskCap", usdPerTaskCap, "a number > 0");
        }
        Require.nonNegative("minTasksPerSecond", minTasksPerSecond);
        List<Need> needs = new ArrayList<>();
        int n = problem.items().size();
        if (Double.isFinite(usdPerTaskCap) && usdPerTaskCap < 1e300) {
            double[] row = new double[n];
            for (int i = 0; i < n; i++) {
                FleetItem item = problem.items().get(i);
                row[i] = item.usdPerHour() / HOUR / usdPerTaskCap - item.tasksPerSecond();
            }
            double cap = problem.jobManagerTasksPerSecond() - problem.jobManagerUsdPerHour() / HOUR / usdPerTaskCap;
            needs.add(new Need(row, cap));
        }
        if (minTasksPerSecond > 0) {
            double[] row = new double[n];
            for (int i = 0; i < n; i++) {
                row[i] = -problem.items().get(i).tasksPerSecond();
            }
            needs.add(new Need(row, problem.jobManagerTasksPerSecond() - minTasksPerSecond));
        }
        return needs;
    }

    /** The counts with the largest gain, over the items that matter. */
    Optional<int[]> maximise(double[] gain, List<Need> needs) {
        if (gap == 0 || problem.confidence() == 0 || needs.isEmpty()) {
            return maximise(gain, needs, problem.confidence(), 0);
        }
        return linearised(gain, needs);
    }

    /**
     * With a deviation that is taken from the last fleet and held fixed, until a fleet meets the true one (DESIGN.md: linearise
     * about the last fleet, iterate, check the true inequality). Near enough for a tick, and quick.
     */
    private Optional<int[]> linearised(double[] gain, List<Need> needs) {
        var deviation = new Deviation(problem.items());
        Optional<int[]> best = Optional.empty();
        double spare = 0;
        for (int step = 0; step < LINEARISATIONS; step++) {
            Optional<int[]> next = maximise(gain, needs, 0, spare);
            if (next.isEmpty()) {
                return best;
            }
            double needed = problem.confidence() * deviation.of(toDoubles(next.get()));
            boolean met = needed <= spare * (1 + 1e-9) || meets(needs, next.get(), needed);
            if (met && (best.isEmpty() || dot(gain, next.get()) > dot(gain, best.get()))) {
                best = next;
            }
            if (met && (step == 0 || Math.abs(needed - spare) <= 0.02 * spare)) {
                return best;
            }
            spare = met ? (needed + spare) / 2 : Math.max(needed, spare * 1.02);
        }
        return best;
    }

    private static boolean meets(List<Need> needs, int[] counts, double spare) {
        return needs.stream().allMatch(need -> dot(need.row(), counts) + spare <= need.cap() + 1e-9);
    }

    private static double dot(double[] a, int[] counts) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] == 0 ? 0 : a[i] * counts[i];
        }
        return sum;
    }

    private static double[] toDoubles(int[] counts) {
        return Arrays.stream(counts).asDoubleStream().toArray();
    }

    private Optional<int[]> maximise(double[] gain, List<Need> needs, double confidence, double spare) {
        int limits = problem.rows().size();
        double[][] rows = new double[limits + needs.size()][];
        double[] caps = new double[rows.length];
        boolean[] confident = new boolean[rows.length];
        for (int k = 0; k < rows.length; k++) {
            confident[k] = k >= limits;
            rows[k] = pick(
                    confident[k]
                            ? needs.get(k - limits).row()
                            : problem.rows().get(k).weights());
            caps[k] = confident[k]
                    ? needs.get(k - limits).cap() - spare
                    : problem.rows().get(k).cap();
        }
        if (live.isEmpty()) {
            boolean enough = Arrays.stream(caps).allMatch(cap -> cap >= 0);
            return enough ? Optional.of(new int[gain.length]) : Optional.empty();
        }
        List<FleetItem> items = live.stream().map(problem.items()::get).toList();
        double[] low = items.stream().mapToDouble(FleetItem::min).toArray();
        double[] high = items.stream()
                .mapToDouble(i -> Math.min(i.max(), Math.max(i.min(), most)))
                .toArray();
        var program = new IntegerProgram(
                pick(gain), rows, caps, confident, confidence, new Deviation(items), most, gap, nodeLimit);
        return program.solve(low, high).map(this::spread);
    }

    private double[] pick(double[] all) {
        return live.stream().mapToDouble(i -> all[i]).toArray();
    }

    private int[] spread(int[] counts) {
        int[] all = new int[problem.items().size()];
        for (int i = 0; i < counts.length; i++) {
            all[live.get(i)] = counts[i];
        }
        return all;
    }

    /** The most instances that the rows allow in all. */
    private static double mostInstances(FleetProblem problem) {
        double most = problem.items().stream().mapToDouble(FleetItem::max).sum();
        for (FleetRow row : problem.rows()) {
            double least = Arrays.stream(row.weights()).min().orElse(0);
            if (least > 0) {
                most = Math.min(most, Math.floor(row.cap() / least + 1e-9));
            }
        }
        return most;
    }

    /**
     * A need of the objective: {@code row n + z deviation <= cap}.
     */
    record Need(double[] row, double cap) {}
}
