package io.cloudpits.api;

import java.time.Instant;
import java.util.List;

/**
 * The price steps of some pools.
 *
 * @param changes in order of time; for every pool that had a price at the asked instant, the first entry is that price
 *     (with the instant at which it came into force, which may be earlier)
 * @param completeUntil every change of the asked pools up to and including this instant is in {@code changes}; later
 *     changes may still be on their way
 */
public record PriceChanges(List<PriceChange> changes, Instant completeUntil) {
    public PriceChanges {
        changes = List.copyOf(changes);
        for (int i = 1; i < changes.size(); i++) {
            if (changes.get(i).at().isBefore(changes.get(i - 1).at())) {
                throw Require.bad("changes[" + i + "].at", changes.get(i).at(), "changes in order of time");
            }
        }
    }
}
