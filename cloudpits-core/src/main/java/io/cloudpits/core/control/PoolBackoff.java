package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers who refused: a pool without capacity is left alone for three minutes, then six, up to an hour; a family
 * whose quota is exhausted likewise. A launch that succeeds, or an hour without a refusal, clears it. Not safe for use by several threads.
 */
final class PoolBackoff {
    private static final Duration FIRST = Duration.ofMinutes(3);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, Refused> refused = new TreeMap<>();

    /** Takes note of a refusal; throttling says nothing about capacity. */
    void refused(Refusal refusal, Instant now) {
        switch (refusal.kind()) {
            case POOL -> note(refusal.pool().toString(), now);
            case QUOTA -> note(family(refusal.pool()), now);
            case THROTTLED, CONFIGURATION -> {}
        }
    }

    /** An interruption says that the pool is short of capacity. */
    void interrupted(CapacityPool pool, Instant now) {
        note(pool.toString(), now);
    }

    /** The pool granted what was asked. */
    void granted(CapacityPool pool) {
        refused.remove(pool.toString());
        refused.remove(family(pool));
    }

    /** Whether the pool is to be left alone now. */
    boolean isBackedOff(CapacityPool pool, Instant now) {
        return isBackedOff(pool.toString(), now) || isBackedOff(family(pool), now);
    }

    private boolean isBackedOff(String key, Instant now) {
        Refused last = refused.get(key);
        return last != null && now.isBefore(last.until);
    }

    private void note(String key, Instant now) {
        Refused last = refused.get(key);
        if (last != null && now.isBefore(last.until)) {
            return;
        }
        boolean lately = last != null && !now.isAfter(last.until.plus(LONGEST));
        Duration pause = last != null && lately ? min(last.pause.multipliedBy(2), LONGEST) : FIRST;
        refused.put(key, new Refused(now.plus(pause), pause));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static String family(CapacityPool pool) {
        String name = InstanceTypeFacts.unknown(pool.instanceType()).family();
        return name + (pool.purchaseOption() == PurchaseOption.SPOT ? " spot quota" : " on-demand quota");
    }

    private record Refused(Instant until, Duration pause) {}
}
