package io.cloudpits.api;

import java.time.Instant;
import java.util.Set;

/** Tells what running workers deliver. Safe for use by several threads. */
public interface MetricSource {
    /**
     * The data points of some instances after an instant.
     *
     * <p><b>Returns</b> points with {@code at > since}, in order of time, in tasks per second. <b>Left out</b>: instances
     * that published nothing; absent is not zero. <b>Fresh</b>: points may arrive late, and a later call may return
     * points that an earlier one did not; the caller deduplicates by instance and time. <b>Cost</b>: one round of calls.
     *
     * @throws CloudPitsException if no metrics can be had at all
     */
    Metrics since(Set<String> instanceIds, Instant since);
}
