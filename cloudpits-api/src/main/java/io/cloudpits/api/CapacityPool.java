package io.cloudpits.api;

import java.util.Comparator;

/**
 * One instance type in one Availability Zone for one purchase option: the unit in which AWS prices, grants and
 * takes back capacity.
 *
 * @param instanceType the provider's name, such as {@code c5.4xlarge}
 * @param availabilityZone the zone's name, such as {@code eu-west-1a}
 * @param purchaseOption Spot or On-Demand
 */
public record CapacityPool(String instanceType, String availabilityZone, PurchaseOption purchaseOption)
        implements Comparable<CapacityPool> {
    private static final Comparator<CapacityPool> ORDER = Comparator.comparing(CapacityPool::instanceType)
            .thenComparing(CapacityPool::availabilityZone)
            .thenComparing(CapacityPool::purchaseOption);

    public CapacityPool {
        Require.text("instanceType", instanceType);
        Require.text("availabilityZone", availabilityZone);
    }

    /** The Spot pool of a type in a zone. */
    public static CapacityPool spot(String instanceType, String availabilityZone) {
        return new CapacityPool(instanceType, availabilityZone, PurchaseOption.SPOT);
    }

    /** The On-Demand pool of a type in a zone. */
    public static CapacityPool onDemand(String instanceType, String availabilityZone) {
        return new CapacityPool(instanceType, availabilityZone, PurchaseOption.ON_DEMAND);
    }

    /** By type, then zone, then purchase option. */
    @Override
    public int compareTo(CapacityPool other) {
        return ORDER.compare(this, other);
    }

    /** Such as {@code c5.4xlarge eu-west-1a spot}. */
    @Override
    public String toString() {
        return instanceType + ' ' + availabilityZone + (purchaseOption == PurchaseOption.SPOT ? " spot" : " on-demand");
    }
}
