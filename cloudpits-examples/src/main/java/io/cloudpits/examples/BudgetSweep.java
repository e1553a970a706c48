package io.cloudpits.examples;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.control.RunSettings;
import io.cloudpits.core.plan.Strategy;
import io.cloudpits.core.sim.RunResult;
import io.cloudpits.core.sim.SimulationSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers "what would I spend for which budget?": budgets x seeds on all cores. */
@Command(
        name = "BudgetSweep",
        mixinStandardHelpOptions = true,
        description =
                "Simulates a job for several budgets and seeds: time and cost (mean and 95 %%), and the share of runs"
                        + " that finish.")
public final class BudgetSweep implements Callable<Integer> {
    @Mixin
    private MarketOptions marketOptions = new MarketOptions();

    @Mixin
    private JobOptions jobOptions = new JobOptions();

    @Option(
            names = "--budgets",
            paramLabel = "LIST",
            defaultValue = "1.05x,1.1x,1.25x,1.5x,2x",
            description = "USD, or multiples of the least possible; default ${DEFAULT-VALUE}")
    private String budgets = "";

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Runs per budget, with seeds --seed, --seed + 1, ...; default ${DEFAULT-VALUE}")
    private int runs = 10;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            defaultValue = "cloudpits",
            description = "cloudpits or seed; default ${DEFAULT-VALUE}")
    private String strategy = "cloudpits";

    @Option(names = "--csv", paramLabel = "OUT", description = "Write the table as CSV")
    private @Nullable Path csv;

    /** Runs from the command line. */
    public static void main(String[] args) {
        Program.exit(Program.execute(new BudgetSweep(), args));
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        if (runs < 1) {
            throw new IllegalArgumentException("--runs is " + runs + "; expected at least 1");
        }
        List<BudgetArgument> arguments = Arrays.stream(budgets.split(","))
                .map(text -> BudgetArgument.parse(text.strip()))
                .toList();
        Strategy chosen = Strategies.named(strategy);
        Scenario scenario = jobOptions.scenario(marketOptions);
        double least = scenario.oracle().cheapest().usd();
        List<Row> rows = sweep(scenario, chosen, arguments, least);
        print(rows, least);
        write(rows);
        return Program.FINISHED;
    }

    private List<Row> sweep(Scenario scenario, Strategy chosen, List<BudgetArgument> arguments, double least)
            throws InterruptedException, ExecutionException {
        ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("runs")
                .setInitialMax((long) arguments.size() * runs)
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            List<List<Future<RunResult>>> started = new ArrayList<>();
            for (BudgetArgument argument : arguments) {
                List<Future<RunResult>> ofBudget = new ArrayList<>();
                for (int run = 0; run < runs; run++) {
                    long seed = jobOptions.seed + run;
                    ofBudget.add(cores.submit(() -> {
                        RunResult result = run(scenario, chosen, argument.usd(least), seed);
                        bar.step();
                        return result;
                    }));
                }
                started.add(ofBudget);
            }
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                List<RunResult> results = new ArrayList<>();
                for (Future<RunResult> future : started.get(i)) {
                    results.add(future.get());
                }
                rows.add(Row.of(arguments.get(i).text(), arguments.get(i).usd(least), results));
            }
            return rows;
        } finally {
            cores.shutdownNow();
        }
    }

    private RunResult run(Scenario scenario, Strategy chosen, double budgetUsd, long seed) {
        SimulationSettings simulation = jobOptions.simulation(seed);
        RunSettings settings = scenario.settings(new Objective.FastestWithinBudget(budgetUsd), chosen, simulation);
        return scenario.run(scenario.cloud(simulation), settings, status -> {});
    }

    private static void print(List<Row> rows, double least) {
        System.out.printf(Locale.ROOT, "least possible cost: %.4f USD%n", least);
        System.out.printf(
                "%10s %12s %9s %11s %12s %12s %12s %12s%n",
                "budget", "USD", "finished", "infeasible", "time mean", "time 95 %", "USD mean", "USD 95 %");
        for (Row r : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "%10s %12.4f %8.0f%% %10.0f%% %12s %12s %12.4f %12.4f%n",
                    r.budget,
                    r.budgetUsd,
                    100 * r.finishedShare,
                    100 * r.infeasibleShare,
                    r.finishedShare > 0 ? FrontierTable.time(r.secondsMean) : "-",
                    r.finishedShare > 0 ? FrontierTable.time(r.seconds95) : "-",
                    r.usdMean,
                    r.usd95);
        }
    }

    private void write(List<Row> rows) {
        if (csv == null) {
            return;
        }
        try (CsvWriter writer = CsvWriter.builder().build(csv)) {
            writer.writeRecord(
                    "budget",
                    "budget_usd",
                    "finished_share",
                    "infeasible_share",
                    "seconds_mean",
                    "seconds_95",
                    "usd_mean",
                    "usd_95");
            for (Row r : rows) {
                writer.writeRecord(
                        r.budget,
                        "" + r.budgetUsd,
                        "" + r.finishedShare,
                        "" + r.infeasibleShare,
                        r.finishedShare > 0 ? "" + r.secondsMean : "",
                        r.finishedShare > 0 ? "" + r.seconds95 : "",
                        "" + r.usdMean,
                        "" + r.usd95);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + csv, e);
        }
    }

    /** What came of one budget; times are those of the runs that finished. */
    private record Row(
            String budget,
            double budgetUsd,
            double finishedShare,
            double infeasibleShare,
            double secondsMean,
            double seconds95,
            double usdMean,
            double usd95) {
        static Row of(String budget, double budgetUsd, List<RunResult> results) {
            List<RunResult> finished =
                    results.stream().filter(RunResult::finished).toList();
            long infeasible = results.stream()
                    .filter(r -> r.status().phase() == RunPhase.INFEASIBLE)
                    .count();
            return new Row(
                    budget,
                    budgetUsd,
                    (double) finished.size() / results.size(),
                    (double) infeasible / results.size(),
                    mean(finished, RunResult::elapsedSeconds),
                    quantile(finished, RunResult::elapsedSeconds),
                    mean(results, RunResult::billUsd),
                    quantile(results, RunResult::billUsd));
        }

        private static double mean(List<RunResult> results, ToDoubleFunction<RunResult> value) {
            return results.stream().mapToDouble(value).average().orElse(0);
        }

        private static double quantile(List<RunResult> results, ToDoubleFunction<RunResult> value) {
            double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
        }
    }
}
