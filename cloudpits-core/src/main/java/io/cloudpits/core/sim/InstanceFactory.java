package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.core.ledger.CostModel;
import java.time.Instant;

/** Makes simulated instances and draws their fate: start-up, speed, interruption, failure, freezing. Safe to share. */
final class InstanceFactory {
    private final Market market;
    private final SimulationSettings settings;
    private final CostModel costs;
    private final Dice dice;

    InstanceFactory(Market market, SimulationSettings settings, CostModel costs, Dice dice) {
        this.market = market;
        this.settings = settings;
        this.costs = costs;
        this.dice = dice;
    }

    /**
     * An instance that boots from now on.
     *
     * @param workers its slots; 0 for one per vCPU
     */
    SimulatedInstance boot(int ordinal, String runId, LaunchRequest request, Instant now, int workers) {
        CapacityPool pool = request.pool();
        int vcpus = market.facts(pool.instanceType()).vcpus();
        double mean = market.tasksPerSecond().getOrDefault(pool.instanceType(), 0.0);
        boolean works = mean > 0 && !settings.brokenImage();
        double startup = settings.meanStartupSeconds()
                + (settings.mostStartupSeconds() - settings.meanStartupSeconds())
                        * (2 * dice.uniform("startup", ordinal, 0) - 1)
                + costs.staging().toSeconds();
        Instant readyAt = works ? after(now, startup) : Instant.MAX;
        boolean freezes = dice.uniform("freezes", ordinal, 0) < settings.frozenShare();
        double frozenAfter = startup + 60 + 1200 * dice.uniform("frozen", ordinal, 0);
        return new SimulatedInstance(
                ordinal,
                runId,
                request.token(),
                pool,
                now,
                request.maxUsdPerHour(),
                speed(ordinal),
                mean,
                workers > 0 ? workers : Math.max(1, vcpus),
                readyAt,
                after(
                        now,
                        3600
                                * dice.exponential(
                                        "interrupted", ordinal, market.at(pool).interruptionsPerHour())),
                after(now, 3600 * dice.exponential("failed", ordinal, settings.executionFailuresPerHour())),
                freezes ? after(now, frozenAfter) : Instant.MAX,
                settings.failingPools().contains(pool));
    }

    private double speed(int ordinal) {
        return settings.speedRange() > 0
                ? 1 + settings.speedRange() * (2 * dice.uniform("speed", ordinal, 0) - 1)
                : dice.logNormal("speed", ordinal, settings.speedSigma());
    }

    private static Instant after(Instant now, double seconds) {
        return seconds < 1e9 ? now.plusMillis(Math.max(1, Math.round(seconds * 1000))) : Instant.MAX;
    }
}
