package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.ledger.CostModel;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two runs of one account at the same time. */
class SharedAccountTest {
    @Test
    void twoRunsThatShareAQuotaOf256VcpusBothFinish() {
        for (int seed = 0; seed < 20; seed++) {
            var budget = new Objective.FastestWithinBudget(40);
            Scene scene = new Scene(seed, 1, budget).measured();
            scene.world.executionFailuresPerHour(0.1);
            var quota = new SharedQuota(256);
            var cloud = new SimulatedCloud(scene.market, scene.world.build(), CostModel.gp3(), quota, Scene.START);
            scene.run.limits(Limits.ofInstances(20)); // 20 of the largest type alone are 320 vCPUs
            Simulation first = scene.on(cloud, JobScript.fluid(4_000_000));
            scene.run = scene.settings("other", budget).limits(Limits.ofInstances(20));
            Simulation second = scene.on(cloud, JobScript.fluid(2_500_000));

            int most = 0;
            while (!over(first) || !over(second)) {
                cloud.advanceTo(earliest(first, second));
                step(first);
                step(second);
                most = Math.max(most, quota.used());
            }

            assertThat(first.result().status().phase())
                    .as("seed %d: %s", seed, first.result().status())
                    .isEqualTo(RunPhase.FINISHED);
            assertThat(second.result().status().phase())
                    .as("seed %d: %s", seed, second.result().status())
                    .isEqualTo(RunPhase.FINISHED);
            assertThat(most).as("vCPUs at the most, seed %d", seed).isBetween(200, 256);
            assertThat(quota.used()).as("vCPUs left, seed %d", seed).isZero();
            assertThat(first.result().billUsd()).as("seed %d", seed).isLessThanOrEqualTo(40);
            assertThat(second.result().billUsd()).as("seed %d", seed).isLessThanOrEqualTo(40);
        }
    }

    private static boolean over(Simulation run) {
        return run.result().status().phase().isOver();
    }

    private static Instant earliest(Simulation a, Simulation b) {
        Instant first = over(a) ? Instant.MAX : a.controller().nextTick();
        Instant second = over(b) ? Instant.MAX : b.controller().nextTick();
        return first.isBefore(second) ? first : second;
    }

    private static void step(Simulation run) {
        if (!over(run)) {
            run.step();
        }
    }
}
