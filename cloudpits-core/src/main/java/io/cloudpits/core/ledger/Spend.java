package io.cloudpits.core.ledger;

/**
 * What a run has cost up to an instant.
 *
 * @param workersUsd instances: price, disk, address, metrics and launches
 * @param jobManagerUsd the Job Manager
 * @param tasksUsd costs per task
 * @param estimated whether a part is not known exactly yet; the sum is then never less than the truth
 */
public record Spend(double workersUsd, double jobManagerUsd, double tasksUsd, boolean estimated) {
    /** All together, USD. */
    public double totalUsd() {
        return workersUsd + jobManagerUsd + tasksUsd;
    }
}
