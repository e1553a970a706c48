package io.cloudpits.api;

import java.time.Instant;
import java.util.List;

/**
 * One reading of the workers' metrics.
 *
 * @param points in order of time
 * @param asOf when the reading was made
 * @param complete false when a part is missing, so that an absent point means nothing
 */
public record Metrics(List<WorkerMetric> points, Instant asOf, boolean complete) {
    public Metrics {
        points = List.copyOf(points);
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).at().isBefore(points.get(i - 1).at())) {
                throw Require.bad("points[" + i + "].at", points.get(i).at(), "points in order of time");
            }
        }
    }

    /** A reading without points. */
    public static Metrics none(Instant asOf) {
        return new Metrics(List.of(), asOf, true);
    }
}
