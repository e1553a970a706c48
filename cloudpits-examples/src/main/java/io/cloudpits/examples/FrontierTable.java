package io.cloudpits.examples;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.core.learn.Estimator;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.plan.Frontier;
import io.cloudpits.core.plan.PlanSettings;
import io.cloudpits.core.plan.PoolOutlook;
import io.cloudpits.core.plan.Situation;
import io.cloudpits.core.sim.Market;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what one can choose between before a run. */
final class FrontierTable {
    private static final int BUDGETS = 20;

    private final Scenario scenario;
    private final double startupSeconds;

    FrontierTable(Scenario scenario, double startupSeconds) {
        this.scenario = scenario;
        this.startupSeconds = startupSeconds;
    }

    /** The best mixes, from the least budget to the fastest fleet. */
    List<Frontier.Point> mixes() {
        return Frontier.mixes(situation(), BUDGETS);
    }

    /** The seed's table: every type by itself. */
    List<Frontier.Point> perType(int instances, double lossPerInstance) {
        return Frontier.perType(situation(), instances, lossPerInstance);
    }

    /** The market at the start, as a plan sees it. */
    private Situation situation() {
        Market market = scenario.market();
        CostModel costs = scenario.costs();
        Limits limits = scenario.limits();
        var estimator = new Estimator(market.types().values(), Scenario.throughput(scenario.history()), 1);
        List<PoolOutlook> pools = new ArrayList<>();
        market.pools().forEach((pool, what) -> {
            var price = what.usdPerHour().at(scenario.start());
            boolean known = market.tasksPerSecond().containsKey(pool.instanceType());
            if (price.isPresent()
                    && known
                    && limits.allows(pool)
                    && !market.facts(pool.instanceType()).burstable()) {
                double extras = costs.extrasUsdPerHour();
                int room = (int)
                        Math.min(1_000_000, what.capacity().at(scenario.start()).orElse(0));
                pools.add(new PoolOutlook(
                        pool,
                        market.facts(pool.instanceType()),
                        price.getAsDouble(),
                        price.getAsDouble() + extras,
                        what.ceilingUsdPerHour() + extras,
                        estimator.type(pool.instanceType()),
                        startupSeconds,
                        costs.usdPerLaunch(),
                        costs.usdPerTaskIn(pool.availabilityZone()),
                        what.interruptionsPerHour(),
                        room));
            }
        });
        return new Situation(
                scenario.start(),
                new Objective.Cheapest(),
                0,
                scenario.tasks(),
                scenario.jobManager().usdPerHour(),
                scenario.jobManager().tasksPerSecond(),
                limits,
                0,
                0,
                pools,
                List.of(),
                scenario.shape(),
                PlanSettings.DEFAULT,
                Map.of());
    }

    /** Prints some points, with the fleet of each. */
    static void print(PrintStream out, String title, List<Frontier.Point> points) {
        out.println(title);
        out.printf("  %12s  %10s  %s%n", "time", "USD", "fleet");
        for (Frontier.Point p : points) {
            String fleet = p.fleet().entrySet().stream()
                    .map(e -> e.getValue() + " x " + e.getKey())
                    .collect(Collectors.joining(" + "));
            out.printf(Locale.ROOT, "  %12s  %10.4f  %s%n", time(p.seconds()), p.usd(), fleet);
        }
    }

    static String time(double seconds) {
        Duration d = Duration.ofSeconds(Math.round(seconds));
        return String.format("%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
    }
}
