package io.cloudpits.examples;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunStatus;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import io.cloudpits.core.plan.FleetStrategy;
import io.cloudpits.core.plan.SeedStrategy;
import io.cloudpits.core.plan.Strategy;
import io.cloudpits.core.plan.TaskShape;
import io.cloudpits.core.sim.MarketGenerator;
import io.cloudpits.core.sim.RunResult;
import io.cloudpits.core.sim.SimulatedCloud;
import io.cloudpits.core.sim.SimulationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A first look without an AWS account: plans a job on a generated market, runs it in simulated time, and reports how it went
 * against the oracle and the seed's rule.
 */
public final class QuickStart {
    private static final long SEED = 3;
    private static final double TASKS = 3_000_000;
    private static final double BUDGET_FACTOR = 1.25;
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private final Scenario scenario;
    private final SimulationSettings simulation =
            SimulationSettings.builder(SEED).build();

    private QuickStart() {
        var market = MarketGenerator.generate(SEED, START.minus(Duration.ofDays(2)), Duration.ofDays(20));
        scenario = new Scenario(
                market,
                START,
                TASKS,
                TaskShape.FLUID,
                0,
                Limits.ofInstances(20),
                CostModel.gp3(),
                JobManagerCost.c5(),
                Duration.ofMinutes(1));
    }

    /** Plans, runs and reports; takes no arguments. */
    public static void main(String[] args) {
        new QuickStart().show();
    }

    private void show() {
        System.out.printf(
                Locale.ROOT,
                "A job of %.0f tasks on at most %d Spot instances of a generated market: %d pools, %d types.%n%n",
                TASKS,
                scenario.limits().maxInstances(),
                scenario.market().pools().size(),
                scenario.market().types().size());
        var table = new FrontierTable(scenario, simulation.meanStartupSeconds());
        FrontierTable.print(System.out, "What one can choose between:", table.mixes());

        double least = scenario.oracle().cheapest().usd();
        double budget = BUDGET_FACTOR * least;
        System.out.printf(
                Locale.ROOT, "%nBudget: %.4f USD, %.2f times the least possible. Running...%n", budget, BUDGET_FACTOR);
        run(new FleetStrategy(), budget);
        run(new SeedStrategy(), budget);
    }

    private void run(Strategy strategy, double budgetUsd) {
        SimulatedCloud cloud = scenario.cloud(simulation);
        var settings = scenario.settings(new Objective.FastestWithinBudget(budgetUsd), strategy, simulation);
        RunResult result;
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(strategy.name())
                .setInitialMax((long) TASKS)
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(100)
                .build()) {
            Consumer<RunStatus> observer = status -> bar.stepTo((long) Math.min(TASKS, status.tasksDone()));
            result = scenario.run(cloud, settings, observer);
        }
        OptionalDouble oracle = scenario.oracle().fastestSeconds(budgetUsd, simulation.meanStartupSeconds());
        System.out.printf(
                Locale.ROOT,
                "%-9s  %s; time %s; %.4f of %.4f USD spent; %d launches, %d interruptions; %s%n",
                strategy.name(),
                result.finished()
                        ? "finished"
                        : "NOT finished (" + result.status().phase() + ")",
                FrontierTable.time(result.elapsedSeconds()),
                result.status().spentUsd(),
                budgetUsd,
                result.launches(),
                result.interruptions(),
                against(result, oracle));
    }

    private static String against(RunResult result, OptionalDouble oracle) {
        if (!result.finished() || oracle.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "%.0f %% of the work done",
                    100 * result.status().tasksDone() / TASKS);
        }
        return String.format(
                Locale.ROOT,
                "%.3f times the oracle's time (%s, knowing the future)",
                result.elapsedSeconds() / oracle.getAsDouble(),
                FrontierTable.time(oracle.getAsDouble()));
    }
}
