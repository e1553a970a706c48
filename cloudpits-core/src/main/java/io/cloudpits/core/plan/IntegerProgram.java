package io.cloudpits.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Maximises {@code c n} over whole {@code n} with {@code low <= n <= high} and {@code A n <= b}, where some rows must hold
 * with {@code z} standard deviations of the fleet's rate to spare: best-first branch and bound over {@link LinearProgram}
 * (Land and Doig 1960). The deviation enters the bound by a linear function that is nowhere above it, so the bound is
 * valid, and every candidate is checked against the true deviation.
 */
final class IntegerProgram {
    private static final double WHOLE = 1e-6;
    private static final double SLACK = 1e-9;
    private static final int CUTS = 3;
    private static final int POLISHED = 20;

    private final double[] gain;
    private final double[][] rows;
    private final double[] caps;
    private final boolean[] confident;
    private final double confidence;
    private final Deviation deviation;
    private final double most;
    private final double gap;
    private final int nodeLimit;

    private double bestGain = Double.NEGATIVE_INFINITY;
    private int[] best = new int[0];
    private int nodes;

    /**
     * The program; row {@code i} is {@code rows[i] n <= caps[i]}, with {@code z} deviations to spare where {@code
     * confident[i]}.
     *
     * @param most the most instances that any row allows in all
     * @param gap the relative gap at which the search may stop; 0 for the exact optimum
     */
    IntegerProgram(
            double[] gain,
            double[][] rows,
            double[] caps,
            boolean[] confident,
            double confidence,
            Deviation deviation,
            double most,
            double gap,
            int nodeLimit) {
        this.gain = gain;
        this.rows = rows;
        this.caps = caps;
        this.confident = confident;
        this.confidence = confidence;
        this.deviation = deviation;
        this.most = most;
        this.gap = gap;
        this.nodeLimit = nodeLimit;
    }

    /** The optimum between the bounds, if any fleet holds all rows. */
    Optional<int[]> solve(double[] low, double[] high) {
        var open = new PriorityQueue<Node>(
                Comparator.comparingDouble((Node n) -> -n.bound).thenComparingInt(n -> n.number));
        relaxed(low, high).ifPresent(open::add);
        while (!open.isEmpty() && nodes < nodeLimit) {
            Optional<Node> node = Optional.of(open.poll());
            if (isBeaten(node.get().bound)) {
                break;
            }
            // plunge: following the better child finds good fleets early, and good fleets cut the rest
            while (node.isPresent() && nodes < nodeLimit) {
                node = branch(open, node.get());
            }
        }
        return best.length == 0 ? Optional.empty() : Optional.of(best);
    }

    private boolean isBeaten(double bound) {
        return best.length > 0 && bound <= bestGain + Math.max(1e-11, gap) * Math.abs(bestGain);
    }

    /** The relaxation between bounds; empty where it cannot beat the best fleet known. */
    private Optional<Node> relaxed(double[] low, double[] high) {
        nodes++;
        int number = nodes;
        return relax(low, high).flatMap(solution -> {
            double bound = dot(gain, solution.x());
            offer(solution.x(), low, high);
            return isBeaten(bound)
                    ? Optional.empty()
                    : Optional.of(tightened(new Node(low, high, solution.x(), bound, number), solution.reduced()));
        });
    }

    /** Narrows the bounds to what can still beat the best fleet known (reduced-cost fixing). */
    private Node tightened(Node node, double[] reduced) {
        if (best.length == 0) {
            return node;
        }
        double room = node.bound - bestGain;
        double[] low = node.low.clone();
        double[] high = node.high.clone();
        for (int i = 0; i < low.length; i++) {
            double steps = Math.floor(room / Math.abs(reduced[i]) + WHOLE);
            if (reduced[i] < 0 && node.x[i] <= low[i] + WHOLE) {
                high[i] = Math.min(high[i], low[i] + steps);
            } else if (reduced[i] > 0 && node.x[i] >= high[i] - WHOLE) {
                low[i] = Math.max(low[i], high[i] - steps);
            }
        }
        return new Node(low, high, node.x, node.bound, node.number);
    }

    /** Splits a node, keeps the worse half for later and returns the better one. */
    private Optional<Node> branch(PriorityQueue<Node> open, Node node) {
        int item = mostFractional(node.x);
        double split;
        if (item >= 0) {
            split = Math.floor(node.x[item]);
        } else {
            item = widest(node);
            if (item < 0) {
                return Optional.empty();
            }
            double whole = Math.rint(node.x[item]);
            split = whole < node.high[item] ? whole : whole - 1;
        }
        double[] high = node.high.clone();
        high[item] = split;
        double[] low = node.low.clone();
        low[item] = split + 1;
        Optional<Node> below = relaxed(node.low, high);
        Optional<Node> above = relaxed(low, node.high);
        if (below.isEmpty() || above.isEmpty()) {
            return below.or(() -> above);
        }
        boolean upwards = above.get().bound > below.get().bound;
        open.add(upwards ? below.get() : above.get());
        return upwards ? above : below;
    }

    private static int mostFractional(double[] x) {
        int item = -1;
        double most = WHOLE;
        for (int i = 0; i < x.length; i++) {
            double fraction = Math.abs(x[i] - Math.rint(x[i]));
            if (fraction > most) {
                most = fraction;
                item = i;
            }
        }
        return item;
    }

