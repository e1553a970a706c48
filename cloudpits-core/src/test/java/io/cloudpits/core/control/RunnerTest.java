package io.cloudpits.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.RunPhase;
import io.cloudpits.api.RunStatus;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.Workload;
import io.cloudpits.core.learn.InMemoryPerformanceHistory;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.sim.JobScript;
import io.cloudpits.core.sim.Market;
import io.cloudpits.core.sim.PoolMarket;
import io.cloudpits.core.sim.SimulatedCloud;
import io.cloudpits.core.sim.SimulationSettings;
import io.cloudpits.core.sim.StepFunction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Workload WORKLOAD = Workload.of("program", "data");

    private final Deque<Runnable> due = new ArrayDeque<>();
    private final ScheduledExecutorService scheduler = mock(ScheduledExecutorService.class);

    private static SimulatedCloud cloud() {
        var type = new InstanceTypeFacts("c5.large", 2, 4, Architecture.X86_64, 0, "");
        var pool = new PoolMarket(StepFunction.constant(0.04), 0.1, StepFunction.constant(100), 0);
        var market = new Market(
                new TreeMap<>(Map.of(CapacityPool.spot("c5.large", "a"), pool)),
                new TreeMap<>(Map.of("c5.large", type)),
                new TreeMap<>(Map.of("c5.large", 2.0)));
        return new SimulatedCloud(market, SimulationSettings.builder(1).build(), CostModel.gp3(), null, START);
    }

    private static Controller controller(SimulatedCloud cloud, double tasks) {
        var history = new InMemoryPerformanceHistory();
        history.record(WORKLOAD, List.of(new ThroughputSample("c5.large", "i-0", 2, START)));
        var settings = RunSettings.builder("run", WORKLOAD, new Objective.FastestWithinBudget(5))
                .build();
        var ports = new Ports(history, cloud, cloud, cloud, cloud.start("run", JobScript.fluid(tasks), 0));
        return new Controller(settings, ports, new RunListener() {}, Runnable::run, cloud.clock());
    }

    /** A scheduler on the virtual clock: what is scheduled runs when the test lets the time pass. */
    private void on(SimulatedCloud cloud) {
        doAnswer(call -> due.add(call.getArgument(0))).when(scheduler).execute(any());
        when(scheduler.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            assertThat((TimeUnit) call.getArgument(2)).isEqualTo(TimeUnit.MILLISECONDS);
            Instant at = cloud.clock().instant().plusMillis(call.getArgument(1));
            due.add(() -> {
                cloud.advanceTo(at);
                call.<Runnable>getArgument(0).run();
            });
            return mock(ScheduledFuture.class);
        });
    }

    private void play(int ticks) {
        for (int i = 0; i < ticks && !due.isEmpty(); i++) {
            due.remove().run();
        }
    }

    @Test
    void ticksUntilTheRunIsOver() {
        SimulatedCloud cloud = cloud();
        on(cloud);
        CompletableFuture<RunStatus> end = Runner.untilDone(controller(cloud, 50_000), scheduler, cloud.clock());

        play(5);
        assertThat(end).isNotDone();
        play(10_000);

        assertThat(end).isCompleted();
        assertThat(end.join().phase()).isEqualTo(RunPhase.FINISHED);
        assertThat(cloud.aliveCount("run")).isZero();
        assertThat(due).isEmpty();
    }

    @Test
    void aCancelledRunIsTickedUntilItsInstancesAreGone() {
        SimulatedCloud cloud = cloud();
        on(cloud);
        Controller controller = controller(cloud, 500_000);
        CompletableFuture<RunStatus> end = Runner.untilDone(controller, scheduler, cloud.clock());
        play(5);
        assertThat(cloud.aliveCount("run")).isPositive();

        controller.cancel();
        play(100);

        assertThat(end.join().phase()).isEqualTo(RunPhase.CANCELLED);
        assertThat(cloud.aliveCount("run")).isZero();
    }

    @Test
    void ticksFromSeveralThreadsDoNotOverlap() throws Exception {
        SimulatedCloud cloud = cloud();
        Controller controller = controller(cloud, 50_000);
        List<Thread> threads =
                List.of(new Thread(controller::tick), new Thread(controller::tick), new Thread(controller::tick));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(controller.status().launches()).isEqualTo(cloud.launchCount("run"));
        assertThat(cloud.aliveCount("run")).isLessThanOrEqualTo(20);
    }
}
