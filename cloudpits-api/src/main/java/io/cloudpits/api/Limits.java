package io.cloudpits.api;

import java.util.List;
import java.util.Set;

/**
 * What a fleet may be. Immutable; the {@code with} methods return changed copies.
 *
 * @param maxInstances the most instances at a time, those that are starting or ending included; at least 1
 * @param maxPerPool the most instances in one capacity pool; at least 1
 * @param maxPoolShare the largest share of {@code maxInstances} that one pool may hold, above 0 and at most 1; a pool may
 *     always hold one instance
 * @param quotas vCPU quotas
 * @param instanceTypes the types that may be used; empty means all
 * @param availabilityZones the zones that may be used; empty means all
 * @param purchaseOptions Spot, On-Demand or both; at least one
 */
public record Limits(
        int maxInstances,
        int maxPerPool,
        double maxPoolShare,
        List<VcpuQuota> quotas,
        Set<String> instanceTypes,
        Set<String> availabilityZones,
        Set<PurchaseOption> purchaseOptions) {
    public Limits {
        Require.atLeast("maxInstances", maxInstances, 1);
        Require.atLeast("maxPerPool", maxPerPool, 1);
        Require.between("maxPoolShare", maxPoolShare, Double.MIN_VALUE, 1);
        quotas = List.copyOf(quotas);
        instanceTypes = Set.copyOf(instanceTypes);
        availabilityZones = Set.copyOf(availabilityZones);
        purchaseOptions = Set.copyOf(purchaseOptions);
        if (purchaseOptions.isEmpty()) {
            throw Require.bad("purchaseOptions", purchaseOptions, "SPOT, ON_DEMAND or both");
        }
    }

    /** At most so many instances, Spot only, and no other limit. */
    public static Limits ofInstances(int maxInstances) {
        return new Limits(
                maxInstances, Integer.MAX_VALUE, 1, List.of(), Set.of(), Set.of(), Set.of(PurchaseOption.SPOT));
    }

    public Limits withMaxInstances(int instances) {
        return new Limits(
                instances, maxPerPool, maxPoolShare, quotas, instanceTypes, availabilityZones, purchaseOptions);
    }

    public Limits withMaxPerPool(int instances) {
        return new Limits(
                maxInstances, instances, maxPoolShare, quotas, instanceTypes, availabilityZones, purchaseOptions);
    }

    public Limits withMaxPoolShare(double share) {
        return new Limits(maxInstances, maxPerPool, share, quotas, instanceTypes, availabilityZones, purchaseOptions);
    }

    public Limits withQuotas(List<VcpuQuota> vcpuQuotas) {
        return new Limits(
                maxInstances, maxPerPool, maxPoolShare, vcpuQuotas, instanceTypes, availabilityZones, purchaseOptions);
    }

    public Limits withInstanceTypes(Set<String> types) {
        return new Limits(maxInstances, maxPerPool, maxPoolShare, quotas, types, availabilityZones, purchaseOptions);
    }

    public Limits withAvailabilityZones(Set<String> zones) {
        return new Limits(maxInstances, maxPerPool, maxPoolShare, quotas, instanceTypes, zones, purchaseOptions);
    }

    public Limits withPurchaseOptions(Set<PurchaseOption> options) {
        return new Limits(maxInstances, maxPerPool, maxPoolShare, quotas, instanceTypes, availabilityZones, options);
    }

    /** The most instances that one pool may hold: the smaller of {@code maxPerPool} and the share, at least 1. */
    public int poolCap() {
        double byShare = Math.max(1, Math.floor(maxPoolShare * maxInstances + 1e-9));
        return (int) Math.min(Math.min(maxPerPool, maxInstances), byShare);
    }

    /** Whether a pool is among the allowed types, zones and purchase options. */
    public boolean allows(CapacityPool pool) {
        return (instanceTypes.isEmpty() || instanceTypes.contains(pool.instanceType()))
                && (availabilityZones.isEmpty() || availabilityZones.contains(pool.availabilityZone()))
                && purchaseOptions.contains(pool.purchaseOption());
    }
}
