package io.cloudpits.core.learn;

import io.cloudpits.api.Require;

/**
 * What is believed of rates before anything is measured. All errors are standard deviations as a share of the rate.
 *
 * @param spread between instances of one type; default 0.07
 * @param spreadWeight how many instances that belief is worth; default 4
 * @param factorError how far this run as a whole may be from history; default 0.05
 * @param drift how far a type's mean may be from its history beside that, however long that history is; default 0.03
 * @param tableError of the rates in a table the user gives; default 0.3
 * @param guessPerVcpu tasks per second and vCPU to guess while nothing is known at all; only orders types by size
 */
public record EstimatorSettings(
        double spread, double spreadWeight, double factorError, double drift, double tableError, double guessPerVcpu) {
    /** The defaults; 1 task/s per vCPU is the guess. */
    public static final EstimatorSettings DEFAULT = new EstimatorSettings(0.07, 4, 0.05, 0.03, 0.3, 1);

    public EstimatorSettings {
        Require.positive("spread", spread);
        Require.positive("spreadWeight", spreadWeight);
        Require.positive("factorError", factorError);
        Require.positive("drift", drift);
        Require.positive("tableError", tableError);
        Require.positive("guessPerVcpu", guessPerVcpu);
    }

    /** The same with another guess. */
    public EstimatorSettings withGuessPerVcpu(double tasksPerSecond) {
        return new EstimatorSettings(spread, spreadWeight, factorError, drift, tableError, tasksPerSecond);
    }
}
