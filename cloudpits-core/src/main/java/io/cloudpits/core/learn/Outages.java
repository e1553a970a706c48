package io.cloudpits.core.learn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When the sources of signals did not answer. A source answers in a tick when its reading is newer than its last: one that
 * repeats an old reading is out, too. Of a long pause between ticks only the last five minutes count as answered, for it is
 * the controller that was out.
 */
final class Outages {
    private static final Duration LONGEST_TICK = Duration.ofMinutes(5);

    /** Who tells signals. */
    enum Source {
        PROGRESS,
        METRICS
    }

    private final Map<Source, Instant> read = new EnumMap<>(Source.class);
    private final List<Outage> outages = new ArrayList<>();
    private @Nullable Instant last;

    /** Takes note of a tick and of the times of the sources' readings, null where one failed. */
    void tick(Instant now, @Nullable Instant progress, @Nullable Instant metrics) {
        boolean told = advance(Source.PROGRESS, progress);
        boolean measured = advance(Source.METRICS, metrics);
        if (last != null && now.isAfter(last)) {
            Instant paused = now.minus(LONGEST_TICK);
            if (paused.isAfter(last)) {
                add(last, paused, EnumSet.allOf(Source.class));
                last = paused;
            }
            Set<Source> out = EnumSet.noneOf(Source.class);
            if (!told) {
                out.add(Source.PROGRESS);
            }
            if (!measured) {
                out.add(Source.METRICS);
            }
            add(last, now, out);
        }
        last = last == null || now.isAfter(last) ? now : last;
    }

    private boolean advance(Source source, @Nullable Instant asOf) {
        Instant before = read.get(source);
        if (asOf == null || (before != null && !asOf.isAfter(before))) {
            return false;
        }
        read.put(source, asOf);
        return true;
    }

    private void add(Instant from, Instant to, Set<Source> out) {
        if (out.isEmpty()) {
            return;
        }
        int end = outages.size() - 1;
        if (end >= 0
                && outages.get(end).to.equals(from)
                && outages.get(end).sources.equals(out)) {
            outages.set(end, new Outage(outages.get(end).from, to, out));
        } else {
            outages.add(new Outage(from, to, out));
        }
    }

    /** Whether a source has ever answered. */
    boolean hasAnswered(Source source) {
        return read.containsKey(source);
    }

    /** Seconds between two instants in which all of some sources answered. */
    double answeredSeconds(Instant from, Instant to, Set<Source> sources) {
        double seconds = seconds(from, to);
        for (int i = outages.size() - 1; i >= 0 && outages.get(i).to.isAfter(from); i--) {
            Outage o = outages.get(i);
            if (o.sources.stream().anyMatch(sources::contains)) {
                seconds -= Math.max(0, seconds(later(from, o.from), earlier(to, o.to)));
            }
        }
        return Math.max(0, seconds);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private record Outage(Instant from, Instant to, Set<Source> sources) {}
}
