package io.cloudpits.api;

import java.time.Duration;
import java.time.Instant;

/**
 * How the run will end if nothing unforeseen happens, with start-up and the tail of the last tasks in it.
 *
 * @param asOf when it was made
 * @param secondsLeft seconds from {@code asOf} to the finish
 * @param costUsd total cost of the run at the finish, USD, what was spent before included
 */
public record Forecast(Instant asOf, Interval secondsLeft, Interval costUsd) {
    /** The expected finish; {@link Instant#MAX} where none is in sight. */
    public Instant finish() {
        if (!(secondsLeft.expected() < 1e12)) {
            return Instant.MAX;
        }
        return asOf.plus(Duration.ofMillis(Math.round(secondsLeft.expected() * 1000)));
    }
}
