package io.cloudpits.core.learn;

import io.cloudpits.core.learn.Outages.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long instances of this run took from launch to work. Counted only where the beginning was seen: an instance that was
 * at work when first seen, or whose sources were out meanwhile, tells nothing.
 */
final class Startups {
    private static final double YOUNG_SECONDS = 120;

    private final double expectedSeconds;
    private final List<Double> measured = new ArrayList<>();
    private final Map<String, Instant> silentAt = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    Startups(double expectedSeconds) {
        this.expectedSeconds = expectedSeconds;
    }

    /** Takes note of an instance in a tick. */
    void note(WorkerRecord r, Instant now, Outages outages) {
        String id = r.instance().id();
        if (!r.hasReported()) {
            silentAt.put(id, now);
        } else if (known.add(id)) {
            measure(r, silentAt.remove(id), now, outages);
        }
    }

    /** The first signal came after the last silent tick; in the middle between them on average. */
    private void measure(WorkerRecord r, @Nullable Instant before, Instant now, Outages outages) {
        Instant launched = r.instance().launchedAt();
        Instant first = r.firstSignal().orElse(now);
        boolean seen = before != null || Outages.seconds(launched, now) <= YOUNG_SECONDS;
        double seconds = Outages.seconds(launched, first);
        double answered = outages.answeredSeconds(launched, first, EnumSet.of(Source.PROGRESS));
        if (seen && answered >= seconds - 1) {
            double tick = before == null ? 0 : Math.max(0, Outages.seconds(before, first));
            double task = r.firstWasWork() ? r.commits().taskSeconds() : 0;
            measured.add(Math.max(0, seconds - tick / 2 - task));
        }
    }

    /** No longer of interest. */
    void forget(String instanceId) {
        silentAt.remove(instanceId);
        known.remove(instanceId);
    }

    /** The median of this run's, else as expected; seconds. */
    double seconds() {
        if (measured.isEmpty()) {
            return expectedSeconds;
        }
        List<Double> sorted = measured.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
