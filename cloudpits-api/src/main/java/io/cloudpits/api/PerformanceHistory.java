package io.cloudpits.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Remembers, over all runs, what each instance type delivered for a workload. Safe for use by several threads.
 */
public interface PerformanceHistory {
    /**
     * What is known of a workload, by instance type.
     *
     * <p><b>Returns</b> one summary per type with at least one sample, in tasks per second of one instance. <b>Left
     * out</b>: types without samples; an unknown workload gives an empty map. <b>Fresh</b>: samples recorded before the
     * call by the same process are counted. <b>Cost</b>: one query.
     *
     * @throws CloudPitsException if the history cannot be read
     */
    Map<String, ThroughputSummary> throughput(Workload workload);

    /**
     * Records measurements, all of them or none. Recording an empty list does nothing. <b>Cost</b>: one transaction.
     *
     * @throws CloudPitsException if nothing was recorded
     */
    void record(Workload workload, List<ThroughputSample> samples);

    /**
     * The mean number of tasks of finished runs of this workload; empty if none was recorded. <b>Cost</b>: one query.
     *
     * @throws CloudPitsException if the history cannot be read
     */
    OptionalDouble meanTaskCount(Workload workload);

    /**
     * Records how many tasks a finished run had. <b>Cost</b>: one transaction.
     *
     * @param tasks above 0
     * @throws IllegalArgumentException if {@code tasks} is not a finite number above 0
     * @throws CloudPitsException if it was not recorded
     */
    void recordTaskCount(Workload workload, double tasks, Instant at);
}
