package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Objective;
import io.cloudpits.core.plan.RateEstimate.Basis;
import org.junit.jupiter.api.Test;

/** How time becomes rates and prices; 1000 tasks and 10 USD are left, and a horizon of 1000 s. */
class HorizonProblemTest {
    private static final double T = 1000;

    private static Situations job() {
        return new Situations(1000, new Objective.FastestWithinBudget(10));
    }

    private static FleetItem only(Situation s, double tail) {
        return new HorizonProblem(s).over(T, tail, false, true, 0).items().get(0);
    }

    /** 100 s of start-up and 50 s of tail leave 850 of 1000 s. */
    @Test
    void startUpAndTailTakeTimeOffTheRate() {
        Situation s = job().startup(100).pool("A", "a", 3600, 0.36).build();

        assertThat(only(s, 50).tasksPerSecond()).isCloseTo(0.85, within(1e-12));
        assertThat(only(s, 50).usdPerHour()).isCloseTo(0.36, within(1e-12));
    }

    /** 0.05 USD per launch over 1000 s are 0.18 USD/h. */
    @Test
    void launchCostsAreSpreadOverTheHorizon() {
        RateEstimate rate = new RateEstimate(1, 0, 0, Basis.HISTORY);
        Situation s = job().pool("A", "a", rate, 0.36, 0.05).build();

        assertThat(only(s, 0).usdPerHour()).isCloseTo(0.36 + 0.18, within(1e-12));
    }

    /**
     * Eight tasks in flight are worth 0.08 USD. At 1 USD/h finishing them takes 300 x 1.5 s and 0.125 USD: they are lost, four
     * tasks' work, unless the worker stays, which is credited with 4 tasks in 1000 s.
     */
    @Test
    void aWorkerIsCreditedWithTheWorkThatEndingItWouldLose() {
        Situation s = job().shape(new TaskShape(300, 0.5))
                .worker("w", "A", 3600, 1, 8)
                .build();
        var problem = new HorizonProblem(s);

        assertThat(problem.tasks(T)).isEqualTo(1004);
        assertThat(only(s, 0).tasksPerSecond()).isCloseTo(1 + 0.004, within(1e-12));
        assertThat(problem.tasks(Double.POSITIVE_INFINITY)).isEqualTo(1000);
    }

    /** At 0.36 USD/h finishing them costs 0.045 USD: they are finished, and a worker that stays is credited with that. */
    @Test
    void aWorkerIsCreditedWithWhatItsLeavingWouldCost() {
        Situation s = job().shape(new TaskShape(300, 0.5))
                .worker("w", "A", 3600, 0.36, 8)
                .build();
        FleetProblem program = new HorizonProblem(s).over(T, 0, false, true, 0);

        assertThat(program.items().get(0).usdPerHour()).isCloseTo(0.36 - 0.045 * 3.6, within(1e-12));
        assertThat(program.jobManagerUsdPerHour()).isCloseTo(0.045 * 3.6, within(1e-12));
    }

    /** With 900 s of start-up and tasks of 300 s, nothing launched now finishes a task within 1000 s. */
    @Test
    void nothingIsLaunchedThatCannotFinishATask() {
        Situation late = job().shape(new TaskShape(300, 0.5))
                .startup(900)
                .pool("A", "a", 3600, 0.36)
                .build();
        Situation early = job().shape(new TaskShape(300, 0.5))
                .startup(600)
                .pool("A", "a", 3600, 0.36)
                .build();

        assertThat(only(late, 0).max()).isZero();
        assertThat(only(early, 0).max()).isPositive();
    }
}
