package io.cloudpits.core.plan;

import io.cloudpits.api.Require;
import java.util.List;

/**
 * The fleets that could be had, and what they would do and cost.
 *
 * @param items kinds of instances
 * @param rows limits over all items
 * @param jobManagerTasksPerSecond {@code rJ}: what is computed without any instance
 * @param jobManagerUsdPerHour {@code pJ}: what is paid without any instance
 * @param confidence {@code z}: budget and deadline must hold with the summed rate lowered by so many standard deviations
 */
public record FleetProblem(
        List<FleetItem> items,
        List<FleetRow> rows,
        double jobManagerTasksPerSecond,
        double jobManagerUsdPerHour,
        double confidence) {
    public FleetProblem {
        items = List.copyOf(items);
        rows = List.copyOf(rows);
        Require.nonNegative("jobManagerTasksPerSecond", jobManagerTasksPerSecond);
        Require.nonNegative("jobManagerUsdPerHour", jobManagerUsdPerHour);
        Require.nonNegative("confidence", confidence);
        for (FleetRow row : rows) {
            if (row.weights().length != items.size()) {
                throw Require.bad("weights of " + row.name(), row.weights().length, "one per item: " + items.size());
            }
        }
    }

    /** The fleet with these counts. */
    Fleet fleet(int[] counts) {
        double rate = jobManagerTasksPerSecond;
        double price = jobManagerUsdPerHour;
        for (int i = 0; i < counts.length; i++) {
            rate += counts[i] * items.get(i).tasksPerSecond();
            price += counts[i] * items.get(i).usdPerHour();
        }
        return new Fleet(counts, rate, price);
    }
}
