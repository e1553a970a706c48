package io.cloudpits.core.plan;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Forecast;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy decided.
 *
 * @param feasibility whether the objective can be met
 * @param decisions keep or end each worker, launch from pools; each with its reason
 * @param forecast how the run ends under this plan; null where nothing can be said
 * @param counters carried to the strategy's next plan
 */
public record Plan(
        Feasibility feasibility, List<Decision> decisions, @Nullable Forecast forecast, Map<String, Integer> counters) {
    public Plan {
        decisions = List.copyOf(decisions);
        counters = Map.copyOf(counters);
    }

    /** The decisions of one kind, in order. */
    public List<Decision> only(Decision.Action action) {
        return decisions.stream().filter(d -> d.action() == action).toList();
    }

    /** How the run ends under this plan, if anything can be said. */
    public Optional<Forecast> outlook() {
        return Optional.ofNullable(forecast);
    }
}
