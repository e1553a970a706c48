package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.ledger.JobManagerCost;
import io.cloudpits.core.plan.TaskShape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that does not work, in whole or in part, must not burn the budget; one that is only slow must not be ended. */
class BrokenProgramTest {
    private static final int SEEDS = 30;
    private static final TaskShape LONG = new TaskShape(2700, 0.3);

    @Test
    void aBrokenImageWithoutHistoryEndsTheRunForATinyShareOfTheBudget() {
        for (int seed = 0; seed < SEEDS; seed++) {
            double budget = 3 + 2 * seed;
            Scene scene = new Scene(seed, 1, new Objective.FastestWithinBudget(budget));
            scene.run.jobManager(new JobManagerCost(seed % 2 == 0 ? 0 : 0.2, 0));
            scene.world.brokenImage(true);

            RunResult result = scene.play(JobScript.fluid(3_000_000));

            assertThat(result.status().phase()).as("seed %d", seed).isEqualTo(RunPhase.FAILED);
            assertThat(result.status().explanation()).as("seed %d", seed).contains(" not work");
            assertThat(result.billUsd()).as("bill, seed %d", seed).isLessThanOrEqualTo(0.02 * budget);
            assertThat(result.launches()).as("canaries, seed %d", seed).isBetween(1, 4);
            assertThat(result.alive()).as("left, seed %d", seed).isZero();
        }
    }

    @Test
    void anImageThatWorkedBeforeAndIsBrokenNowEndsTheRunAfterThreeSilentInstances() {
        Scene scene = new Scene(1, 1, new Objective.FastestWithinBudget(30)).measured();
        scene.world.brokenImage(true);

        RunResult result = scene.play(JobScript.fluid(3_000_000));

        assertThat(result.status().phase()).isEqualTo(RunPhase.FAILED);
        assertThat(result.status().explanation()).contains("none has ever reported");
        assertThat(result.billUsd()).isLessThan(0.05 * 30);
        assertThat(result.alive()).isZero();
    }

    @Test
    void noHealthyWorkerOfAProgramWithTasksOf45MinutesIsEndedAsSilent() {
        for (boolean heartbeats : new boolean[] {true, false}) {
            for (boolean known : new boolean[] {true, false}) {
                for (int seed = 0; seed < 6; seed++) {
                    checkLongTasks(seed, heartbeats, known);
                }
            }
        }
    }

    private static void checkLongTasks(int seed, boolean heartbeats, boolean known) {
        String what = "seed " + seed + (heartbeats ? "" : ", no heartbeats") + (known ? "" : ", length not told");
        double budget = known ? 20 : 30; // who does not know the length cannot plan for the last tasks
        Scene scene = new Scene(seed, 1 / 2700.0, new Objective.FastestWithinBudget(budget));
        scene.world.heartbeats(heartbeats);
        scene.run.taskShape(known ? LONG : TaskShape.FLUID);

        RunResult result = scene.play(JobScript.discrete(600, LONG, 0));

        assertThat(result.status().phase())
                .as(what + ": " + result.status().explanation())
                .isEqualTo(RunPhase.FINISHED);
        assertThat(scene.anyGone(Reason.Code.NEVER_REPORTED)).as(what).isFalse();
        assertThat(scene.anyGone(Reason.Code.STOPPED_REPORTING)).as(what).isFalse();
        assertThat(result.status().tasksDone()).as(what).isEqualTo(600);
        assertThat(result.billUsd()).as(what).isLessThanOrEqualTo(budget);
    }

    @Test
    void frozenWorkersAreEndedAndReplaced() {
        int runs = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Scene scene = new Scene(seed, 1, new Objective.FastestWithinBudget(20)).measured();
            scene.world.frozenShare(0.3);

            RunResult result = scene.play(JobScript.fluid(800_000));

            assertThat(result.status().phase()).as("seed %d", seed).isEqualTo(RunPhase.FINISHED);
            runs += scene.anyGone(Reason.Code.STOPPED_REPORTING) ? 1 : 0;
        }
        assertThat(runs).as("runs with a frozen worker that was ended").isGreaterThan(SEEDS / 2);
    }

    @Test
    void aPoolThatFailsEveryTaskFastIsQuarantinedAndUsedNoMore() {
        CapacityPool bad = Scene.pool("c5.4xlarge", "a");
        for (int seed = 0; seed < SEEDS; seed++) {
            Scene scene = new Scene(seed, 1, new Objective.FastestWithinBudget(12)).measured();
            scene.world.failingPool(bad);
            SimulatedCloud cloud = scene.cloud();
            Simulation simulation = scene.on(cloud, JobScript.fluid(800_000));
            List<Integer> inBadPool = new ArrayList<>();

            RunResult result = simulation.run(status -> inBadPool.add((int) status.instances().stream()
                    .filter(i -> i.pool().equals(bad))
                    .count()));

            assertThat(result.status().phase()).as("seed %d", seed).isEqualTo(RunPhase.FINISHED);
            assertThat(inBadPool).as("instances there, seed %d", seed).anyMatch(count -> count > 0);
            assertThat(inBadPool.get(inBadPool.size() - 1))
                    .as("at the end, seed %d", seed)
                    .isZero();
            assertThat(scene.gone).as("seed %d", seed).anyMatch(g -> g.startsWith("QUARANTINED " + bad));
            int first = firstAfterUse(inBadPool);
            assertThat(inBadPool.subList(first, inBadPool.size()))
                    .as("again, seed %d", seed)
                    .containsOnly(0);
        }
    }

    private static int firstAfterUse(List<Integer> counts) {
        boolean used = false;
        for (int i = 0; i < counts.size(); i++) {
            used |= counts.get(i) > 0;
            if (used && counts.get(i) == 0) {
                return i;
            }
        }
        return counts.size() - 1;
    }
}
