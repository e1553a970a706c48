package io.cloudpits.core.sim;

import io.cloudpits.api.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A quantity over time that changes in steps: from each step's instant on (inclusive) it has the step's value, until the
 * next step. Before its first step it has no value. Exact to the millisecond. Immutable.
 */
public final class StepFunction {
    private final long[] atMillis;
    private final double[] values;

    private StepFunction(long[] atMillis, double[] values) {
        this.atMillis = atMillis;
        this.values = values;
    }

    /** The same value at all times. */
    public static StepFunction constant(double value) {
        return new StepFunction(new long[] {Long.MIN_VALUE}, new double[] {value});
    }

    /** The steps of a map from instant to value; equal neighbours are merged, of one millisecond the last step counts. */
    public static StepFunction of(SortedMap<Instant, Double> steps) {
        long[] at = new long[steps.size()];
        double[] values = new double[steps.size()];
        int n = 0;
        for (var step : steps.entrySet()) {
            long millis = millis(step.getKey());
            if (n > 0 && at[n - 1] == millis) {
                n--;
            }
            if (n == 0 || values[n - 1] != step.getValue()) {
                at[n] = millis;
                values[n++] = step.getValue();
            }
        }
        return new StepFunction(Arrays.copyOf(at, n), Arrays.copyOf(values, n));
    }

    /** The value at an instant; empty before the first step. */
    public OptionalDouble at(Instant instant) {
        int i = indexAt(instant);
        return i < 0 ? OptionalDouble.empty() : OptionalDouble.of(values[i]);
    }

    /** The index of the step in force at an instant; -1 before the first step. */
    public int indexAt(Instant instant) {
        int i = Arrays.binarySearch(atMillis, millis(instant));
        return i >= 0 ? i : -i - 2;
    }

    private static long millis(Instant instant) {
        return instant.equals(Instant.MIN) ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    /** Number of steps. */
    public int size() {
        return values.length;
    }

    /** When a step begins. */
    public Instant instant(int index) {
        return atMillis[index] == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(atMillis[index]);
    }

    /** The value of a step. */
    public double value(int index) {
        return values[index];
    }

    /** The largest value of any step. */
    public double max() {
        if (values.length == 0) {
            throw Require.bad("steps", 0, "at least one step");
        }
        return Arrays.stream(values).max().getAsDouble();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StepFunction f
                && Arrays.equals(atMillis, f.atMillis)
                && Arrays.equals(values, f.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(atMillis) + Arrays.hashCode(values);
    }

    /** The number of steps and the first of them. */
    @Override
    public String toString() {
        return size() + " steps" + (size() == 0 ? "" : ", the first " + value(0) + " from " + instant(0));
    }
}
