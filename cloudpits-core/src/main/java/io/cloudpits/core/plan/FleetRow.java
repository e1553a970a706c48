package io.cloudpits.core.plan;

import io.cloudpits.api.Require;

/**
 * A linear limit on a fleet: {@code sum weights[i] n[i] <= cap}, such as the number of instances or a vCPU quota.
 *
 * @param name what it limits
 * @param weights one weight per item, each at least 0; not copied, and not to be changed
 * @param cap the limit; at least 0
 */
public record FleetRow(String name, double[] weights, double cap) {
    public FleetRow {
        Require.nonNegative("cap of " + name, cap);
        for (double weight : weights) {
            Require.nonNegative("weight in " + name, weight);
        }
    }
}
