package io.cloudpits.core.plan;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.core.plan.RateEstimate.Basis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds situations: certain rates, no start-up and no extra costs unless a test says otherwise. */
final class Situations {
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final List<PoolOutlook> pools = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private Objective objective;
    private Limits limits = Limits.ofInstances(10);
    private double spentUsd;
    private double tasksLeft;
    private double jobManagerUsdPerHour;
    private double jobManagerTasksPerSecond;
    private double startupSeconds;
    private TaskShape shape = TaskShape.FLUID;
    private PlanSettings settings = new PlanSettings(0, 0.04, 0, 0);

    Situations(double tasksLeft, Objective objective) {
        this.tasksLeft = tasksLeft;
        this.objective = objective;
    }

    static InstanceTypeFacts type(String name, int vcpus) {
        return new InstanceTypeFacts(name, vcpus, 4.0 * vcpus, Architecture.X86_64, 0, "");
    }

    Situations startup(double seconds) {
        startupSeconds = seconds;
        return this;
    }

    Situations limits(Limits value) {
        limits = value;
        return this;
    }

    Situations spent(double usd) {
        spentUsd = usd;
        return this;
    }

    Situations jobManager(double usdPerHour, double tasksPerSecond) {
        jobManagerUsdPerHour = usdPerHour;
        jobManagerTasksPerSecond = tasksPerSecond;
        return this;
    }

    Situations shape(TaskShape value) {
        shape = value;
        return this;
    }

    Situations settings(PlanSettings value) {
        settings = value;
        return this;
    }

    /** A Spot pool whose instances deliver a known rate. */
    Situations pool(String type, String zone, double tasksPerHour, double usdPerHour) {
        return pool(type, zone, new RateEstimate(tasksPerHour / 3600, 0, 0, Basis.HISTORY), usdPerHour, 0);
    }

    Situations pool(String type, String zone, RateEstimate rate, double usdPerHour, double usdPerLaunch) {
        pools.add(new PoolOutlook(
                CapacityPool.spot(type, zone),
                type(type, 4),
                usdPerHour,
                usdPerHour,
                3 * usdPerHour,
                rate,
                startupSeconds,
                usdPerLaunch,
                0,
                0,
                1_000));
        return this;
    }

    /** An instance that works since an hour. */
    Situations worker(String id, String type, double tasksPerHour, double usdPerHour) {
        return worker(id, type, tasksPerHour, usdPerHour, 0);
    }

    Situations worker(String id, String type, double tasksPerHour, double usdPerHour, double tasksInFlight) {
        workers.add(new Worker(
                id,
                CapacityPool.spot(type, "a"),
                type(type, 4),
                3600,
                0,
                usdPerHour,
                3 * usdPerHour,
                new RateEstimate(tasksPerHour / 3600, 0, 0, Basis.LIVE),
                0,
                0,
                tasksInFlight));
        return this;
    }

    Situation build() {
        return new Situation(
                NOW,
                objective,
                spentUsd,
                tasksLeft,
                jobManagerUsdPerHour,
                jobManagerTasksPerSecond,
                limits,
                0,
                0,
                pools,
                workers,
                shape,
                settings,
                Map.of());
    }
}
