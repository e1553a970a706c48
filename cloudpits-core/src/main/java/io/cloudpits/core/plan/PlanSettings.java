package io.cloudpits.core.plan;

import io.cloudpits.api.Require;

/**
 * How careful plans are.
 *
 * @param confidence {@code z}: budget and deadline are held with the sum of all rates lowered by so many standard
 *     deviations; default 1
 * @param switchingMargin a switch must bring the finish forward, or the cost down, by this share; default 0.04
 * @param stopSeconds seconds at the highest price that must stay in reserve for a forced stop; default 25
 * @param workersPerInstance workers of one instance; 0 means those of the run's requirements, else one per
 *     vCPU
 */
public record PlanSettings(double confidence, double switchingMargin, double stopSeconds, int workersPerInstance) {
    /** The defaults. */
    public static final PlanSettings DEFAULT = new PlanSettings(1, 0.04, 25, 0);

    public PlanSettings {
        Require.nonNegative("confidence", confidence);
        Require.between("switchingMargin", switchingMargin, 0, 1);
        Require.nonNegative("stopSeconds", stopSeconds);
        Require.atLeast("workersPerInstance", workersPerInstance, 0);
    }
}
