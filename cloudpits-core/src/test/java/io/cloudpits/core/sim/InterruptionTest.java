package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.plan.TaskShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** AWS takes zone a back at minute 40, with two minutes' notice. */
class InterruptionTest {
    private static final Instant DOWN = Scene.START.plus(Duration.ofMinutes(40));

    private final Scene scene = new Scene(2, 1 / 300.0, new Objective.FastestWithinBudget(10)).measured();
    private final List<String> noticed = new ArrayList<>();
    private final List<String> takenBack = new ArrayList<>();

    private static Market withoutZoneA(Market calm) {
        SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>(calm.pools());
        SortedMap<Instant, Double> capacity = new TreeMap<>();
        capacity.put(Scene.START.minusSeconds(1), 1000.0);
        capacity.put(DOWN, 0.0);
        pools.replaceAll((pool, m) -> pool.availabilityZone().equals("a")
                ? new PoolMarket(m.usdPerHour(), m.ceilingUsdPerHour(), StepFunction.of(capacity), 0)
                : m);
        return new Market(pools, calm.types(), calm.tasksPerSecond());
    }

    private RunResult play() {
        var shape = new TaskShape(300, 0.3);
        scene.run.taskShape(shape);
        var cloud =
                new SimulatedCloud(withoutZoneA(scene.market), scene.world.build(), CostModel.gp3(), null, Scene.START);
        var listener = new RunListener() {
            @Override
            public void draining(FleetInstance instance, Instant deadline, Runnable drained) {
                if (instance.interruptionAt() != null) {
                    noticed.add(instance.id());
                    assertThat(deadline).isEqualTo(DOWN);
                    drained.run(); // empty already, says the Job Manager
                }
            }

            @Override
            public void gone(FleetInstance instance, Reason reason) {
                if (reason.code() == Reason.Code.INTERRUPTION) {
                    takenBack.add(instance.id());
                }
            }
        };
        return new Simulation(cloud, scene.run.build(), scene.history, JobScript.discrete(3_000, shape, 0), listener)
                .run();
    }

    @Test
    void theJobManagerIsToldOfTheNoticeAndTheRunDoesNotEndTheInstanceItself() {
        RunResult result = play();

        assertThat(noticed).isNotEmpty().doesNotHaveDuplicates();
        assertThat(takenBack).containsExactlyInAnyOrderElementsOf(noticed);
        assertThat(result.interruptions()).isEqualTo(noticed.size());
    }

    @Test
    void theRunGoesOnElsewhereAndFinishesWithinItsBudget() {
        RunResult result = play();

        assertThat(result.status().phase()).isEqualTo(RunPhase.FINISHED);
        assertThat(result.status().tasksDone()).isEqualTo(3_000);
        assertThat(result.billUsd()).isLessThanOrEqualTo(10);
    }
}
