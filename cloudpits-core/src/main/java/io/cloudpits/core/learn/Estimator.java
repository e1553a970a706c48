package io.cloudpits.core.learn;

import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.core.plan.RateEstimate;
import java.util.Collection;
import java.util.Map;

/**
 * Estimates what types and single instances deliver, from earlier runs and from this one. Errors are shares of a rate and
 * Gaussian on its logarithm; history, relatives and live measurements are combined by their precision.
 *
 * <ul>
 *   <li><b>Spread.</b> Instances of a type differ by a relative spread {@code s}: 7 %, as if four instances had shown it,
 *       together with what this run's instances show (their measurements' own errors taken off) and with the type's
 *       standard deviation in history.
 *   <li><b>Mean of a type.</b> Each instance counts with the variance {@code s^2 + e^2}, {@code e} the relative error of its
 *       own measurement: samples of one instance are correlated, so instances count and not samples. Of three or more,
 *       those beyond four standard deviations from the median do not.
 *   <li><b>This run's factor.</b> A run may be faster or slower than history as a whole (another data set, contention). The
 *       factor comes from the ratio of live and earlier rates over the types that have both, with a prior of 1 +- 5 %; it
 *       scales types without live measurements. A type may also drift by 3 % on its own.
 *   <li><b>Types never measured</b> get the rate per vCPU of their nearest measured relatives: the same family, processor,
 *       maker's generation, architecture, or any; with an error that grows from 10 to 60 % and that the relatives
 *       themselves correct. A type of unknown size gets the smallest measured rate, with an error of 100 %.
 *   <li><b>Before anything is measured</b> rates are guesses in proportion to vCPUs with an error of 100 %; the first
 *       measurement replaces them.
 *   <li><b>A belief that is plainly wrong yields</b>: where a measurement lies more than three standard deviations away,
 *       the belief is widened until it is three. So an instance that has come to a halt is seen as such.
 *   <li><b>Zero</b> is a measurement of nothing done: its instance is taken for a thousandth of its type, and the type's mean
 *       leaves it out.
 * </ul>
 *
 * An estimate's {@code spread} is what is particular to one instance and its {@code error} what it shares with its type.
 * Deterministic. Not safe for use by several threads.
 */
public final class Estimator {
    private RateModel model;

    /**
     * An estimator that knows history only.
     *
     * @param catalog facts of the types; a type that is missing is judged by its name
     * @param history by instance type
     * @param guessPerVcpu tasks per second and vCPU to guess while nothing was measured; above 0
     */
    public Estimator(
            Collection<InstanceTypeFacts> catalog, Map<String, ThroughputSummary> history, double guessPerVcpu) {
        this(catalog, history, Map.of(), EstimatorSettings.DEFAULT.withGuessPerVcpu(guessPerVcpu));
    }

    /**
     * An estimator that knows history and what the user expects.
     *
     * @param table tasks per second of one instance, by instance type, for types without history; a common factor is
     *     corrected by what is measured, so that relative speeds suffice
     * @throws IllegalArgumentException if a rate in the table is not a finite number above 0
     */
    public Estimator(
            Collection<InstanceTypeFacts> catalog,
            Map<String, ThroughputSummary> history,
            Map<String, Double> table,
            EstimatorSettings settings) {
        model = RateModel.of(settings, catalog, history, table);
    }

    /** Takes note of measurements; an instance's newest replaces its last, and instances that are gone keep theirs. */
    public void learn(Collection<Measured> measured) {
        model = model.learn(measured);
    }

    /** Whether anything was measured, in this run or before; a table of expectations is no measurement. */
    public boolean isMeasured() {
        return model.isMeasured();
    }

    /** How much faster this run is than history as a whole, 1 while nothing tells. */
    public double runFactor() {
        return model.factor();
    }

    /** What one instance of a type delivers. */
    public RateEstimate type(String instanceType) {
        return model.type(instanceType);
    }

    /** What this very instance delivers: its own measurement, shrunk to its type's mean. */
    public RateEstimate instance(String instanceId, String instanceType) {
        return model.instance(instanceId, instanceType);
    }
}
