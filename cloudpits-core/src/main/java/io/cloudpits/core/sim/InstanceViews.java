package io.cloudpits.core.sim;

import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.InstanceState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the provider tells of simulated instances: states, ends (perhaps late) and interruption notices. Safe to share. */
final class InstanceViews {
    private static final Duration NOTICE = Duration.ofSeconds(120);
    private static final Duration RUNNING_AFTER = Duration.ofSeconds(20);

    private final Market market;
    private final SimulationSettings settings;

    InstanceViews(Market market, SimulationSettings settings) {
        this.market = market;
        this.settings = settings;
    }

    /** An instance as a listing shows it. */
    FleetInstance of(SimulatedInstance i, Instant now) {
        Instant end = i.endAt;
        EndCause cause = i.cause;
        boolean told = end != null
                && !end.plusMillis(Math.round(settings.endDelaySeconds() * 1000))
                        .isAfter(now);
        boolean running = !now.isBefore(i.launchedAt.plus(RUNNING_AFTER));
        InstanceState state = end != null
                ? (told ? InstanceState.ENDED : InstanceState.ENDING)
                : i.stopAt != null ? InstanceState.ENDING : running ? InstanceState.RUNNING : InstanceState.PENDING;
        FleetInstance.End known = told && end != null && cause != null ? new FleetInstance.End(end, cause) : null;
        String address = !now.isBefore(i.readyAt) ? "10.0." + i.ordinal / 250 + "." + (i.ordinal % 250 + 1) : null;
        return new FleetInstance(i.id, i.pool, i.token, state, i.launchedAt, known, notice(i, now), false, address, "");
    }

    private @Nullable Instant notice(SimulatedInstance i, Instant now) {
        if (!settings.notices() || !i.isAlive()) {
            return null;
        }
        if (!i.interruptedAt.isAfter(now.plus(NOTICE))) {
            return i.interruptedAt;
        }
        StepFunction capacity = market.at(i.pool).capacity();
        int next = capacity.indexAt(now) + 1;
        boolean down = next < capacity.size()
                && capacity.value(next) == 0
                && !capacity.instant(next).isAfter(now.plus(NOTICE));
        return down ? capacity.instant(next) : null;
    }
}
