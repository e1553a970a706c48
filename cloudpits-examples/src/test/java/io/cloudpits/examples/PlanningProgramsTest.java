package io.cloudpits.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningProgramsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void write() throws IOException {
        shell = new Shell(folder);
    }

    @Test
    void planAheadShowsTypesAndMixesToChooseFrom() {
        Shell.Result result = shell.run(new PlanAhead());

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("One type alone", "c6g.xlarge", "The best mixes", "choose a budget")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void planAheadRefusesBadInputWithCodeTwo() {
        Shell.Result result = shell.run(new PlanAhead(), "--throughput-column", "flops");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("expected a column flops");
    }

    @Test
    void aSweepAnswersWhatOneWouldSpendForWhichBudget() throws IOException {
        Shell.Result result = shell.run(
                new BudgetSweep(),
                "--budgets",
                "0.5x,1.1x, 2x,1.2",
                "--runs",
                "3",
                "--csv",
                shell.path("sweep.csv").toString());

        assertThat(result.code()).isZero();
        List<String> rows = Files.readAllLines(shell.path("sweep.csv"));
        assertThat(rows.get(0))
                .isEqualTo("budget,budget_usd,finished_share,infeasible_share,seconds_mean,seconds_95,usd_mean,usd_95");
        assertThat(rows).hasSize(5);
        String[] none = rows.get(1).split(",", -1);
        String[] tight = rows.get(2).split(",", -1);
        String[] ample = rows.get(3).split(",", -1);
        assertThat(none[0]).isEqualTo("0.5x");
        assertThat(Double.parseDouble(none[2])).isZero();
        assertThat(Double.parseDouble(none[3])).isEqualTo(1);
        assertThat(none[4]).isEmpty();
        for (String[] row : List.of(tight, ample)) {
            assertThat(Double.parseDouble(row[2])).isEqualTo(1);
            assertThat(Double.parseDouble(row[4])).isLessThanOrEqualTo(Double.parseDouble(row[5]));
            assertThat(Double.parseDouble(row[7])).isLessThanOrEqualTo(Double.parseDouble(row[1]));
        }
        assertThat(Double.parseDouble(ample[4])).isLessThan(Double.parseDouble(tight[4]));
        assertThat(rows.get(4)).startsWith("1.2,1.2,");
        assertThat(result.out()).contains("least possible cost", "95 %", "2x");
    }

    @Test
    void aSweepGivesTheSameTableWhateverTheOrderOfItsThreads() throws IOException {
        String[] args = {
            "--budgets", "1.25x", "--runs", "6", "--csv", shell.path("a.csv").toString()
        };
        shell.run(new BudgetSweep(), args);
        String first = Files.readString(shell.path("a.csv"));
        shell.run(new BudgetSweep(), args);

        assertThat(Files.readString(shell.path("a.csv"))).isEqualTo(first);
    }

    @Test
    void aSweepRefusesBadBudgetsAndRuns() {
        assertThat(shell.run(new BudgetSweep(), "--budgets", "1x,cheap").err()).contains("--budget", "cheap");
        Shell.Result none = shell.run(new BudgetSweep(), "--runs", "0");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--runs is 0");
    }
}
