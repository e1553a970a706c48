package io.cloudpits.core.sim;

import io.cloudpits.api.RunStatus;

/**
 * How a simulated run ended.
 *
 * @param status the controller's last word
 * @param finished whether all tasks were done
 * @param elapsedSeconds from the start to the last task, or to the end of the run if it did not finish
 * @param billUsd what the provider charged, worked out without the ledger, and the Job Manager
 * @param launches instances that were launched
 * @param interruptions instances that were taken back
 * @param alive instances still running
 */
public record RunResult(
        RunStatus status,
        boolean finished,
        double elapsedSeconds,
        double billUsd,
        int launches,
        int interruptions,
        int alive) {}
