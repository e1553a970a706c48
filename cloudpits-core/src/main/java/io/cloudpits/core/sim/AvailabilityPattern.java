package io.cloudpits.core.sim;

import java.time.Duration;

/**
 * When a pool has capacity, to be repeated.
 *
 * @param capacity 1 where there is capacity, 0 where there is none, from its first step on
 * @param length from the first step until the pattern begins anew
 */
record AvailabilityPattern(StepFunction capacity, Duration length) {}
