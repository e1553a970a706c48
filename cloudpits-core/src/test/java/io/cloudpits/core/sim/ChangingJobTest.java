package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Objective;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.sim.JobScript.Change;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Jobs whose size is not known, or not what was said: the cap holds, and the result says what happened. */
class ChangingJobTest {
    private static final int SEEDS = 10;
    private static final double TASKS = 600_000;
    private static final Instant LATER = Scene.START.plus(Duration.ofMinutes(20));

    private static Scene scene(int seed, double budget) {
        return new Scene(seed, 1, new Objective.FastestWithinBudget(budget)).measured();
    }

    private static RunResult play(int seed, double budget, JobScript job) {
        Scene scene = scene(seed, budget);
        scene.world.executionFailuresPerHour(0.05).launchFailure(0.1);
        RunResult result = scene.play(job);
        assertThat(result.billUsd()).as("bill, seed %d", seed).isLessThanOrEqualTo(budget);
        assertThat(result.alive()).as("left, seed %d", seed).isZero();
        return result;
    }

    @Test
    void aJobOfUnknownSizeIsDoneWhereTheMoneyLasts() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RunResult result = play(seed, 8, JobScript.fluid(TASKS).withUnknownTotal());

            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.FINISHED);
            assertThat(result.status().tasksDone()).as("seed %d", seed).isGreaterThanOrEqualTo(TASKS * (1 - 1e-9));
        }
    }

    @Test
    void aJobOfUnknownSizeThatIsTooLargeEndsWithTheMoneySpentOrTheReasonWhyNot() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RunResult result = play(seed, 1.5, JobScript.fluid(TASKS).withUnknownTotal());

            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.BUDGET_EXHAUSTED);
            assertThat(result.status().explanation()).as("seed %d", seed).contains("USD are spent");
            assertThat(result.status().tasksDone()).as("seed %d", seed).isBetween(TASKS / 10, TASKS);
            assertThat(result.billUsd()).as("used, seed %d", seed).isGreaterThan(0.9 * 1.5);
        }
    }

    @Test
    void aTotalThatGrowsByHalfIsDoneWhereTheMoneySuffices() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RunResult result = play(seed, 8, JobScript.fluid(TASKS).with(LATER, new Change(1.5 * TASKS, false)));

            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.FINISHED);
            assertThat(result.status().tasksDone())
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(1.5 * TASKS * (1 - 1e-9));
        }
    }

    @Test
    void aTotalThatGrowsBeyondTheMoneyEndsTheRunAtTheCap() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RunResult result = play(seed, 4.2, JobScript.fluid(TASKS).with(LATER, new Change(1.5 * TASKS, false)));

            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.BUDGET_EXHAUSTED);
            assertThat(result.status().explanation()).as("seed %d", seed).contains("USD are spent");
            assertThat(result.status().tasksDone()).as("seed %d", seed).isGreaterThan(0.9 * TASKS);
        }
    }

    @Test
    void aTotalThatShrinksByHalfEndsTheRunEarly() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RunResult whole = play(seed, 4.5, JobScript.fluid(TASKS));
            RunResult half = play(
                    seed, 4, JobScript.fluid(TASKS).with(Scene.START.plusSeconds(900), new Change(0.5 * TASKS, false)));

            assertThat(half.status().phase())
                    .as("seed %d: %s", seed, half.status())
                    .isEqualTo(RunPhase.FINISHED);
            assertThat(half.elapsedSeconds()).as("seed %d", seed).isLessThan(0.75 * whole.elapsedSeconds());
        }
    }

    @Test
    void aJobManagerThatStartsAgainFromNothingFinishesWhereTheMoneySuffices() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RunResult result = play(seed, 9, JobScript.fluid(TASKS).with(LATER, new Change(0, true)));

            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.FINISHED);
            assertThat(result.elapsedSeconds()).as("seed %d", seed).isGreaterThan(20 * 60 + 2700);
        }
    }

    @Test
    void aJobManagerThatStartsAgainWithTooLittleMoneyIsToldThatItDoesNotFit() {
        for (int seed = 0; seed < SEEDS; seed++) {
            StringBuilder words = new StringBuilder();
            Scene scene = scene(seed, 3.9);
            Simulation run = scene.on(
                    scene.cloud(),
                    JobScript.fluid(TASKS).with(Scene.START.plus(Duration.ofHours(2)), new Change(0, true)));

            RunResult result = run.run(status -> words.append(status.explanation()));

            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.BUDGET_EXHAUSTED);
            assertThat(words.toString()).as("seed %d", seed).contains("infeasible: the cheapest fleet needs");
            assertThat(result.billUsd()).as("seed %d", seed).isLessThanOrEqualTo(3.9);
            assertThat(result.alive()).as("seed %d", seed).isZero();
        }
    }
}
