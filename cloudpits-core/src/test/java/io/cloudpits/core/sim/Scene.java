package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.Workload;
import io.cloudpits.core.control.RunSettings;
import io.cloudpits.core.learn.InMemoryPerformanceHistory;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A calm market of four types in two zones, and a run on it that a test makes difficult. */
final class Scene {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final Workload WORKLOAD = Workload.of("program", "data");

    final InMemoryPerformanceHistory history = new InMemoryPerformanceHistory();
    final List<String> gone = new ArrayList<>();
    final List<String> drained = new ArrayList<>();
    final List<Double> raised = new ArrayList<>();
    final Market market;
    final SimulationSettings.Builder world;
    RunSettings.Builder run;

    /**
     * A scene.
     *
     * @param tasksPerSecondOfAVcpu how fast the program is; types differ by up to a third
     */
    Scene(long seed, double tasksPerSecondOfAVcpu, Objective objective) {
        market = market(tasksPerSecondOfAVcpu);
        world = SimulationSettings.builder(seed);
        run = settings("run", objective);
    }

    RunSettings.Builder settings(String runId, Objective objective) {
        return RunSettings.builder(runId, WORKLOAD, objective)
                .limits(Limits.ofInstances(12))
                .jobManager(new JobManagerCost(0.1, 0))
                .catalog(market.types().values());
    }

    static CapacityPool pool(String type, String zone) {
        return CapacityPool.spot(type, zone);
    }

    private static Market market(double perVcpu) {
        SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>();
        SortedMap<String, InstanceTypeFacts> types = new TreeMap<>();
        SortedMap<String, Double> rates = new TreeMap<>();
        add("c5.xlarge", 4, Architecture.X86_64, 0.080, 1.00 * perVcpu, pools, types, rates);
        add("c6g.xlarge", 4, Architecture.ARM64, 0.062, 0.95 * perVcpu, pools, types, rates);
        add("m5.2xlarge", 8, Architecture.X86_64, 0.155, 0.90 * perVcpu, pools, types, rates);
        add("c5.4xlarge", 16, Architecture.X86_64, 0.500, 1.05 * perVcpu, pools, types, rates);
        return new Market(pools, types, rates);
    }

    private static void add(
            String type,
            int vcpus,
            Architecture architecture,
            double usdPerHour,
            double perVcpu,
            SortedMap<CapacityPool, PoolMarket> pools,
            SortedMap<String, InstanceTypeFacts> types,
            SortedMap<String, Double> rates) {
        types.put(type, new InstanceTypeFacts(type, vcpus, 4.0 * vcpus, architecture, 0, ""));
        rates.put(type, vcpus * perVcpu);
        double zone = 1;
        for (String name : List.of("a", "b")) {
            StepFunction price = StepFunction.constant(usdPerHour * zone);
            pools.put(pool(type, name), new PoolMarket(price, 2.5 * usdPerHour, StepFunction.constant(1000), 0));
            zone = 1.1;
        }
    }

    /** Four earlier instances of every type measured, within 3 % of the truth. */
    Scene measured() {
        market.tasksPerSecond().forEach((type, rate) -> {
            for (int i = 0; i < 4; i++) {
                double sample = rate * (0.97 + 0.02 * i);
                history.record(WORKLOAD, List.of(new ThroughputSample(type, type + i, sample, START)));
            }
        });
        return this;
    }

    SimulatedCloud cloud() {
        return new SimulatedCloud(market, world.build(), CostModel.gp3(), null, START);
    }

    Simulation on(SimulatedCloud cloud, JobScript job) {
        return new Simulation(cloud, run.build(), history, job, new Notes());
    }

    /** Runs to the end; what finishes is never earlier than the bound of the oracle that knew all. */
    RunResult play(JobScript job) {
        SimulatedCloud cloud = cloud();
        RunResult result = on(cloud, job).run();
        if (result.finished() && job.changes().isEmpty()) {
            assertThat(result.elapsedSeconds() + 0.002)
                    .as("time against T*")
                    .isGreaterThanOrEqualTo(bound(cloud, job, result.status().budgetUsd()));
        }
        return result;
    }

    private double bound(SimulatedCloud cloud, JobScript job, double budgetUsd) {
        RunSettings settings = run.build();
        return new Oracle(OracleProblem.of(
                        market,
                        START,
                        settings.limits(),
                        job.tasks(),
                        settings.costModel(),
                        settings.jobManager(),
                        cloud.bestSpeeds(),
                        cloud.freeTimes()))
                .fastestSeconds(budgetUsd, 0)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private final class Notes implements RunListener {
        @Override
        public void gone(FleetInstance instance, Reason reason) {
            gone.add(reason.code() + " " + instance.pool() + " " + reason.words());
        }

        @Override
        public void draining(FleetInstance instance, Instant deadline, Runnable empty) {
            drained.add(instance.id());
        }

        @Override
        public void budgetRaised(double fromUsd, double toUsd) {
            raised.add(toUsd);
        }
    }

    boolean anyGone(Reason.Code code) {
        return gone.stream().anyMatch(line -> line.startsWith(code.name()));
    }
}
