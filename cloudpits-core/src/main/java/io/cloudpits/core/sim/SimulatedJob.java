package io.cloudpits.core.sim;

import io.cloudpits.api.Progress;
import io.cloudpits.api.WorkerProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A job on the simulated cloud: its work accrues while instances compute. Not safe for use by several threads. */
abstract sealed class SimulatedJob permits FluidJob, DiscreteJob {
    private final JobScript script;
    private int epoch;
    private @Nullable Instant finishedAt;
    private double total;

    SimulatedJob(JobScript script) {
        this.script = script;
        this.total = script.tasks();
    }

    double total() {
        return total;
    }

    JobScript script() {
        return script;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    /** When the next thing happens to the job's tasks, if the instances stay as they are. */
    abstract Instant next(Instant now, List<SimulatedInstance> instances);

    /** Computes up to an instant, until which nothing happens to the instances. */
    abstract void compute(Instant from, Instant to, List<SimulatedInstance> instances);

    /** An instance ended: what it held is to be done again. */
    abstract void lost(SimulatedInstance instance);

    abstract double done();

    abstract double inFlight(SimulatedInstance instance);

    abstract double meanTaskSeconds(SimulatedInstance instance);

    /** All is lost that was done. */
    abstract void restart();

    /** The next instant at which the script changes something. */
    final Instant nextChange(Instant now) {
        return script.changes().keySet().stream()
                .filter(at -> at.isAfter(now))
                .findFirst()
                .orElse(Instant.MAX);
    }

    final void apply(Instant now) {
        JobScript.Change change = script.changes().get(now);
        if (change == null) {
            return;
        }
        if (change.restart()) {
            epoch++;
            restart();
            finishedAt = null;
        }
        total = change.total() > 0 ? change.total() : total;
    }

    final void finishIfDone(Instant now) {
        if (finishedAt == null && done() >= total - 1e-9 * Math.max(1, total)) {
            finishedAt = now;
        }
    }

    final Progress progress(Instant now, List<SimulatedInstance> instances, boolean heartbeats) {
        Map<String, WorkerProgress> workers = new TreeMap<>();
        double inFlight = 0;
        for (SimulatedInstance i : instances) {
            if (i.isAlive() && !now.isBefore(i.readyAt)) {
                boolean answers = heartbeats && now.isBefore(i.frozenAt);
                Instant heartbeat = answers ? now : heartbeats ? i.frozenAt : null;
                double mean = meanTaskSeconds(i);
                workers.put(
                        i.id,
                        new WorkerProgress(i.committed, i.failed, inFlight(i), heartbeat, mean > 0 ? mean : null));
                inFlight += inFlight(i);
            }
        }
        Double told = script.totalKnown() ? (Double) total : null;
        return new Progress(epoch, Math.min(done(), total), told, inFlight, finishedAt != null, now, workers);
    }
}
