package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;

class LinearProgramTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** 3 x + 5 y with x <= 4, 2 y <= 12, 3 x + 2 y <= 18: the corner of the last two, (2, 6), gives 36. */
    @Test
    void findsTheBestCorner() {
        double[] x =
                solve(new double[] {3, 5}, new double[][] {{1, 0}, {0, 2}, {3, 2}}, new double[] {4, 12, 18}, 100, 100);

        assertThat(x).containsExactly(new double[] {2, 6}, EXACT);
    }

    @Test
    void stopsAtTheBoundsWhereNoRowDoes() {
        assertThat(solve(new double[] {1, -1, 2}, new double[][] {}, new double[] {}, 7, 8, 9))
                .containsExactly(7, 0, 9);
    }

    /** At least 3 in all: -(x + y) <= -3; y costs less, but only 2 of it can be had. */
    @Test
    void meetsALowerLimitAtTheLeastCost() {
        assertThat(solve(new double[] {-3, -1}, new double[][] {{-1, -1}}, new double[] {-3}, 5, 2))
                .containsExactly(new double[] {1, 2}, EXACT);
    }

    /** x + y = 3 as two rows; x is worth more, and at most 2. */
    @Test
    void holdsAnEqualityWrittenAsTwoRows() {
        assertThat(solve(new double[] {2, 1}, new double[][] {{1, 1}, {-1, -1}}, new double[] {3, -3}, 2, 9))
                .containsExactly(new double[] {2, 1}, EXACT);
    }

    @Test
    void hasNoSolutionWhereALimitIsOutOfReach() {
        assertThat(LinearProgram.maximise(
                        new double[] {1, 1}, new double[][] {{1, 1}}, new double[] {-1}, new double[] {9, 9}))
                .isEmpty();
        assertThat(LinearProgram.maximise(new double[] {1}, new double[][] {{-1}}, new double[] {-5}, new double[] {4}))
                .isEmpty();
        assertThat(LinearProgram.maximise(
                        new double[] {1, 1}, new double[][] {{1, 1}, {-1, -1}}, new double[] {2, -3}, new double[] {9, 9
                        }))
                .isEmpty();
        assertThat(LinearProgram.maximise(new double[] {1}, new double[][] {{0}}, new double[] {-1}, new double[] {4}))
                .isEmpty();
    }

    /** Five limits meet in (1, 1), where two would do. */
    @Test
    void findsACornerWhereTooManyLimitsMeet() {
        assertThat(solve(
                        new double[] {1, 1},
                        new double[][] {{1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}},
                        new double[] {1, 1, 2, 3, 3},
                        9,
                        9))
                .containsExactly(new double[] {1, 1}, EXACT);
    }

    /** Beale's example, in which the plain simplex method goes round for ever; 1/20 at x1 = 1/25, x3 = 1. */
    @Test
    void doesNotCycle() {
        double[] c = {0.75, -150, 0.02, -6};
        double[] x = solve(
                c,
                new double[][] {{0.25, -60, -0.04, 9}, {0.5, -90, -0.02, 3}, {0, 0, 1, 0}},
                new double[] {0, 0, 1},
                1e4,
                1e4,
                1e4,
                1e4);

        assertThat(dot(c, x)).isCloseTo(0.05, within(1e-8));
    }

    @Test
    void leavesAVariableWithoutRoomAtZero() {
        assertThat(solve(new double[] {5, 1}, new double[][] {{1, 1}}, new double[] {3}, 0, 9))
                .containsExactly(new double[] {0, 3}, EXACT);
    }

    /** x + y <= 3, x <= 2: 2 x + y is best at (2, 1), where x could add 2 - 1 = 1 a unit more, y nothing, and z lacks 1 - 4. */
    @Test
    void saysWhatEachVariableWouldChange() {
        var solution = LinearProgram.maximise(
                        new double[] {2, 1, 1}, new double[][] {{1, 1, 4}}, new double[] {3}, new double[] {2, 9, 9})
                .orElseThrow();

        assertThat(solution.x()).containsExactly(new double[] {2, 1, 0}, EXACT);
        assertThat(solution.reduced()).containsExactly(new double[] {1, 0, -3}, EXACT);
    }

    /** Small whole numbers and doubled rows, so that ties and degenerate corners abound. */
    @Test
    void agreesWithAnotherSolverOnDegenerateRandomPrograms() {
        int feasible = 0;
        int infeasible = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            var random = new Random(seed);
            int n = 1 + random.nextInt(6);
            int m = 1 + random.nextInt(4);
            double[] c = random.ints(n, -3, 4).asDoubleStream().toArray();
            double[] u = random.ints(n, 0, 5).asDoubleStream().toArray();
            double[] b = random.ints(m, -4, 7).asDoubleStream().toArray();
            double[][] a = new double[m][];
            for (int i = 0; i < m; i++) {
                boolean again = i > 0 && random.nextInt(4) == 0;
                a[i] = again ? a[i - 1] : random.ints(n, -2, 4).asDoubleStream().toArray();
                b[i] = again ? b[i - 1] : b[i];
            }

            Optional<LinearProgram.Solution> ours = LinearProgram.maximise(c, a, b, u);
            Optimisation.Result theirs = model(c, a, b, u).maximise();

            assertThat(ours.isPresent())
                    .as("feasible, seed %d", seed)
                    .isEqualTo(theirs.getState().isFeasible());
            if (ours.isEmpty()) {
                infeasible++;
                continue;
            }
            feasible++;
            double[] x = ours.get().x();
            for (int i = 0; i < m; i++) {
                assertThat(dot(a[i], x)).as("row %d, seed %d", i, seed).isLessThanOrEqualTo(b[i] + 1e-7);
            }
            for (int j = 0; j < n; j++) {
                assertThat(x[j]).as("x%d, seed %d", j, seed).isBetween(0.0, u[j]);
            }
            assertThat(dot(c, x)).as("optimum, seed %d", seed).isCloseTo(theirs.getValue(), within(1e-6));
        }
        assertThat(feasible).isGreaterThan(400);
        assertThat(infeasible).isGreaterThan(100);
    }

    private static ExpressionsBasedModel model(double[] c, double[][] a, double[] b, double[] u) {
        var model = new ExpressionsBasedModel();
        for (int j = 0; j < c.length; j++) {
            model.newVariable("x" + j).lower(0).upper(u[j]).weight(c[j]);
        }
        for (int i = 0; i < b.length; i++) {
            Expression row = model.newExpression("row" + i).upper(b[i]);
            for (int j = 0; j < c.length; j++) {
                row.set(j, a[i][j]);
            }
        }
        return model;
    }

    private static double[] solve(double[] c, double[][] a, double[] b, double... u) {
        return LinearProgram.maximise(c, a, b, u).orElseThrow().x();
    }

    private static double dot(double[] a, double[] x) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * x[j];
        }
        return sum;
    }
}
