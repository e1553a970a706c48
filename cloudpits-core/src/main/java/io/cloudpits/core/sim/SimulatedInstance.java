package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.EndCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An instance of the simulated provider. Not safe for use by several threads. */
final class SimulatedInstance {
    final int ordinal;
    final String id;
    final String runId;
    final String token;
    final CapacityPool pool;
    final Instant launchedAt;
    final double maxUsdPerHour;
    final double speedFactor;
    final double tasksPerSecond;
    final int slots;
    final Instant readyAt;
    final Instant interruptedAt;
    final Instant failedAt;
    final Instant frozenAt;
    final boolean failsTasks;

    @Nullable
    Instant endAt;

    @Nullable
    EndCause cause;

    @Nullable
    Instant stopAt;

    Instant leaseEndAt = Instant.MAX;
    double committed;
    double failed;
    boolean draining;

    SimulatedInstance(
            int ordinal,
            String runId,
            String token,
            CapacityPool pool,
            Instant launchedAt,
            double maxUsdPerHour,
            double speedFactor,
            double meanTasksPerSecond,
            int slots,
            Instant readyAt,
            Instant interruptedAt,
            Instant failedAt,
            Instant frozenAt,
            boolean failsTasks) {
        this.ordinal = ordinal;
        this.id = String.format("i-%08x", ordinal);
        this.runId = runId;
        this.token = token;
        this.pool = pool;
        this.launchedAt = launchedAt;
        this.maxUsdPerHour = maxUsdPerHour;
        this.speedFactor = speedFactor;
        this.tasksPerSecond = meanTasksPerSecond * speedFactor;
        this.slots = slots;
        this.readyAt = readyAt;
        this.interruptedAt = interruptedAt;
        this.failedAt = failedAt;
        this.frozenAt = frozenAt;
        this.failsTasks = failsTasks;
    }

    boolean isAlive() {
        return endAt == null;
    }

    /** Whether it computes at an instant. */
    boolean works(Instant now) {
        return isAlive() && !now.isBefore(readyAt) && now.isBefore(frozenAt) && !failsTasks;
    }

    /** The next instant at which something happens to it by itself. */
    Instant next(Instant now) {
        Instant next = earlier(earlier(interruptedAt, failedAt), leaseEndAt);
        next = readyAt.isAfter(now) ? earlier(next, readyAt) : next;
        next = frozenAt.isAfter(now) ? earlier(next, frozenAt) : next;
        return stopAt == null ? next : earlier(next, stopAt);
    }

    static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
