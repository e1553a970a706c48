package io.cloudpits.core.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A logarithm that is known with an error: errors of rates are shares, so that they are Gaussian on this scale.
 *
 * @param value natural logarithm of the quantity
 * @param variance of {@code value}; its root is the relative error where that is small
 */
record LogMean(double value, double variance) {
    private static final double OUTLIER = 4;
    private static final double SURPRISE = 3;

    /** Both, by their precision. */
    LogMean with(LogMean other) {
        double sum = variance + other.variance;
        return new LogMean((value * other.variance + other.value * variance) / sum, variance * other.variance / sum);
    }

    LogMean plus(double shift, double moreVariance) {
        return new LogMean(value + shift, variance + moreVariance);
    }

    /**
     * The variance a belief deserves when a measurement lies {@code distance} away: its own up to three standard
     * deviations, beyond them as much as makes the distance three. So a belief that is plainly wrong yields.
     *
     * @param noise variance of the measurement
     */
    static double yielding(double variance, double distance, double noise) {
        double needed = distance / SURPRISE;
        return Math.max(variance, needed * needed - noise);
    }

    /**
     * The mean by precision; of three or more without those that lie more than four of their standard deviations from the
     * weighted median.
     */
    static LogMean of(List<LogMean> all) {
        List<LogMean> kept = all.size() < 3 ? all : withoutOutliers(all);
        double precision = 0;
        double sum = 0;
        for (LogMean m : kept) {
            precision += 1 / m.variance;
            sum += m.value / m.variance;
        }
        return new LogMean(sum / precision, 1 / precision);
    }

    private static List<LogMean> withoutOutliers(List<LogMean> all) {
        double median = median(all);
        return all.stream()
                .filter(m -> Math.abs(m.value - median) <= OUTLIER * Math.sqrt(m.variance))
                .toList();
    }

    private static double median(List<LogMean> all) {
        List<LogMean> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingDouble(LogMean::value));
        double half = sorted.stream().mapToDouble(m -> 1 / m.variance).sum() / 2;
        double before = 0;
        for (LogMean m : sorted) {
            before += 1 / m.variance;
            if (before >= half) {
                return m.value;
            }
        }
        return sorted.get(sorted.size() - 1).value;
    }
}
