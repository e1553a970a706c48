package io.cloudpits.core.plan;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Forecast;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The default strategy, {@code cloudpits}: the best fleet as a whole for the objective, start-up, interruptions, switching
 * and uncertainty priced in. It changes a running fleet only where the change pays.
 *
 * <p>Three fleets are compared: the present one as it is (<em>hold</em>), the present one with further launches
 * (<em>grow</em>), and the best of all, whose workers may be ended (<em>switch</em>). Growing must bring the goal forward by
 * half a per cent, switching by {@link PlanSettings#switchingMargin()}. Safe for use by several threads.
 */
public final class FleetStrategy implements Strategy {
    private static final String STARTED = "started";
    private static final double GROWTH_MARGIN = 0.005;

    /** A running fleet may stay although the tail is expected to miss the goal by half its standard deviation. */
    private static final double HOLD = -0.5;

    @Override
    public String name() {
        return "cloudpits";
    }

    @Override
    public Plan plan(Situation s) {
        var problem = new HorizonProblem(s);
        Goal goal = Goal.of(s);
        var leastMoney = new FleetSearch(s, problem, new Goal.Cheapest());
        Optional<Choice> choice = choose(s, problem, goal);
        Optional<FleetOption> cheapest =
                choice.isPresent() ? leastMoney.best(false, true, 0) : leastMoney.bestOfAll(false, true);
        choice = choice.or(() -> lastResort(s, problem, goal, cheapest));
        var feasibility = Verdict.of(s, problem, cheapest, choice.isPresent());
        boolean started = !s.workers().isEmpty() || s.counters().containsKey(STARTED);
        if (choice.isEmpty() && started) {
            choice = fallback(s, problem);
        }
        if (choice.isEmpty()) {
            return new Plan(feasibility, List.of(), null, s.counters());
        }
        List<Decision> decisions = new Decisions(s, choice.get()).list();
        Forecast forecast = Outlook.of(s, choice.get().option().counts());
        return new Plan(feasibility, decisions, forecast, started ? Map.of(STARTED, 1) : Map.of());
    }

    /** The best of hold, grow and switch; less confidence where full confidence leaves nothing. */
    private static Optional<Choice> choose(Situation s, HorizonProblem problem, Goal goal) {
        var search = new FleetSearch(s, problem, goal);
        double full = s.settings().confidence();
        for (double z : full > 0 ? new double[] {full, full / 2, 0} : new double[] {0}) {
            Optional<FleetOption> free = search.best(false, true, z);
            Optional<FleetOption> grown = search.best(true, true, z);
            Optional<FleetOption> held = search.best(true, false, HOLD);
            Optional<Choice> choice = compare(s, goal, held, grown, free);
            if (choice.isPresent()) {
                return choice;
            }
        }
        return Optional.empty();
    }

    /** Any fleet that meets the goal, found with more patience. */
    private static Optional<Choice> lastResort(
            Situation s, HorizonProblem problem, Goal goal, Optional<FleetOption> cheapest) {
        return new FleetSearch(s, problem, goal)
                .bestOfAll(false, true)
                .or(() -> cheapest.filter(o -> goal.isMetBy(o, 0)))
                .map(o -> new Choice(o, o, o, false));
    }

    private static Optional<Choice> compare(
            Situation s,
            Goal goal,
            Optional<FleetOption> held,
            Optional<FleetOption> grown,
            Optional<FleetOption> free) {
        Optional<FleetOption> best = held;
        if (grown.isPresent() && isBetter(goal, grown.get(), best, GROWTH_MARGIN)) {
            best = grown;
        }
        if (free.isPresent() && isBetter(goal, free.get(), best, s.settings().switchingMargin())) {
            best = free;
        }
        return best.map(option -> new Choice(option, free.orElse(option), held.orElse(option), false));
    }

    private static boolean isBetter(Goal goal, FleetOption option, Optional<FleetOption> than, double margin) {
        return than.isEmpty() || goal.score(option) < goal.score(than.get()) * (1 - margin);
    }

    /**
     * The objective cannot be met any more. With a budget: as many tasks as the money buys; with a lost deadline alone: as
     * fast as possible.
     */
    private static Optional<Choice> fallback(Situation s, HorizonProblem problem) {
        if (s.leftUsd() <= 0) {
            return Optional.empty();
        }
        Goal goal = s.objective().deadline().isPresent()
                ? new Goal.Fastest(s.objective().hasBudget() ? s.leftUsd() : Double.MAX_VALUE)
                : new Goal.Cheapest();
        var search = new FleetSearch(s, problem, goal);
        Optional<FleetOption> option = search.best(true, true, 0).or(() -> search.best(false, true, 0));
        if (option.isEmpty() && s.objective().hasBudget()) {
            option = new FleetSearch(s, problem, new Goal.Cheapest()).best(false, true, 0);
        }
        return option.map(o -> new Choice(o, o, o, true));
    }

    /**
     * What was chosen, and what it was compared with.
     *
     * @param option the chosen fleet
     * @param free the best fleet that may end workers
     * @param held the present fleet
     * @param fallback whether the objective cannot be met
     */
    record Choice(FleetOption option, FleetOption free, FleetOption held, boolean fallback) {}
}
