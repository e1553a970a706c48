package io.cloudpits.examples;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunStatus;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.Workload;
import io.cloudpits.core.control.RunSettings;
import io.cloudpits.core.learn.InMemoryPerformanceHistory;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import io.cloudpits.core.plan.PlanSettings;
import io.cloudpits.core.plan.Strategy;
import io.cloudpits.core.plan.TaskShape;
import io.cloudpits.core.sim.JobScript;
import io.cloudpits.core.sim.Market;
import io.cloudpits.core.sim.Oracle;
import io.cloudpits.core.sim.OracleProblem;
import io.cloudpits.core.sim.RunResult;
import io.cloudpits.core.sim.SimulatedCloud;
import io.cloudpits.core.sim.Simulation;
import io.cloudpits.core.sim.SimulationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A job on a market, ready to be simulated: the table of throughput is what earlier runs measured, on ten instances of each
 * type.
 */
record Scenario(
        Market market,
        Instant start,
        double tasks,
        TaskShape shape,
        int workersPerInstance,
        Limits limits,
        CostModel costs,
        JobManagerCost jobManager,
        Duration tick) {
    private static final Workload WORKLOAD = Workload.of("simulation", "market");
    private static final int MEASURED_INSTANCES = 10;

    /** What the oracle says before the run. */
    Oracle oracle() {
        return new Oracle(OracleProblem.of(market, start, limits, tasks, costs, jobManager));
    }

    /** What the oracle says of a run, with all the luck it had. */
    Oracle oracle(SimulatedCloud after) {
        return new Oracle(OracleProblem.of(
                market, start, limits, tasks, costs, jobManager, after.bestSpeeds(), after.freeTimes()));
    }

    SimulatedCloud cloud(SimulationSettings simulation) {
        return new SimulatedCloud(market, simulation, costs, null, start);
    }

    /** The settings of a run under a strategy. */
    RunSettings settings(Objective objective, Strategy strategy, SimulationSettings simulation) {
        Map<String, Double> hazards = new TreeMap<>();
        market.pools()
                .forEach((pool, what) -> hazards.merge(pool.instanceType(), what.interruptionsPerHour(), Math::max));
        Duration shortest = tick.compareTo(Duration.ofSeconds(10)) < 0 ? tick : Duration.ofSeconds(10);
        PlanSettings plan = PlanSettings.DEFAULT;
        return RunSettings.builder("simulated", WORKLOAD, objective)
                .limits(limits)
                .costModel(costs)
                .jobManager(jobManager)
                .taskShape(shape)
                .planSettings(new PlanSettings(
                        plan.confidence(), plan.switchingMargin(), plan.stopSeconds(), workersPerInstance))
                .strategy(strategy)
                .catalog(market.types().values())
                .interruptionsPerHour(hazards)
                .startup(Duration.ofMillis((long) (simulation.meanStartupSeconds() * 1000)))
                .tickInterval(tick)
                .shortestTick(shortest)
                .build();
    }

    /** Runs a job to its end. */
    RunResult run(SimulatedCloud cloud, RunSettings settings, Consumer<RunStatus> observer) {
        JobScript job = shape.isFluid() ? JobScript.fluid(tasks) : JobScript.discrete(tasks, shape, workersPerInstance);
        return new Simulation(cloud, settings, history(), job).run(observer);
    }

    InMemoryPerformanceHistory history() {
        var history = new InMemoryPerformanceHistory();
        List<ThroughputSample> samples = new ArrayList<>();
        market.tasksPerSecond().forEach((type, rate) -> {
            for (int i = 0; i < MEASURED_INSTANCES; i++) {
                samples.add(new ThroughputSample(type, type + "-" + i, rate, start));
            }
        });
        history.record(WORKLOAD, samples);
        return history;
    }
}
