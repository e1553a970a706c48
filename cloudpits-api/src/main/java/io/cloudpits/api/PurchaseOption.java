package io.cloudpits.api;

/** How an instance is bought. */
public enum PurchaseOption {
    /** Spare capacity at a varying price, which AWS may take back. */
    SPOT,
    /** Capacity at the list price, which AWS does not take back. */
    ON_DEMAND
}
