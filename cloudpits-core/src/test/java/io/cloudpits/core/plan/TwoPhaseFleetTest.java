package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** a does 10 tasks/h at 0.10 USD/h, b 30 at 0.50. */
class TwoPhaseFleetTest {
    /**
     * One instance, 70 tasks, 1 USD. a alone takes 7 h for 0.70 USD; b alone is over the budget: 70 / 30 h x 0.50 = 1.17 USD. b
     * for 1.5 h (45 tasks, 0.75 USD), then a for 2.5 h (25 tasks, 0.25 USD): 4 h, exactly 1 USD.
     */
    @Test
    void beginsWithTheFasterFleetAndEndsWithTheCheaper() {
        TwoPhaseFleet pair = TwoPhaseFleet.of(problem(1, 0, 0), 70, 1).orElseThrow();

        assertThat(pair.first().counts()).containsExactly(0, 1);
        assertThat(pair.second().counts()).containsExactly(1, 0);
        assertThat(pair.firstSeconds()).isCloseTo(1.5 * 3600, within(1e-6));
        assertThat(pair.seconds()).isCloseTo(4 * 3600, within(1e-6));
        assertThat(pair.usd()).isCloseTo(1, within(1e-12));
    }

    /**
     * Ten instances, 70 tasks/USD: the linear program has a n_a = 6.25, n_b = 3.75 with 3 x 6.25 = 5 x 3.75, so 62.5 + 112.5 =
     * 175 tasks/h; the best steady whole fleet, 7 a + 3 b, only 160. 700 tasks take 4 h instead of 4.375, for 10 USD.
     */
    @Test
    void reachesWhatDivisibleInstancesWould() {
        TwoPhaseFleet pair = TwoPhaseFleet.of(problem(10, 0, 0), 700, 10).orElseThrow();

        assertThat(pair.seconds()).isCloseTo(4 * 3600, within(1e-6));
        assertThat(pair.usd()).isCloseTo(10, within(1e-9));
    }

    /**
     * With a Job Manager of 5 tasks/h at 0.05 USD/h: b and it do 35 tasks/h for 0.55, a and it 15 for 0.15. 70 tasks for 1
     * USD: t h of the first and u of the second with 35 t + 15 u = 70 and 0.55 t + 0.15 u = 1: t = 1.5, u = 7/6.
     */
    @Test
    void countsTheJobManagerInBothPhases() {
        TwoPhaseFleet pair = TwoPhaseFleet.of(problem(1, 5, 0.05), 70, 1).orElseThrow();

        assertThat(pair.firstSeconds()).isCloseTo(1.5 * 3600, within(1e-6));
        assertThat(pair.seconds()).isCloseTo((1.5 + 7 / 6.0) * 3600, within(1e-6));
        assertThat(pair.usd()).isCloseTo(1, within(1e-12));
    }

    /** 2 USD are more than the 1.17 that b needs by itself. */
    @Test
    void needsOneFleetWhereTheFastestIsWithinTheBudget() {
        TwoPhaseFleet pair = TwoPhaseFleet.of(problem(1, 0, 0), 70, 2).orElseThrow();

        assertThat(pair.second()).isEqualTo(pair.first());
        assertThat(pair.first().counts()).containsExactly(0, 1);
        assertThat(pair.firstSeconds()).isEqualTo(pair.seconds());
        assertThat(pair.usd()).isCloseTo(70 / 30.0 * 0.5, within(1e-12));
    }

    /** The least that 70 tasks can cost is 0.70 USD. */
    @Test
    void isEmptyWhereTheCheapestFleetIsOverTheBudget() {
        assertThat(TwoPhaseFleet.of(problem(1, 0, 0), 70, 0.69)).isEmpty();
        assertThat(TwoPhaseFleet.of(problem(1, 0, 0), 70, 0.71)).isPresent();
        assertThatThrownBy(() -> TwoPhaseFleet.of(problem(1, 0, 0), 70, 0)).hasMessageStartingWith("budgetUsd is 0.0");
    }

    /** Done and paid are added up anew from the counts of both fleets. */
    @Test
    void doesAllTheWorkWithinTheBudgetAndNoSlowerThanOneFleet() {
        int pairs = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            var random = new RandomFleets(70_000 + seed);
            FleetProblem p = random.problem(random.between(2, 10), random.between(1, 10), 0);
            double usdPerTask = random.usdPerTaskCap();
            double tasks = 50_000;
            var found = TwoPhaseFleet.of(p, tasks, usdPerTask * tasks);
            if (found.isEmpty()) {
                continue;
            }
            TwoPhaseFleet pair = found.get();
            double first = pair.firstSeconds();
            double second = pair.seconds() - first;
            double[] a = rateAndPrice(p, pair.first().counts());
            double[] b = rateAndPrice(p, pair.second().counts());
            assertThat(a[0] * first + b[0] * second).as("tasks, seed %d", seed).isCloseTo(tasks, within(1e-6 * tasks));
            assertThat((a[1] * first + b[1] * second) / 3600)
                    .as("USD, seed %d", seed)
                    .isCloseTo(pair.usd(), within(1e-9))
                    .isLessThanOrEqualTo(usdPerTask * tasks * (1 + 1e-9));
            double single = FleetSolver.fastest(p, usdPerTask, 0).orElseThrow().secondsFor(tasks);
            assertThat(pair.seconds()).as("seconds, seed %d", seed).isLessThanOrEqualTo(single * (1 + 1e-9));
            assertThat(a[0]).as("faster first, seed %d", seed).isGreaterThanOrEqualTo(b[0]);
            pairs += first > 0 && second > 0 ? 1 : 0;
        }
        assertThat(pairs).isGreaterThan(60);
    }

    private static double[] rateAndPrice(FleetProblem p, int[] counts) {
        double[] sum = {p.jobManagerTasksPerSecond(), p.jobManagerUsdPerHour()};
        for (int i = 0; i < counts.length; i++) {
            sum[0] += counts[i] * p.items().get(i).tasksPerSecond();
            sum[1] += counts[i] * p.items().get(i).usdPerHour();
        }
        return sum;
    }

    private static FleetProblem problem(int instances, double tasksPerHour, double usdPerHour) {
        return new FleetProblem(
                List.of(
                        new FleetItem(10 / 3600.0, 0.10, 0, 10, 0, "a", 0),
                        new FleetItem(30 / 3600.0, 0.50, 0, 10, 0, "b", 0)),
                List.of(new FleetRow("instances", new double[] {1, 1}, instances)),
                tasksPerHour / 3600,
                usdPerHour,
                0);
    }
}
