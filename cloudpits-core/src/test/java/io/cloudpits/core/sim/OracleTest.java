package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Limits;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;

/** The oracle against an exact linear program and against its definition. */
class OracleTest {
    private static final int MARKETS = 200;

    @Test
    void costsWhatAnExactLinearProgramCosts() {
        int feasible = 0;
        for (int seed = 0; seed < MARKETS; seed++) {
            Case c = new Case(seed);

            double ours = new Oracle(c.problem).workersUsd(c.seconds);
            double theirs = c.exactUsd(c.seconds, 0);

            if (Double.isInfinite(theirs)) {
                assertThat(ours).as("seed %d", seed).isInfinite();
            } else {
                feasible++;
                assertThat(ours).as("seed %d", seed).isCloseTo(theirs, within(1e-6 * Math.max(1e-9, theirs)));
            }
        }
        assertThat(feasible).isBetween(MARKETS / 2, MARKETS - 1);
    }

    @Test
    void leavesOutOnlyPoolsThatNoOptimumUses() {
        for (int seed = 0; seed < MARKETS; seed++) {
            Case c = new Case(seed);
            var pruned = new OracleSlots(c.problem, c.seconds);
            var whole = new OracleSlots(c.problem, c.seconds, false);
            double[] few = new double[2];
            double[] all = new double[2];
            for (double lambda : new double[] {whole.dearest() / 4, whole.dearest(), 4 * whole.dearest()}) {
                pruned.best(lambda, c.seconds, few);
                whole.best(lambda, c.seconds, all);
                assertThat(few[0]).as("profit, seed %d", seed).isCloseTo(all[0], within(1e-9 * Math.max(1e-9, all[0])));
            }
        }
    }

    @Test
    void theLeastCostIsReachedAndNoMomentIsCheaper() {
        for (int seed = 0; seed < 60; seed++) {
            Case c = new Case(seed);
            var oracle = new Oracle(c.problem);
            Oracle.Cheapest cheapest = oracle.cheapest();
            if (Double.isInfinite(cheapest.usd())) {
                continue;
            }
            assertThat(c.total(oracle, cheapest.seconds()))
                    .as("seed %d", seed)
                    .isCloseTo(cheapest.usd(), within(1e-6 * cheapest.usd()));
            for (double t = 600; t < 24 * 3600; t += 600) {
                assertThat(c.total(oracle, t))
                        .as("seed %d at %s s", seed, t)
                        .isGreaterThanOrEqualTo(cheapest.usd() * (1 - 1e-6));
            }
        }
    }

    /** {@code T*(B) = min { T : O1(T) + pJ T <= B }}, and with start-up the same at the rates {@code r (1 - d/T)}. */
    @Test
    void theTimeBoundIsTheFirstMomentThatTheBudgetAllows() {
        int found = 0;
        for (int seed = 0; seed < 60; seed++) {
            Case c = new Case(seed);
            var oracle = new Oracle(c.problem);
            double budget = oracle.cheapest().usd() * (1 + 0.1 * (seed % 7));
            for (double startup : new double[] {0, 165}) {
                var bound = oracle.fastestSeconds(budget, startup);
                if (bound.isEmpty() || Double.isInfinite(budget) || bound.getAsDouble() > 6 * 3600) {
                    continue;
                }
                found++;
                double t = bound.getAsDouble();
                assertThat(c.exactTotal(t, startup))
                        .as("cost at the bound, seed %d", seed)
                        .isLessThanOrEqualTo(budget * (1 + 1e-6));
                for (double share : new double[] {0.3, 0.6, 0.8, 0.9, 0.97, 0.995, 0.9999}) {
                    assertThat(c.exactTotal(share * t, startup))
                            .as("cost at %s of the bound, seed %d", share, seed)
                            .isGreaterThan(budget * (1 - 1e-6));
                }
            }
        }
        assertThat(found).isGreaterThan(40);
    }

