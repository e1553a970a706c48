package io.cloudpits.core.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Says whether the objective can be met at all, with the smallest budget and the earliest finish that can. */
final class Verdict {
    private Verdict() {}

    /** The verdict, given the fleet that finishes for the least money. */
    static Feasibility of(Situation s, HorizonProblem problem, Optional<FleetOption> cheapest) {
        double least = cheapest.map(FleetOption::neededUsd).orElse(Double.POSITIVE_INFINITY);
        double earliest = new FleetSearch(s, problem, new Goal.Fastest(Double.MAX_VALUE))
                .best(false, true, 0)
                .map(FleetOption::seconds)
                .orElse(Double.POSITIVE_INFINITY);
        boolean affordable = least <= s.leftUsd();
        Optional<Double> time =
                s.objective().deadline().map(at -> Duration.between(s.now(), at).toMillis() / 1000.0);
        boolean inTime = time.isEmpty() || earliest <= time.get();
        boolean both = affordable && inTime;
        if (both && time.isPresent()) {
            both = new FleetSearch(s, problem, Goal.of(s)).best(false, true, 0).isPresent();
        }
        return new Feasibility(both, least, earliest, words(s, least, earliest, affordable, inTime, both));
    }

    private static String words(
            Situation s, double least, double earliest, boolean affordable, boolean inTime, boolean both) {
        String bounds = String.format(
                Locale.ROOT,
                "the cheapest fleet needs %.4f USD more (%.4f USD in all), the fastest %.0f s",
                least,
                s.spentUsd() + s.leavingUsd() + least,
                earliest);
        if (both) {
            return "feasible: " + bounds;
        }
        String why = !affordable
                ? String.format(Locale.ROOT, "%.4f USD are left", s.leftUsd())
                : inTime ? "budget and deadline do not hold together" : "the deadline is earlier";
        return "infeasible: " + bounds + "; " + why;
    }
}
