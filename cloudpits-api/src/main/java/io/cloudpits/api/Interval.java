package io.cloudpits.api;

/**
 * A number that is not known exactly: its expected value, and bounds between which it lies in nine of ten cases.
 *
 * @param low 5 % quantile
 * @param expected best estimate
 * @param high 95 % quantile
 */
public record Interval(double low, double expected, double high) {
    public Interval {
        if (!(low <= expected && expected <= high)) {
            throw Require.bad("interval", low + ".." + expected + ".." + high, "low <= expected <= high");
        }
    }

    /** A number known exactly. */
    public static Interval exactly(double value) {
        return new Interval(value, value, value);
    }

    /** Whether a value lies within the bounds. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