    /** Where a whole solution misses the true deviation: the item whose range leaves most in doubt. */
    private int widest(Node node) {
        if (isFeasible(round(node.x))) {
            return -1;
        }
        int item = -1;
        double most = 0;
        for (int i = 0; i < node.low.length; i++) {
            double range = Math.min(node.high[i] - node.low[i], this.most) * (1 + (node.x[i] > WHOLE ? 1e6 : 0));
            if (range > most) {
                most = range;
                item = i;
            }
        }
        return item;
    }

    /** The relaxation, sharpened by linear bounds of the deviation; empty where nothing is feasible. */
    private Optional<LinearProgram.Solution> relax(double[] low, double[] high) {
        List<double[]> a = new ArrayList<>(List.of(rows));
        List<Double> b = new ArrayList<>();
        for (double cap : caps) {
            b.add(cap);
        }
        Optional<LinearProgram.Solution> solution = lp(a, b, low, high);
        for (int cut = 0; cut < CUTS && confidence > 0 && solution.isPresent(); cut++) {
            if (!sharpen(a, b, solution.get().x(), low, high)) {
                break;
            }
            solution = lp(a, b, low, high);
        }
        return solution;
    }

    private boolean sharpen(List<double[]> a, List<Double> b, double[] x, double[] low, double[] high) {
        double[] w = deviation.below(x, low, high, most);
        boolean added = false;
        for (int k = 0; k < rows.length; k++) {
            double spare = confidence * (dot(w, x) + w[x.length]);
            if (confident[k] && caps[k] - dot(rows[k], x) < spare - SLACK) {
                double[] row = rows[k].clone();
                for (int i = 0; i < row.length; i++) {
                    row[i] += confidence * w[i];
                }
                a.add(row);
                b.add(caps[k] - confidence * w[x.length]);
                added = true;
            }
        }
        return added;
    }

    private Optional<LinearProgram.Solution> lp(List<double[]> a, List<Double> b, double[] low, double[] high) {
        double[][] matrix = new double[a.size()][];
        double[] right = new double[a.size()];
        for (int i = 0; i < right.length; i++) {
            double scale = scale(a.get(i));
            matrix[i] = new double[low.length];
            for (int j = 0; j < low.length; j++) {
                matrix[i][j] = a.get(i)[j] / scale;
            }
            right[i] = (b.get(i) - dot(a.get(i), low)) / scale;
        }
        double[] range = new double[low.length];
        for (int j = 0; j < low.length; j++) {
            range[j] = high[j] - low[j];
            if (range[j] < 0) {
                return Optional.empty();
            }
        }
        var solution = LinearProgram.maximise(gain, matrix, right, range);
        solution.ifPresent(s -> {
            for (int j = 0; j < low.length; j++) {
                s.x()[j] += low[j];
            }
        });
        return solution;
    }

    private static double scale(double[] row) {
        double largest = 0;
        for (double v : row) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest > 0 ? largest : 1;
    }

    /** Makes whole fleets out of a fractional one, and keeps the best: rounded to the nearest, and down with refilling. */
    private void offer(double[] x, double[] low, double[] high) {
        keep(round(x));
        double[] down = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            down[i] = Math.max(low[i], Math.floor(x[i] + WHOLE));
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] - down[i] > WHOLE && down[i] < high[i]) {
                down[i]++;
                if (!isFeasible(down)) {
                    down[i]--;
                }
            }
        }
        keep(down);
        if (nodes <= POLISHED) {
            exchange(down, low, high);
            keep(down);
        }
    }

    private static double[] round(double[] x) {
        double[] whole = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            whole[i] = Math.rint(x[i]);
        }
        return whole;
    }

    private void keep(double[] n) {
        double value = dot(gain, n);
        if ((best.length == 0 || value > bestGain) && isFeasible(n)) {
            bestGain = value;
            best = new int[n.length];
            for (int i = 0; i < n.length; i++) {
                best[i] = (int) n[i];
            }
        }
    }

    /** Improves a feasible fleet by exchanging one instance for another, or adding one, while that gains. */
    private void exchange(double[] n, double[] low, double[] high) {
        boolean improved = isFeasible(n);
        while (improved) {
            improved = false;
            for (int in = 0; in < n.length; in++) {
                for (int out = -1; out < n.length && n[in] < high[in]; out++) {
                    if (out == in || (out >= 0 && (n[out] <= low[out] || gain[out] >= gain[in])) || gain[in] <= 0) {
                        continue;
                    }
                    move(n, in, out, 1);
                    if (isFeasible(n)) {
                        improved = true;
                    } else {
                        move(n, in, out, -1);
                    }
                }
            }
        }
    }

    private static void move(double[] n, int in, int out, int by) {
        n[in] += by;
        if (out >= 0) {
            n[out] -= by;
        }
    }

    private boolean isFeasible(double[] n) {
        double spare = confidence > 0 ? confidence * deviation.of(n) : 0;
        for (int k = 0; k < rows.length; k++) {
            double used = dot(rows[k], n) + (confident[k] ? spare : 0);
            if (used > caps[k] + SLACK * (scale(rows[k]) + Math.abs(caps[k]))) {
                return false;
            }
        }
        return true;
    }

    private static double dot(double[] a, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += a[i] * x[i];
        }
        return sum;
    }

    /** A part of the search: bounds, and the relaxation's solution and value within them. */
    private record Node(double[] low, double[] high, double[] x, double bound, int number) {}
}
