package io.cloudpits.core.plan;

import io.cloudpits.api.Require;

/**
 * One kind of instance a fleet can be made of.
 *
 * @param tasksPerSecond effective rate of one instance
 * @param usdPerHour effective price of one instance, USD per hour
 * @param min at least so many; 0 or more
 * @param max at most so many; at least {@code min}
 * @param spread standard deviation of the rate between instances, independent from one to the next
 * @param type whose mean the rate estimate shares
 * @param typeError standard error of the type's mean rate, shared by all its instances
 */
public record FleetItem(
        double tasksPerSecond, double usdPerHour, int min, int max, double spread, String type, double typeError) {
    public FleetItem {
        Require.nonNegative("tasksPerSecond of " + type, tasksPerSecond);
        Require.nonNegative("usdPerHour of " + type, usdPerHour);
        Require.atLeast("min of " + type, min, 0);
        Require.atLeast("max of " + type, max, min);
        Require.nonNegative("spread of " + type, spread);
        Require.nonNegative("typeError of " + type, typeError);
    }
}
