package io.cloudpits.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why something was decided, in words and in the numbers that were compared.
 *
 * @param code one word for machines
 * @param words one sentence for people
 * @param figures the numbers compared, by name with unit, in the order to show them
 */
public record Reason(Code code, String words, Map<String, Double> figures) {
    public Reason {
        Require.text("words", words);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** A reason without figures. */
    public static Reason of(Code code, String words) {
        return new Reason(code, words, Map.of());
    }

    /** What a decision came from. */
    public enum Code {
        /** Belongs to the best fleet for the objective. */
        BEST_FLEET,
        /** Better would exist, but the gain does not repay start-up and lost work. */
        NOT_WORTH_SWITCHING,
        /** A better instance takes its place. */
        REPLACED,
        /** The money left no longer carries it. */
        BUDGET,
        /** More instances than the limits allow. */
        LIMIT,
        /** Probes whether the program works on this image and architecture. */
        CANARY,
        /** Probes how fast an unmeasured type is. */
        EXPLORATION,
        /** Never reported within the time that start-up and one task take. */
        NEVER_REPORTED,
        /** Reported once and then no more. */
        STOPPED_REPORTING,
        /** Fails too many of its tasks. */
        QUARANTINED,
        /** AWS has announced to take it back. */
        INTERRUPTION,
        /** Not needed for the last tasks. */
        TAIL,
        /** The job is done, or was cancelled. */
        RUN_ENDED,
        /** Below the required tasks per dollar (the seed's rule). */
        BELOW_RATIO,
        /** At or above the required tasks per dollar (the seed's rule). */
        ABOVE_RATIO,
        /** Nothing can be decided now, because a source does not answer. */
        WAITING_FOR_DATA
    }
}
