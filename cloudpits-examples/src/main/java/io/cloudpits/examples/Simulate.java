package io.cloudpits.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunPhase;
import io.cloudpits.api.RunStatus;
import io.cloudpits.core.control.RunSettings;
import io.cloudpits.core.sim.Oracle;
import io.cloudpits.core.sim.RunResult;
import io.cloudpits.core.sim.SimulatedCloud;
import io.cloudpits.core.sim.SimulationSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one job in simulated time on given market files, and says how far from the best possible it was. */
@Command(
        name = "Simulate",
        mixinStandardHelpOptions = true,
        description =
                "Simulates a job on a price log. Exit codes: 0 finished within budget, 2 bad input, 3 infeasible, 4"
                        + " not finished.")
public final class Simulate implements Callable<Integer> {
    @Mixin
    private MarketOptions marketOptions = new MarketOptions();

    @Mixin
    private JobOptions jobOptions = new JobOptions();

    @Option(
            names = "--budget",
            required = true,
            paramLabel = "USD|X",
            description = "USD, or a multiple of the oracle's least cost such as 1.25x")
    private String budget = "";

    @Option(names = "--deadline", paramLabel = "ISO", description = "Finish by this time, as cheaply as possible")
    private @Nullable String deadline;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            defaultValue = "cloudpits",
            description = "cloudpits or seed; default ${DEFAULT-VALUE}")
    private String strategy = "cloudpits";

    @Option(names = "--json", paramLabel = "OUT", description = "Write the result as JSON")
    private @Nullable Path json;

    @Option(names = "--verbose", description = "A line per tick, with what was decided and why")
    private boolean verbose;

    /** Runs from the command line. */
    public static void main(String[] args) {
        Program.exit(Program.execute(new Simulate(), args));
    }

    @Override
    public Integer call() {
        var given = BudgetArgument.parse(budget);
        var chosen = Strategies.named(strategy);
        Scenario scenario = jobOptions.scenario(marketOptions);
        Oracle.Cheapest least = scenario.oracle().cheapest();
        double budgetUsd = given.usd(least.usd());
        SimulationSettings simulation = jobOptions.simulation(jobOptions.seed);
        RunSettings settings = scenario.settings(objective(budgetUsd, scenario.start()), chosen, simulation);
        SimulatedCloud cloud = scenario.cloud(simulation);
        RunResult result = scenario.run(cloud, settings, this::show);
        var report = report(scenario, cloud, simulation, result, budgetUsd, least.usd());
        print(report, result);
        write(report);
        return code(result, budgetUsd);
    }

    private Objective objective(double budgetUsd, Instant start) {
        if (deadline == null) {
            return new Objective.FastestWithinBudget(budgetUsd);
        }
        Instant at = JobOptions.instant("--deadline", deadline);
        if (!at.isAfter(start)) {
            throw new IllegalArgumentException("--deadline is " + deadline + "; expected a time after " + start);
        }
        return new Objective.BudgetAndDeadline(budgetUsd, at);
    }

    private void show(RunStatus status) {
        if (verbose) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: %.0f tasks done, %.4f USD spent, %d instances; %s%n",
                    status.asOf(),
                    status.phase(),
                    status.tasksDone(),
                    status.spentUsd(),
                    status.instances().size(),
                    status.explanation());
            status.decisions().stream()
                    .filter(d -> d.action() != io.cloudpits.api.Decision.Action.KEEP)
                    .forEach(d -> System.out.println("    " + d));
        }
    }

    /**
     * {@code oracleSeconds} is T*_d at mean speeds, the time to compare with; {@code boundSeconds} and {@code oracleUsd} know the
     * luck that the run had too, so that no run beats them.
     */
    private static Map<String, Object> report(
            Scenario scenario,
            SimulatedCloud cloud,
            SimulationSettings simulation,
            RunResult result,
            double budgetUsd,
            double minimumUsd) {
        Oracle before = scenario.oracle();
        Oracle lucky = scenario.oracle(cloud);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("strategy", "");
        report.put("finished", result.finished());
        report.put("phase", result.status().phase().name());
        report.put("explanation", result.status().explanation());
        report.put("start", scenario.start().toString());
        report.put("elapsedSeconds", result.elapsedSeconds());
        report.put("spentUsd", result.status().spentUsd());
        report.put("billUsd", result.billUsd());
        report.put("budgetUsd", budgetUsd);
        report.put("minimumBudgetUsd", minimumUsd);
        report.put("tasks", scenario.tasks());
        report.put("tasksDone", result.status().tasksDone());
        report.put("launches", result.launches());
        report.put("terminations", result.status().terminations());
        report.put("interruptions", result.interruptions());
        report.put("oracleSeconds", number(before.fastestSeconds(budgetUsd, simulation.meanStartupSeconds())));
        report.put("boundSeconds", number(lucky.fastestSeconds(budgetUsd, 0)));
        report.put("oracleUsd", lucky.cheapest().usd());
        return report;
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private void print(Map<String, Object> report, RunResult result) {
        report.put("strategy", strategy);
        System.out.printf(
                Locale.ROOT,
                "%s: %s after %s; %.4f of %.4f USD spent (%.4f the least possible); %d launches, %d terminations,"
                        + " %d interruptions%n",
                strategy,
                result.finished()
                        ? "finished"
                        : result.status().phase() + ": " + result.status().explanation(),
                Duration.ofSeconds(Math.round(result.elapsedSeconds())),
                result.status().spentUsd(),
                (Double) report.get("budgetUsd"),
                (Double) report.get("minimumBudgetUsd"),
                result.launches(),
                result.status().terminations(),
                result.interruptions());
        if (report.get("oracleSeconds") instanceof Double seconds && result.finished()) {
            System.out.printf(
                    Locale.ROOT,
                    "%.3f times the time of the oracle, which knows the future and pays one start-up (%.0f s)%n",
                    result.elapsedSeconds() / seconds,
                    seconds);
        }
    }

    private void write(Map<String, Object> report) {
        if (json == null) {
            return;
        }
        try {
            Files.writeString(
                    json,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                            + System.lineSeparator());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + json, e);
        }
    }

    private static int code(RunResult result, double budgetUsd) {
        if (result.finished() && result.billUsd() <= budgetUsd * (1 + 1e-9)) {
            return Program.FINISHED;
        }
        return result.status().phase() == RunPhase.INFEASIBLE ? Program.INFEASIBLE : Program.NOT_FINISHED;
    }
}
