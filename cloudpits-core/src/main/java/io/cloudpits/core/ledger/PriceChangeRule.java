package io.cloudpits.core.ledger;

/** When a change of the Spot price reaches a running instance; AWS's own pages differ on it. */
public enum PriceChangeRule {
    /** At once. */
    IMMEDIATE,
    /** From the next full hour of the instance's own life: hour k is charged at the price in force at launch + k hours. */
    NEXT_INSTANCE_HOUR
}
