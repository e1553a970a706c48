package io.cloudpits.core.learn;

import io.cloudpits.core.learn.CommitTrack.Rate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The data points that one instance published of itself, each once however often and late it is delivered, the newest 240.
 *
 * <p>Its rate is their mean from the second point above 0, since the first holds part of start-up, to the last one above 0;
 * points of 0 between them count: long tasks leave them. Points of 0 at the end count once they outlast three times any
 * earlier row of them, or the longest task. The error is the points' coefficient of variation, 0.1 at least, over the root
 * of their number.
 */
final class MetricTrack {
    private static final int MOST = 240;
    private static final double LEAST_CV = 0.1;
    private static final double LEAST_ERROR = 0.01;

    private final TreeMap<Instant, Double> points = new TreeMap<>();
    private boolean delivered;

    /** Takes a point in; false if it is known or too old to matter. */
    boolean add(Instant at, double tasksPerSecond) {
        boolean old = points.size() == MOST && at.isBefore(points.firstKey());
        if (old || points.containsKey(at)) {
            return false;
        }
        points.put(at, tasksPerSecond);
        if (points.size() > MOST) {
            points.pollFirstEntry();
        }
        delivered |= tasksPerSecond > 0;
        return true;
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /** Whether it ever published a rate above 0. */
    boolean hasDelivered() {
        return delivered;
    }

    /** Its rate; nothing before the second point above 0. */
    Optional<Rate> rate(double longestTaskSeconds) {
        List<Map.Entry<Instant, Double>> all = new ArrayList<>(points.entrySet());
        int first = next(all, 0);
        int last = first;
        double longestWait = 0;
        for (int i = next(all, first + 1); i < all.size(); i = next(all, i + 1)) {
            longestWait = Math.max(longestWait, seconds(all, last, i));
            last = i;
        }
        if (last == first) {
            return Optional.empty();
        }
        boolean halted = seconds(all, last, all.size() - 1) > Math.max(3 * longestWait, longestTaskSeconds);
        return Optional.of(mean(all.subList(first + 1, halted ? all.size() : last + 1)));
    }

    private static int next(List<Map.Entry<Instant, Double>> all, int from) {
        int i = from;
        while (i < all.size() && all.get(i).getValue() == 0) {
            i++;
        }
        return i;
    }

    private static double seconds(List<Map.Entry<Instant, Double>> all, int from, int to) {
        return Outages.seconds(all.get(from).getKey(), all.get(to).getKey());
    }

    private static Rate mean(List<Map.Entry<Instant, Double>> rates) {
        double mean = rates.stream().mapToDouble(Map.Entry::getValue).sum() / rates.size();
        double squares = rates.stream()
                .mapToDouble(r -> (r.getValue() - mean) * (r.getValue() - mean))
                .sum();
        double cv = rates.size() < 2 ? 0 : Math.sqrt(squares / (rates.size() - 1)) / mean;
        return new Rate(mean, Math.max(LEAST_ERROR, Math.max(cv, LEAST_CV) / Math.sqrt(rates.size())));
    }
}
