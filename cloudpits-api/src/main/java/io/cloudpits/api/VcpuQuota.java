package io.cloudpits.api;

import java.util.Set;

/**
 * A limit of the account on running vCPUs: AWS counts per group of families, Spot and On-Demand apart. What other runs
 * of the account use must already be taken off.
 *
 * @param name how messages call it
 * @param families the instance families it counts, such as {@code c5}; empty means all
 * @param purchaseOption which instances it counts
 * @param vcpus how many may run at once; at least 0
 */
public record VcpuQuota(String name, Set<String> families, PurchaseOption purchaseOption, int vcpus) {
    public VcpuQuota {
        Require.text("name", name);
        families = Set.copyOf(families);
        Require.atLeast("vcpus of " + name, vcpus, 0);
    }

    /** Whether instances of this type and purchase option count against this quota. */
    public boolean counts(InstanceTypeFacts type, PurchaseOption option) {
        return option == purchaseOption && (families.isEmpty() || families.contains(type.family()));
    }
}
