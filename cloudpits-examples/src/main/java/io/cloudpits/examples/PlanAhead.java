package io.cloudpits.examples;

import io.cloudpits.core.plan.Frontier;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows, before any money is spent, which times and costs one can choose between. */
@Command(
        name = "PlanAhead",
        mixinStandardHelpOptions = true,
        description = "Time and cost of every instance type by itself, and of the best mixes over budgets.")
public final class PlanAhead implements Callable<Integer> {
    @Mixin
    private MarketOptions marketOptions = new MarketOptions();

    @Mixin
    private JobOptions jobOptions = new JobOptions();

    @Option(
            names = "--types",
            paramLabel = "N",
            defaultValue = "15",
            description = "How many types to list, the cheapest first; default ${DEFAULT-VALUE}")
    private int types = 15;

    /** Runs from the command line. */
    public static void main(String[] args) {
        Program.exit(Program.execute(new PlanAhead(), args));
    }

    @Override
    public Integer call() {
        Scenario scenario = jobOptions.scenario(marketOptions);
        var table = new FrontierTable(
                scenario, jobOptions.simulation(jobOptions.seed).meanStartupSeconds());
        List<Frontier.Point> mixes = table.mixes();
        if (mixes.isEmpty()) {
            System.err.println("no fleet can finish this job");
            return Program.INFEASIBLE;
        }
        List<Frontier.Point> single = table.perType(jobOptions.instances(), jobOptions.penalty()).stream()
                .sorted(java.util.Comparator.comparingDouble(Frontier.Point::usd))
                .limit(types)
                .toList();
        FrontierTable.print(System.out, "One type alone, the cheapest first (start-up left out)", single);
        System.out.println();
        FrontierTable.print(System.out, "The best mixes, start-up included: choose a budget", mixes);
        return Program.FINISHED;
    }
}
