package io.cloudpits.core.control;

import io.cloudpits.api.InstanceFleet;
import io.cloudpits.api.MetricSource;
import io.cloudpits.api.PerformanceHistory;
import io.cloudpits.api.PriceSource;
import io.cloudpits.api.ProgressSource;

/**
 * Everything outside that a run touches.
 *
 * @param history what earlier runs measured
 * @param prices what capacity costs
 * @param metrics what workers publish
 * @param fleet launches, lists and ends instances
 * @param progress the Job Manager's own count
 */
public record Ports(
        PerformanceHistory history,
        PriceSource prices,
        MetricSource metrics,
        InstanceFleet fleet,
        ProgressSource progress) {}
