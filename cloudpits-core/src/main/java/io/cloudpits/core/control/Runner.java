package io.cloudpits.core.control;

import io.cloudpits.api.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ticks a controller until its run is over, on a scheduler of the caller's. Safe for use by several threads. */
public final class Runner {
    private final Controller controller;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final CompletableFuture<RunStatus> result = new CompletableFuture<>();

    private Runner(Controller controller, ScheduledExecutorService scheduler, Clock clock) {
        this.controller = controller;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /**
     * Starts ticking. The future completes with the last status when the run is over; cancelling the future does not cancel
     * the run, {@link Controller#cancel} does.
     */
    public static CompletableFuture<RunStatus> untilDone(
            Controller controller, ScheduledExecutorService scheduler, Clock clock) {
        var runner = new Runner(controller, scheduler, clock);
        scheduler.execute(runner::tick);
        return runner.result;
    }

    private void tick() {
        try {
            RunStatus status = controller.tick();
            if (status.phase().isOver()) {
                result.complete(status);
            } else {
                long wait = Math.max(
                        0,
                        Duration.between(clock.instant(), controller.nextTick()).toMillis());
                scheduler.schedule(this::tick, wait, TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
