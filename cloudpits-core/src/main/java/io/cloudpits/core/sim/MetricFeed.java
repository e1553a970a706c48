package io.cloudpits.core.sim;

import io.cloudpits.api.WorkerMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What simulated workers publish of themselves: a point each minute, some late, some never. Safe to share. */
final class MetricFeed {
    private static final long METRIC_PERIOD_SECONDS = 60;

    private final SimulationSettings settings;
    private final Dice dice;

    MetricFeed(SimulationSettings settings, Dice dice) {
        this.settings = settings;
        this.dice = dice;
    }

    /** Adds the points of an instance after an instant that have arrived by now. */
    void points(SimulatedInstance i, Instant since, Instant now, List<WorkerMetric> points) {
        if (i.failsTasks || i.readyAt.equals(Instant.MAX)) {
            return;
        }
        Instant last = SimulatedInstance.earlier(now, i.frozenAt);
        last = i.endAt == null ? last : SimulatedInstance.earlier(last, i.endAt);
        long first = Math.max(1, Duration.between(i.readyAt, since).getSeconds() / METRIC_PERIOD_SECONDS);
        for (long k = first; ; k++) {
            Instant at = i.readyAt.plusSeconds(k * METRIC_PERIOD_SECONDS);
            if (at.isAfter(last)) {
                return;
            }
            double delay = settings.mostMetricDelaySeconds() * dice.uniform("delay", i.ordinal, k);
            boolean lost = dice.uniform("loss", i.ordinal, k) < settings.metricLoss();
            if (at.isAfter(since)
                    && !lost
                    && !at.plusMillis((long) (delay * 1000)).isAfter(now)) {
                double noise = 0.9 + 0.2 * dice.uniform("noise", i.ordinal, k);
                double rate = i.tasksPerSecond * noise;
                points.add(new WorkerMetric(i.id, i.pool.instanceType(), at, rate, 0.05 * rate, null));
            }
        }
    }
}
