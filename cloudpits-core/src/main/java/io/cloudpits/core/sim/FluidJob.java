package io.cloudpits.core.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tasks too small to matter one by one: work accrues at the sum of all rates. */
final class FluidJob extends SimulatedJob {
    private final double jobManagerTasksPerSecond;
    private final double penaltyPerInstance;
    private double done;

    FluidJob(JobScript script, double jobManagerTasksPerSecond, double penaltyPerInstance) {
        super(script);
        this.jobManagerTasksPerSecond = jobManagerTasksPerSecond;
        this.penaltyPerInstance = penaltyPerInstance;
    }

    private double factor(Instant now, List<SimulatedInstance> instances) {
        long working = instances.stream().filter(i -> i.works(now)).count();
        return Math.max(0, 1 - Math.max(0, working - 1) * penaltyPerInstance);
    }

    private double rate(Instant now, List<SimulatedInstance> instances) {
        double factor = factor(now, instances);
        double rate = jobManagerTasksPerSecond;
        for (SimulatedInstance i : instances) {
            rate += i.works(now) ? i.tasksPerSecond * factor : 0;
        }
        return rate;
    }

    @Override
    Instant next(Instant now, List<SimulatedInstance> instances) {
        double rate = rate(now, instances);
        if (finishedAt() != null || rate <= 0) {
            return Instant.MAX;
        }
        // up to the next millisecond, so that the work is really done then
        double millis = Math.ceil((total() - done) / rate * 1000);
        return now.plusMillis((long) Math.max(1, millis));
    }

    @Override
    void compute(Instant from, Instant to, List<SimulatedInstance> instances) {
        double seconds = Duration.between(from, to).toMillis() / 1000.0;
        double factor = factor(from, instances);
        if (finishedAt() == null) {
            done += rate(from, instances) * seconds;
        }
        for (SimulatedInstance i : instances) {
            if (i.works(from)) {
                i.committed += finishedAt() == null ? i.tasksPerSecond * factor * seconds : 0;
            } else if (i.failsTasks && i.isAlive() && !from.isBefore(i.readyAt)) {
                i.failed += seconds / 5;
            }
        }
        finishIfDone(to);
    }

    @Override
    void lost(SimulatedInstance instance) {
        // what a fluid job has in flight is too small to count
    }

    @Override
    double done() {
        return done;
    }

    @Override
    double inFlight(SimulatedInstance instance) {
        return 0;
    }

    @Override
    double meanTaskSeconds(SimulatedInstance instance) {
        return 0;
    }

    @Override
    void restart() {
        done = 0;
    }
}
