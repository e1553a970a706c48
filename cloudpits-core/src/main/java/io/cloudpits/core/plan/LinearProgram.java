package io.cloudpits.core.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * Maximises {@code c x} subject to {@code A x <= b} and {@code 0 <= x <= u} with finite {@code u}: a dense dual simplex for
 * bounded variables with bound flipping (Maros, "Computational Techniques of the Simplex Method", 2003, ch. 10). Because
 * every variable is bounded, the slack basis with each variable at its better bound is dual feasible, so there is no
 * first phase. Meant for few rows.
 */
final class LinearProgram {
    private static final double TINY = 1e-9;

    private final int rows;
    private final int columns;
    private final double[][] tableau;
    private final double[] reduced;
    private final double[] upper;
    private final boolean[] atUpper;
    private final int[] basis;
    private final boolean[] basic;
    private final double[] values;

    private LinearProgram(double[] c, double[][] a, double[] b, double[] u) {
        rows = b.length;
        columns = c.length + rows;
        tableau = new double[rows][columns];
        reduced = Arrays.copyOf(c, columns);
        upper = Arrays.copyOf(u, columns);
        atUpper = new boolean[columns];
        basis = new int[rows];
        basic = new boolean[columns];
        values = b.clone();
        Arrays.fill(upper, c.length, columns, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(a[i], 0, tableau[i], 0, c.length);
            tableau[i][c.length + i] = 1;
            basis[i] = c.length + i;
            basic[basis[i]] = true;
        }
        for (int j = 0; j < c.length; j++) {
            if (c[j] > 0 && u[j] > 0) {
                flip(j);
            }
        }
    }

    /** An optimal solution, if there is any. */
    static Optional<Solution> maximise(double[] c, double[][] a, double[] b, double[] u) {
        var program = new LinearProgram(c, a, b, u);
        return program.solve()
                ? Optional.of(new Solution(program.solution(c.length), Arrays.copyOf(program.reduced, c.length)))
                : Optional.empty();
    }

    private boolean solve() {
        int limit = 200 + 20 * columns;
        for (int step = 0; step < limit; step++) {
            int row = leavingRow();
            if (row < 0) {
                return true;
            }
            if (!pivot(row)) {
                return false;
            }
        }
        throw new IllegalStateException("the simplex method does not end after " + limit + " steps");
    }

    /** The row whose basic variable is farthest out of its bounds; -1 if none is. */
    private int leavingRow() {
        int worst = -1;
        double most = TINY;
        for (int i = 0; i < rows; i++) {
            double out = Math.max(-values[i], values[i] - upper[basis[i]]);
            if (out > most) {
                most = out;
                worst = i;
            }
        }
        return worst;
    }

    /** Moves the row's basic variable to the bound it violates; false if nothing can, so that there is no solution. */
    private boolean pivot(int row) {
        boolean below = values[row] < 0;
        double[] line = tableau[row];
        double gap = below ? -values[row] : values[row] - upper[basis[row]];
        int entering = -1;
        while (entering < 0) {
            int next = nearest(line, below);
            if (next < 0) {
                return false;
            }
            double reach = Math.abs(line[next]) * upper[next];
            if (reach < gap - TINY) {
                flip(next);
                gap -= reach;
            } else {
                entering = next;
            }
        }
        exchange(row, entering, below);
        return true;
    }

    /** The variable that may move in the wanted direction at the least loss per unit. */
    private int nearest(double[] line, boolean below) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        double size = 0;
        for (int j = 0; j < columns; j++) {
            double t = below == atUpper[j] ? line[j] : -line[j];
            if (basic[j] || t <= TINY || upper[j] == 0) {
                continue;
            }
            double ratio = Math.abs(reduced[j]) / t;
            if (ratio < least - 1e-15 || (ratio <= least + 1e-15 && t > size)) {
                least = ratio;
                size = t;
                best = j;
            }
        }
        return best;
    }

    /** Moves a nonbasic variable to its other bound. */
    private void flip(int j) {
        double change = atUpper[j] ? -upper[j] : upper[j];
        for (int i = 0; i < rows; i++) {
            values[i] -= tableau[i][j] * change;
        }
        atUpper[j] = !atUpper[j];
    }

    private void exchange(int row, int entering, boolean below) {
        int leaving = basis[row];
        double target = below ? 0 : upper[leaving];
        double pivot = tableau[row][entering];
        double move = (values[row] - target) / pivot;
        double entered = (atUpper[entering] ? upper[entering] : 0) + move;
        for (int i = 0; i < rows; i++) {
            values[i] -= tableau[i][entering] * move;
        }
        values[row] = entered;
        basic[leaving] = false;
        atUpper[leaving] = !below;
        basic[entering] = true;
        atUpper[entering] = false;
        basis[row] = entering;
        eliminate(row, entering, pivot);
    }

    private void eliminate(int row, int entering, double pivot) {
        double[] line = tableau[row];
        for (int j = 0; j < columns; j++) {
            line[j] /= pivot;
        }
        for (int i = 0; i < rows; i++) {
            if (i != row && tableau[i][entering] != 0) {
                subtract(tableau[i], line, tableau[i][entering]);
                tableau[i][entering] = 0;
            }
        }
        subtract(reduced, line, reduced[entering]);
        reduced[entering] = 0;
    }

    private static void subtract(double[] from, double[] line, double factor) {
        for (int j = 0; j < line.length; j++) {
            from[j] -= factor * line[j];
        }
    }

    private double[] solution(int n) {
        double[] x = new double[n];
        for (int j = 0; j < n; j++) {
            x[j] = atUpper[j] ? upper[j] : 0;
        }
        for (int i = 0; i < rows; i++) {
            if (basis[i] < n) {
                x[basis[i]] = Math.min(upper[basis[i]], Math.max(0, values[i]));
            }
        }
        return x;
    }

    /**
     * An optimum.
     *
     * @param x the variables
     * @param reduced what the objective changes by per unit of each variable: at most 0 for one at 0, at least 0 for one
     *     at its upper bound, 0 for one between
     */
    record Solution(double[] x, double[] reduced) {}
}
