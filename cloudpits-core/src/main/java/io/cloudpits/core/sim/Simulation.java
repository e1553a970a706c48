package io.cloudpits.core.sim;

import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.PerformanceHistory;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.RunStatus;
import io.cloudpits.core.control.Controller;
import io.cloudpits.core.control.Ports;
import io.cloudpits.core.control.RunSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A run in simulated time: the product's own controller on a simulated cloud. Not safe for use by several threads; several
 * simulations may run side by side.
 */
public final class Simulation {
    private static final Duration LONGEST = Duration.ofDays(14);

    private final SimulatedCloud cloud;
    private final RunSettings settings;
    private final Controller controller;
    private final Instant startedAt;
    private final Map<String, Runnable> draining = new TreeMap<>();

    /** A run that begins now on a cloud which may hold other runs too. */
    public Simulation(SimulatedCloud cloud, RunSettings settings, PerformanceHistory history, JobScript job) {
        this(cloud, settings, history, job, new RunListener() {});
    }

    /** A run with a listener, which is called on the simulating thread. */
    public Simulation(
            SimulatedCloud cloud,
            RunSettings settings,
            PerformanceHistory history,
            JobScript job,
            RunListener listener) {
        this.cloud = cloud;
        this.settings = settings;
        this.startedAt = cloud.clock().instant();
        var progress = cloud.start(settings.runId(), job, settings.jobManager().tasksPerSecond());
        var ports = new Ports(history, cloud, cloud, cloud, progress);
        this.controller = new Controller(settings, ports, new JobManager(listener), Runnable::run, cloud.clock());
    }

    /** Runs to the end, or for 14 days. */
    public RunResult run() {
        return run(status -> {});
    }

    /** Runs to the end, or for 14 days, and shows every tick. */
    public RunResult run(Consumer<RunStatus> observer) {
        RunStatus status = step();
        observer.accept(status);
        while (!status.phase().isOver() && cloud.clock().instant().isBefore(startedAt.plus(LONGEST))) {
            cloud.advanceTo(controller.nextTick());
            status = step();
            observer.accept(status);
        }
        return result();
    }

    /** One tick at the cloud's present time. */
    public RunStatus step() {
        new TreeMap<>(draining).forEach((id, drained) -> {
            if (cloud.isEmpty(id)) {
                draining.remove(id);
                drained.run();
            }
        });
        return controller.tick();
    }

    /** The controller, for changes on the way. */
    public Controller controller() {
        return controller;
    }

    /** How the run stands, with the provider's own figures. */
    public RunResult result() {
        RunStatus status = controller.status();
        Instant finished = cloud.finishedAt(settings.runId());
        Instant end = finished != null ? finished : status.asOf();
        double hours = Duration.between(startedAt, status.asOf()).toMillis() / 3_600_000.0;
        double jobManagerUsd = settings.jobManager().usdPerHour() * hours;
        return new RunResult(
                status,
                finished != null,
                Duration.between(startedAt, end).toMillis() / 1000.0,
                cloud.billUsd(settings.runId()) + jobManagerUsd,
                cloud.launchCount(settings.runId()),
                cloud.interruptionCount(settings.runId()),
                cloud.aliveCount(settings.runId()));
    }

    /** Plays the Job Manager's part in draining. */
    private final class JobManager implements RunListener {
        private final RunListener other;

        JobManager(RunListener other) {
            this.other = other;
        }

        @Override
        public void ready(FleetInstance instance) {
            other.ready(instance);
        }

        @Override
        public void draining(FleetInstance instance, Instant deadline, Runnable drained) {
            cloud.drain(instance.id());
            draining.put(instance.id(), drained);
            other.draining(instance, deadline, drained);
        }

        @Override
        public void gone(FleetInstance instance, io.cloudpits.api.Reason reason) {
            draining.remove(instance.id());
            other.gone(instance, reason);
        }

        @Override
        public void duplicate(FleetInstance instance) {
            other.duplicate(instance);
        }

        @Override
        public void ticked(RunStatus status) {
            other.ticked(status);
        }

        @Override
        public void budgetRaised(double fromUsd, double toUsd) {
            other.budgetRaised(fromUsd, toUsd);
        }
    }
}
