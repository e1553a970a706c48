package io.cloudpits.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void write() throws IOException {
        shell = new Shell(folder);
    }

    private JsonNode json(String... more) throws IOException {
        String[] args = java.util.Arrays.copyOf(more, more.length + 2);
        args[more.length] = "--json";
        args[more.length + 1] = shell.path("out.json").toString();
        Shell.Result result = shell.run(new Simulate(), args);
        assertThat(result.code()).as(result.out() + result.err()).isIn(0, 3, 4);
        return new ObjectMapper().readTree(Files.readString(shell.path("out.json")));
    }

    @Test
    void aJobThatFinishesWithinItsBudgetEndsWithCodeZeroAndSaysSo() {
        Shell.Result result = shell.run(new Simulate(), "--budget", "1.25x");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("cloudpits: finished after", "USD spent", "times the time of the oracle");
        assertThat(result.err()).contains("warning: throughput of 1 of 5 priced types is unknown");
    }

    @Test
    void theJsonHasEveryFieldAndTheFiguresFitTogether() throws IOException {
        JsonNode j = json("--budget", "1.25x");

        assertThat(j.get("strategy").asText()).isEqualTo("cloudpits");
        assertThat(j.get("finished").asBoolean()).isTrue();
        assertThat(j.get("tasksDone").asDouble()).isCloseTo(300_000, within(0.1));
        assertThat(j.get("spentUsd").asDouble())
                .isLessThanOrEqualTo(j.get("budgetUsd").asDouble())
                .isGreaterThanOrEqualTo(j.get("minimumBudgetUsd").asDouble() * 0.9);
        assertThat(j.get("budgetUsd").asDouble())
                .isCloseTo(1.25 * j.get("minimumBudgetUsd").asDouble(), within(1e-9));
        assertThat(j.get("boundSeconds").asDouble())
                .isLessThanOrEqualTo(j.get("elapsedSeconds").asDouble())
                .isLessThan(j.get("oracleSeconds").asDouble());
        assertThat(j.get("oracleUsd").asDouble())
                .isLessThanOrEqualTo(j.get("spentUsd").asDouble());
        assertThat(j.get("launches").asInt()).isBetween(1, 40);
        assertThat(j.get("terminations").asInt()).isBetween(1, 40);
        assertThat(j.get("interruptions").asInt()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameResultAndAnotherOneAnother() throws IOException {
        JsonNode one = json("--budget", "1.25x", "--seed", "7");

        assertThat(json("--budget", "1.25x", "--seed", "7")).isEqualTo(one);
        assertThat(json("--budget", "1.25x", "--seed", "8")).isNotEqualTo(one);
    }

    @Test
    void aBudgetBelowTheLeastIsInfeasibleAndLaunchesNothing() throws IOException {
        Shell.Result result = shell.run(new Simulate(), "--budget", "0.5x");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).contains("INFEASIBLE: infeasible: the cheapest fleet needs");
        assertThat(json("--budget", "0.5x").get("launches").asInt()).isZero();
    }

    /** Every instance dies after minutes, so that the job cannot be done with the money. */
    @Test
    void aJobThatBeginsAndDoesNotFinishEndsWithCodeFour() {
        Shell.Result result = shell.run(new Simulate(), "--budget", "1.1x", "--execution-failure", "6");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).contains("BUDGET_EXHAUSTED");
    }

    @Test
    void theSeedsRuleIsAStrategyOfItsOwn() throws IOException {
        JsonNode j = json("--budget", "2x", "--strategy", "seed");

        assertThat(j.get("strategy").asText()).isEqualTo("seed");
        assertThat(j.get("finished").asBoolean()).isTrue();
    }

    @Test
    void aDeadlineIsMetForLessThanTheFastestRunCosts() throws IOException {
        JsonNode fast = json("--budget", "5", "--start", "2026-03-01T06:00:00Z");
        JsonNode cheap = json("--budget", "5", "--start", "2026-03-01T06:00:00Z", "--deadline", "2026-03-01T09:00:00Z");

        assertThat(cheap.get("finished").asBoolean()).isTrue();
        assertThat(cheap.get("elapsedSeconds").asDouble()).isLessThanOrEqualTo(3 * 3600);
        assertThat(cheap.get("spentUsd").asDouble())
                .isLessThan(fast.get("spentUsd").asDouble());
        assertThat(fast.get("start").asText()).isEqualTo("2026-03-01T06:00:00Z");
    }

    /** 600 tasks of 300 s: 50 h of slots, of which 32 to 128 work at a time. */
    @Test
    void wholeTasksTakeTheSecondsThatAreGiven() throws IOException {
        JsonNode j = json(
                "--tasks",
                "600",
                "--budget",
                "2x",
                "--task-seconds",
                "300",
                "--task-cv",
                "0.3",
                "--workers-per-instance",
                "4");

        assertThat(j.get("finished").asBoolean()).isTrue();
        assertThat(j.get("tasksDone").asDouble()).isEqualTo(600);
        assertThat(j.get("elapsedSeconds").asDouble()).isBetween(600 * 300 / 32.0 / 2, 600 * 300 / 32.0 * 2);
    }

    @Test
    void interruptionsAndAvailabilityAreRead() throws IOException {
        shell.write("bands.csv", "instance_type,monthly_interruption_frequency\nc5.xlarge,>20%\n");
        shell.write("av.csv", "pool,from_seconds,to_seconds,capacity\np,0,1800,1\np,1800,2400,0\np,2400,5000,1\n");

        JsonNode j = json(
                "--budget",
                "2x",
                "--interruptions",
                shell.path("bands.csv").toString(),
                "--availability",
                shell.path("av.csv").toString(),
                "--pool-capacity",
                "2-4",
                "--on-demand",
                shell.path("ondemand.csv").toString(),
                "--allow-on-demand");

        assertThat(j.get("finished").asBoolean()).isTrue();
        assertThat(j.get("interruptions").asInt()).isPositive();
    }

    @Test
    void everyTickIsToldWhereThatIsWanted() {
        Shell.Result result = shell.run(new Simulate(), "--budget", "1.25x", "--verbose");

        assertThat(result.out()).contains("LAUNCH ", "tasks/USD", "FINISHED");
    }

    @ParameterizedTest
    @CsvSource({
        "--budget, NaN, --budget",
        "--budget, -3, --budget",
        "--budget, 0, --budget",
        "--budget, 1.2y, --budget",
        "--budget, x, --budget",
        "--budget, Infinity, --budget",
        "--tasks, -5, tasks",
        "--tasks, NaN, tasks",
        "--tasks, many, --tasks",
        "--instances, 0, maxInstances",
        "--instances, some, --instances",
        "--strategy, greedy, --strategy",
        "--start, yesterday, --start",
        "--start, 2030-01-01T00:00:00Z, --start",
        "--deadline, 2026-03-01T00:00:00Z, --deadline",
        "--deadline, soon, --deadline",
        "--throughput-scale, 0, throughput scale",
        "--throughput-column, flops, flops",
        "--prices, nowhere.tsv, nowhere.tsv",
        "--cost-model, tape, --cost-model",
        "--pool-share, 2, maxPoolShare",
        "--startup, fast, --startup",
        "--task-seconds, -1, --task-seconds",
        "--time-step, 0, --time-step",
        "--json, no/such/folder/out.json, out.json",
        "--unknown, 1, --unknown"
    })
    void badInputIsOneClearLineAndCodeTwo(String option, String value, String named) {
        Shell.Result result = option.equals("--budget")
                ? shell.run(new Simulate(), option, value)
                : shell.run(new Simulate(), "--budget", "1.25x", option, value);

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(named).contains(value).doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prices", "--throughput", "--tasks", "--budget"})
    void whatIsNeededIsNamedWhereItIsMissing(String option) {
        String[] args = {"--prices", "p", "--throughput", "t", "--tasks", "1", "--budget", "1"};
        String[] fewer = java.util.stream.IntStream.range(0, 4)
                .filter(i -> !args[2 * i].equals(option))
                .boxed()
                .flatMap(i -> java.util.stream.Stream.of(args[2 * i], args[2 * i + 1]))
                .toArray(String[]::new);

        Shell.Result result = Shell.bare(new Simulate(), fewer);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Missing required option", option);
    }
}