    @Test
    void startUpTakesTimeAndMoreMoneySavesTime() {
        for (int seed = 0; seed < 40; seed++) {
            Case c = new Case(seed);
            var oracle = new Oracle(c.problem);
            double least = oracle.cheapest().usd();
            if (least == 0 || Double.isInfinite(least)) {
                continue;
            }
            double slow = oracle.fastestSeconds(1.2 * least, 0).orElseThrow();
            double fast = oracle.fastestSeconds(2 * least, 0).orElseThrow();

            assertThat(fast).as("seed %d", seed).isLessThanOrEqualTo(slow);
            double started = oracle.fastestSeconds(1.2 * least, 165).orElse(Double.POSITIVE_INFINITY);
            assertThat(started).as("seed %d", seed).isGreaterThanOrEqualTo(slow);
            assertThat(oracle.fastestSeconds(0.99 * least, 0))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** A random market and job, with the linear program that defines its oracle. */
    private static final class Case {
        final OracleProblem problem;
        final double seconds;

        Case(int seed) {
            var random = new RandomMarkets(50_000 + seed);
            Market market = random.market();
            Limits limits = Limits.ofInstances(random.between(1, 15)).withMaxPerPool(random.between(1, 12));
            seconds = 900 + random.upTo(4 * 3600);
            var jobManager = new JobManagerCost(random.chance(0.7) ? 0.68 : 0, random.chance(0.3) ? 3 : 0);
            double tasks = seconds * limits.maxInstances() * (1 + random.upTo(8));
            problem = OracleProblem.of(market, RandomMarkets.START, limits, tasks, CostModel.gp3(), jobManager);
        }

        double total(Oracle oracle, double t) {
            return oracle.workersUsd(t) + problem.jobManager().usdPerHour() * t / 3600;
        }

        double exactTotal(double t, double startup) {
            return exactUsd(t, startup) + problem.jobManager().usdPerHour() * t / 3600;
        }

        /** {@code O1(T)} as a linear program: how many instances of each pool in each slot. */
        double exactUsd(double t, double startup) {
            double left = problem.tasks() - problem.jobManager().tasksPerSecond() * t;
            if (left <= 0) {
                return 0;
            }
            if (t <= startup) {
                return Double.POSITIVE_INFINITY;
            }
            var model = new ExpressionsBasedModel();
            Expression work = model.newExpression("work").lower(left);
            Instant start = problem.start();
            Instant from = start;
            int slot = 0;
            for (Instant to : cuts(start.plusNanos((long) (t * 1e9)))) {
                double length = Duration.between(from, to).toNanos() / 1e9;
                Expression instances = model.newExpression("slot" + slot++).upper(problem.maxInstances());
                for (OracleProblem.Pool pool : problem.pools()) {
                    var price = pool.usdPerHour().at(from);
                    double most = Math.min(pool.capacity().at(from).orElse(0), pool.maxInstances());
                    if (price.isPresent() && most > 0) {
                        var x = model.newVariable("x" + slot + "-" + model.countVariables())
                                .lower(0)
                                .upper(most)
                                .weight((price.getAsDouble() + pool.extraUsdPerHour()) * length / 3600);
                        work.set(x, pool.tasksPerSecond() * (1 - startup / t) * length);
                        instances.set(x, 1);
                    }
                }
                from = to;
            }
            Optimisation.Result result = model.minimise();
            return result.getState().isFeasible() ? result.getValue() : Double.POSITIVE_INFINITY;
        }

        private List<Instant> cuts(Instant end) {
            TreeSet<Instant> cuts = new TreeSet<>();
            for (OracleProblem.Pool pool : problem.pools()) {
                for (StepFunction f : List.of(pool.usdPerHour(), pool.capacity())) {
                    for (int i = 0; i < f.size(); i++) {
                        cuts.add(f.instant(i));
                    }
                }
            }
            cuts.add(end);
            return new ArrayList<>(cuts.subSet(problem.start(), false, end, true));
        }
    }
}
