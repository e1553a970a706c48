package io.cloudpits.core.plan;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.Reason;
import io.cloudpits.api.Reason.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns a chosen fleet into decisions, each with the numbers that were compared. */
final class Decisions {
    private final Situation situation;
    private final FleetStrategy.Choice choice;

    Decisions(Situation situation, FleetStrategy.Choice choice) {
        this.situation = situation;
        this.choice = choice;
    }

    List<Decision> list() {
        List<Decision> all = new ArrayList<>();
        int[] counts = choice.option().counts();
        List<Worker> workers = situation.workers();
        for (int i = 0; i < workers.size(); i++) {
            all.add(counts[i] > 0 ? keep(i) : end(workers.get(i)));
        }
        for (int i = 0; i < situation.pools().size(); i++) {
            int count = counts[workers.size() + i];
            if (count > 0) {
                all.add(launch(situation.pools().get(i), count));
            }
        }
        return all;
    }

    private Decision keep(int index) {
        Worker w = situation.workers().get(index);
        boolean wouldGo = choice.free().counts()[index] == 0;
        Code code = wouldGo ? Code.NOT_WORTH_SWITCHING : Code.BEST_FLEET;
        String words = String.format(
                Locale.ROOT,
                wouldGo ? "%s; ending it would gain too little: %s" : "%s; belongs to the best fleet: %s",
                delivers(w.rate(), w.allInUsdPerHour()),
                outcome());
        return Decision.about(
                Action.KEEP, w.pool(), w.id(), new Reason(code, words, figures(w.rate(), w.allInUsdPerHour())));
    }

    private Decision end(Worker w) {
        Code code = whyEnd();
        String words = String.format(
                Locale.ROOT,
                "%s; %s: %s",
                delivers(w.rate(), w.allInUsdPerHour()),
                switch (code) {
                    case REPLACED -> "others in its place are better";
                    case LIMIT -> "more instances run than the limits allow";
                    default -> "the fleet is better off without it";
                },
                outcome());
        Reason reason = new Reason(code, words, figures(w.rate(), w.allInUsdPerHour()));
        return Decision.about(w.tasksInFlight() > 0 ? Action.DRAIN : Action.TERMINATE, w.pool(), w.id(), reason);
    }

    private Code whyEnd() {
        return situation.workers().size() > situation.limits().maxInstances()
                ? Code.LIMIT
                : choice.option().launches(situation) > 0 ? Code.REPLACED : Code.BUDGET;
    }

    private Decision launch(PoolOutlook p, int count) {
        boolean probe = HorizonProblem.unmeasured(p.rate());
        String words = String.format(
                Locale.ROOT,
                "%s%s, works after %.0f s: %s",
                probe ? "unmeasured type, probed: " : "",
                delivers(p.rate(), p.allInUsdPerHour()),
                p.startupSeconds(),
                outcome());
        return Decision.launch(
                p.pool(),
                count,
                new Reason(probe ? Code.EXPLORATION : Code.BEST_FLEET, words, figures(p.rate(), p.allInUsdPerHour())));
    }

    private static String delivers(RateEstimate rate, double usdPerHour) {
        return String.format(
                Locale.ROOT,
                "%.4g tasks/s at %.4f USD/h delivers %.4g tasks/USD",
                rate.tasksPerSecond(),
                usdPerHour,
                perUsd(rate, usdPerHour));
    }

    private String outcome() {
        return String.format(
                Locale.ROOT,
                "%.0f s and %.4f USD to the end, %.0f s and %.4f USD with the fleet as it is",
                choice.option().seconds(),
                choice.option().usd(),
                choice.held().seconds(),
                choice.held().usd());
    }

    private Map<String, Double> figures(RateEstimate rate, double usdPerHour) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("tasksPerSecond", rate.tasksPerSecond());
        figures.put("usdPerHour", usdPerHour);
        figures.put("tasksPerUsd", perUsd(rate, usdPerHour));
        if (situation.objective().hasBudget() && situation.leftUsd() > 0) {
            figures.put("neededTasksPerUsd", situation.tasksLeft() / situation.leftUsd());
        }
        figures.put("secondsToEnd", choice.option().seconds());
        figures.put("usdToEnd", choice.option().usd());
        return figures;
    }

    private static double perUsd(RateEstimate rate, double usdPerHour) {
        return usdPerHour > 0 ? rate.tasksPerSecond() * 3600 / usdPerHour : Double.POSITIVE_INFINITY;
    }
}
