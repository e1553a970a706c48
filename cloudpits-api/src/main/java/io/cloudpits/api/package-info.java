/**
 * What an adapter implements and an embedder sees: the four interfaces of CloudPITS
 * ({@link io.cloudpits.api.PerformanceHistory}, {@link io.cloudpits.api.PriceSource},
 * {@link io.cloudpits.api.MetricSource}, {@link io.cloudpits.api.InstanceFleet}), the Job Manager's own
 * {@link io.cloudpits.api.ProgressSource}, and the values in their signatures.
 *
 * <p>Money is in US dollars, rates in tasks per second, times are {@link java.time.Instant}s and
 * {@link java.time.Duration}s; where a plain number is used its name ends with its unit. All values are
 * immutable and safe to share between threads. Every constructor refuses a bad value with an
 * {@link java.lang.IllegalArgumentException} that names the field and the value.
 */
@NullMarked
package io.cloudpits.api;

import org.jspecify.annotations.NullMarked;
