package io.cloudpits.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run at a glance, as of the last tick.
 *
 * @param runId the run
 * @param phase where it is
 * @param explanation why it is in this phase, in words and numbers
 * @param asOf the time of the last tick
 * @param startedAt the time of the first tick
 * @param spentUsd all that the run has cost, USD, Job Manager included
 * @param spentEstimated whether a part of {@code spentUsd} is estimated (never less than the truth)
 * @param budgetUsd the present budget, USD; infinite if there is none
 * @param tasksDone tasks done in this epoch
 * @param tasksTotal the total; null while it is not known
 * @param instances the instances that are running or starting
 * @param decisions what the last tick decided, and why
 * @param forecast how the run will end; null while nothing can be said
 * @param launches instances launched since the start
 * @param terminations instances that the run ended
 * @param interruptions instances that AWS took back
 */
public record RunStatus(
        String runId,
        RunPhase phase,
        String explanation,
        Instant asOf,
        Instant startedAt,
        double spentUsd,
        boolean spentEstimated,
        double budgetUsd,
        double tasksDone,
        @Nullable Double tasksTotal,
        List<FleetInstance> instances,
        List<Decision> decisions,
        @Nullable Forecast forecast,
        int launches,
        int terminations,
        int interruptions) {
    public RunStatus {
        instances = List.copyOf(instances);
        decisions = List.copyOf(decisions);
    }

    /** How the run will end, if anything can be said. */
    public Optional<Forecast> outlook() {
        return Optional.ofNullable(forecast);
    }
}
