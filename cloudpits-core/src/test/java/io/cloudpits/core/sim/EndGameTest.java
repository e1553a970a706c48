package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Objective;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.plan.TaskShape;
import org.junit.jupiter.api.Test;

/** The last tasks of jobs whose tasks are long. */
class EndGameTest {
    private static final TaskShape UNEVEN = new TaskShape(600, 0.8);

    private static Scene scene(int seed, double budget) {
        Scene scene = new Scene(seed, 1 / 600.0, new Objective.FastestWithinBudget(budget)).measured();
        scene.run.taskShape(UNEVEN);
        return scene;
    }

    @Test
    void onceIdleInstancesAreReleasedNothingIsLaunchedAnyMore() {
        int tails = 0;
        for (int seed = 0; seed < 8; seed++) {
            Scene scene = scene(seed, 6 + seed);
            scene.world.executionFailuresPerHour(0.3);
            Simulation run = scene.on(scene.cloud(), JobScript.discrete(700, UNEVEN, 0));
            int[] launches = {-1};
            RunResult result = run.run(status -> {
                if (scene.anyGone(Reason.Code.TAIL) && launches[0] < 0) {
                    launches[0] = status.launches();
                }
            });
            if (launches[0] >= 0 && result.status().phase() == RunPhase.FINISHED) {
                tails++;
                assertThat(result.launches()).as("seed %d", seed).isEqualTo(launches[0]);
            }
        }
        assertThat(tails).as("runs with a tail").isGreaterThan(4);
    }

    @Test
    void instancesThatHoldNothingAreReleasedBeforeTheLastTaskIsDone() {
        Scene scene = scene(1, 20);

        RunResult result = scene.play(JobScript.discrete(700, UNEVEN, 0));

        assertThat(result.finished()).isTrue();
        assertThat(scene.gone.stream().filter(g -> g.startsWith("TAIL"))).hasSizeGreaterThan(3);
    }
}
