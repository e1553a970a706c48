package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Forecast;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunPhase;
import io.cloudpits.api.RunStatus;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.Workload;
import io.cloudpits.core.control.RunSettings;
import io.cloudpits.core.learn.InMemoryPerformanceHistory;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import io.cloudpits.core.ledger.PriceChangeRule;
import io.cloudpits.core.plan.FleetStrategy;
import io.cloudpits.core.plan.SeedStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The invariants of the design, over a thousand random markets with everything going wrong: bulk interruptions, late and
 * missing metrics, failed and unknown launches, missing prices, late prices and ends, calls that fail.
 */
class InvariantsTest {
    private static final int RUNS = 1_000;
    private static final Workload WORKLOAD = Workload.of("program", "data");

    @Test
    void holdInEveryRandomMarket() {
        int finished = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            finished += new Run(seed).check() ? 1 : 0;
        }
        assertThat(finished).as("runs that finish").isGreaterThan(RUNS / 4);
    }

    @Test
    void theSameSeedGivesTheSameRunToTheLastBit() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(new Run(seed).trace()).as("seed %d", seed).isEqualTo(new Run(seed).trace());
        }
    }

    /** One random run. */
    private static final class Run {
        private final int seed;
        private final Market market;
        private final Limits limits;
        private final CostModel costs;
        private final JobManagerCost jobManager;
        private final double tasks;
        private final double budgetUsd;
        private final SimulatedCloud cloud;
        private final Simulation simulation;
        private final boolean everythingDelivered;
        private double lastSpent;

        Run(int seed) {
            this.seed = seed;
            var random = new RandomMarkets(seed);
            market = random.market();
            limits = Limits.ofInstances(random.between(2, 16)).withMaxPerPool(random.between(1, 12));
            CostModel model = random.chance(0.5) ? CostModel.gp3() : CostModel.seedIo1();
            costs = (random.chance(0.3) ? model.withStaging(0.01, Duration.ofSeconds(30)) : model)
                    .withPriceChanges(
                            random.chance(0.3) ? PriceChangeRule.NEXT_INSTANCE_HOUR : PriceChangeRule.IMMEDIATE);
            jobManager = new JobManagerCost(random.chance(0.5) ? 0.68 : 0, random.chance(0.2) ? 2 : 0);
            tasks = 2_000 + random.upTo(100_000);
            double least = new Oracle(OracleProblem.of(market, RandomMarkets.START, limits, tasks, costs, jobManager))
                    .cheapest()
                    .usd();
            budgetUsd = (Double.isInfinite(least) ? 1 : Math.max(0.01, least)) * (0.9 + random.upTo(3.5));
            SimulationSettings.Builder how = SimulationSettings.builder(seed).notices(random.chance(0.7));
            everythingDelivered = random.chance(0.5);
            how.launchFailure(random.upTo(0.2))
                    .unknownOutcome(random.chance(0.3) ? 0.2 : 0)
                    .missingPrice(random.chance(0.3) ? 0.2 : 0)
                    .metrics(random.upTo(300), random.upTo(0.3))
                    .executionFailuresPerHour(random.upTo(0.2))
                    .frozenShare(random.chance(0.2) ? 0.2 : 0)
                    .heartbeats(random.chance(0.7));
            if (!everythingDelivered) {
                how.deliveryDelay(random.upTo(400), random.upTo(300)).callFailure(random.upTo(0.15));
            }
            cloud = new SimulatedCloud(market, how.build(), costs, null, RandomMarkets.START);
            RunSettings settings = RunSettings.builder("run", WORKLOAD, new Objective.FastestWithinBudget(budgetUsd))
                    .limits(limits)
                    .costModel(costs)
                    .jobManager(jobManager)
                    .catalog(market.types().values())
                    .strategy(seed % 5 == 4 ? new SeedStrategy() : new FleetStrategy())
                    .build();
            simulation = new Simulation(cloud, settings, history(random), JobScript.fluid(tasks));
        }

        private InMemoryPerformanceHistory history(RandomMarkets random) {
            var history = new InMemoryPerformanceHistory();
            List<ThroughputSample> samples = new ArrayList<>();
            market.tasksPerSecond().forEach((type, rate) -> {
                for (int i = random.between(0, 4); i > 0; i--) {
                    samples.add(new ThroughputSample(
                            type, type + i, rate * (0.85 + random.upTo(0.3)), RandomMarkets.START));
                }
            });
            history.record(WORKLOAD, samples);
            return history;
        }

        boolean check() {
            RunResult result = simulation.run(this::checkTick);
            RunStatus end = result.status();
            assertThat(end.phase().isOver()).as("over: %s", this).isTrue();
            assertThat(result.alive()).as("instances left: %s", this).isZero();
            assertThat(result.billUsd())
                    .as("bill against budget: %s", this)
                    .isLessThanOrEqualTo(budgetUsd * (1 + 1e-9) + 1e-9);
            cloud.launchedByToken().forEach((token, count) -> assertThat(count)
                    .as("instances of %s: %s", token, this)
                    .isLessThanOrEqualTo(limits.maxInstances()));
            if (end.phase() == RunPhase.FINISHED) {
                assertThat(end.tasksDone()).as("tasks: %s", this).isCloseTo(tasks, within(1e-6 * tasks));
                checkOracle(result);
            }
            return result.finished();
        }

        private void checkTick(RunStatus status) {
            double bill = simulation.result().billUsd();
            assertThat(bill)
                    .as("bill at %s: %s", status.asOf(), this)
                    .isLessThanOrEqualTo(budgetUsd * (1 + 1e-9) + 1e-9);
            if (status.spentEstimated()) {
                assertThat(status.spentUsd())
                        .as("estimate at %s: %s", status.asOf(), this)
                        .isGreaterThanOrEqualTo(bill - 1e-9);
            } else {
                assertThat(status.spentUsd())
                        .as("ledger at %s: %s", status.asOf(), this)
                        .isCloseTo(bill, within(1e-9 * Math.max(1, bill)));
            }
            assertThat(cloud.aliveCount("run")).as("instances: %s", this).isLessThanOrEqualTo(limits.maxInstances());
            assertThat(status.decisions())
                    .as("reasons: %s", this)
                    .allMatch(d -> !d.reason().words().isBlank());
            assertThat(status.explanation()).as("strategy: %s", this).doesNotContain("failed: ");
            checkForecast(status);
            lastSpent = status.spentUsd();
        }

        /** What is launched is forecast within the budget, unless the job is known not to fit. */
        private void checkForecast(RunStatus status) {
            boolean launches = status.decisions().stream().anyMatch(d -> d.action() == Decision.Action.LAUNCH);
            boolean fits = !status.explanation().startsWith("infeasible");
            if (launches && fits && seed % 5 != 4 && status.outlook().isPresent()) {
                Forecast forecast = status.outlook().get();
                assertThat(forecast.costUsd().expected())
                        .as("forecast at %s: %s; %s %s", status.asOf(), this, status.explanation(), status.decisions())
                        .isLessThanOrEqualTo(budgetUsd * (1 + 1e-6));
            }
        }

        private void checkOracle(RunResult result) {
            var oracle = new Oracle(OracleProblem.of(
                    market,
                    RandomMarkets.START,
                    limits,
                    tasks,
                    costs,
                    jobManager,
                    cloud.bestSpeeds(),
                    cloud.freeTimes()));
            double bound = oracle.fastestSeconds(budgetUsd, 0).orElse(Double.POSITIVE_INFINITY);
            assertThat(result.elapsedSeconds() + 0.002)
                    .as("time against T*: %s", this)
                    .isGreaterThanOrEqualTo(bound);
            assertThat(result.billUsd() + 1e-9)
                    .as("bill against the least cost: %s", this)
                    .isGreaterThanOrEqualTo(oracle.cheapest().usd() * (1 - 1e-9));
        }

        List<String> trace() {
            List<String> lines = new ArrayList<>();
            simulation.run(status -> lines.add(
                    status.asOf() + " " + status.spentUsd() + " " + status.tasksDone() + " " + status.decisions()));
            return lines;
        }

        @Override
        public String toString() {
            return "seed " + seed + ", budget " + budgetUsd + ", last spent " + lastSpent;
        }
    }

    @Test
    void aDeadCallToTerminateIsOutlivedByTheLease() {
        var random = new RandomMarkets(3);
        Market market = random.market();
        Instant start = RandomMarkets.START;
        var how = SimulationSettings.builder(3)
                .outage(SimulationSettings.Call.TERMINATE, start, start.plus(Duration.ofDays(30)))
                .build();
        var cloud = new SimulatedCloud(market, how, CostModel.gp3(), null, start);
        var settings = RunSettings.builder("run", WORKLOAD, new Objective.FastestWithinBudget(0.5))
                .limits(Limits.ofInstances(8))
                .catalog(market.types().values())
                .build();
        var history = new InMemoryPerformanceHistory();
        new TreeMap<>(market.tasksPerSecond())
                .forEach((type, rate) ->
                        history.record(WORKLOAD, List.of(new ThroughputSample(type, "i", rate, start))));

        RunResult result = new Simulation(cloud, settings, history, JobScript.fluid(20_000)).run();

        assertThat(result.alive()).isZero();
        assertThat(result.launches()).isPositive();
        assertThat(result.billUsd()).isLessThanOrEqualTo(0.5);
    }
}
