package io.cloudpits.core.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Says whether the objective can be met at all, with the smallest budget and the earliest finish that can. */
final class Verdict {
    private Verdict() {}

    /**
     * The verdict.
     *
     * @param cheapest the fleet that finishes for the least money
     * @param found whether a fleet was found that meets the objective
     */
    static Feasibility of(Situation s, HorizonProblem problem, Optional<FleetOption> cheapest, boolean found) {
        double least = cheapest.map(FleetOption::neededUsd).orElse(Double.POSITIVE_INFINITY);
        double earliest = seconds(new FleetSearch(s, problem, new Goal.Fastest(Double.MAX_VALUE)).best(false, true, 0));
        String bounds = String.format(
                Locale.ROOT,
                "the cheapest fleet needs %.4f USD more (%.4f USD in all), the fastest %.0f s",
                least,
                s.spentUsd() + s.leavingUsd() + least,
                earliest);
        Optional<String> objection = found ? Optional.empty() : objection(s, problem, least, earliest);
        return new Feasibility(
                objection.isEmpty(),
                least,
                earliest,
                objection.map(why -> "infeasible: " + bounds + "; " + why).orElse("feasible: " + bounds));
    }

    private static Optional<String> objection(Situation s, HorizonProblem problem, double least, double earliest) {
        Optional<Double> time =
                s.objective().deadline().map(at -> Duration.between(s.now(), at).toMillis() / 1000.0);
        if (!(least <= s.leftUsd()) || least == Double.POSITIVE_INFINITY) {
            return Optional.of(String.format(Locale.ROOT, "%.4f USD are left", s.leftUsd()));
        }
        if (time.isPresent() && earliest > time.get()) {
            return Optional.of(String.format(Locale.ROOT, "the deadline is in %.0f s", time.get()));
        }
        return time.map(seconds -> conflict(s, problem, seconds));
    }

    /** Budget and deadline do not hold together: what each would need of the other. */
    private static String conflict(Situation s, HorizonProblem problem, double seconds) {
        double usd = best(s, problem, new Goal.Deadline(Double.MAX_VALUE, seconds))
                .map(FleetOption::neededUsd)
                .orElse(Double.POSITIVE_INFINITY);
        return String.format(
                Locale.ROOT,
                "budget and deadline do not hold together: in the %.0f s to the deadline it needs %.4f USD more, with the"
                        + " %.4f USD that are left %.0f s",
                seconds,
                usd,
                s.leftUsd(),
                seconds(best(s, problem, new Goal.Fastest(s.leftUsd()))));
    }

    private static Optional<FleetOption> best(Situation s, HorizonProblem problem, Goal goal) {
        return new FleetSearch(s, problem, goal).bestOfAll(false, true);
    }

    private static double seconds(Optional<FleetOption> option) {
        return option.map(FleetOption::seconds).orElse(Double.POSITIVE_INFINITY);
    }
}
