package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.core.learn.Outages.Source;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<Source> PROGRESS = EnumSet.of(Source.PROGRESS);
    private static final Set<Source> BOTH = EnumSet.allOf(Source.class);

    private final Outages outages = new Outages();

    @Test
    void countsAllTimeWhileSourcesAnswer() {
        for (int m = 0; m <= 10; m++) {
            outages.tick(at(m), at(m), at(m));
        }

        assertThat(answered(2, 10, BOTH)).isEqualTo(8 * 60);
    }

    @Test
    void leavesOutTheTicksInWhichASourceDidNotAnswer() {
        for (int m = 0; m <= 10; m++) {
            boolean out = m >= 4 && m <= 6;
            outages.tick(at(m), out ? null : at(m), at(m));
        }

        assertThat(answered(0, 10, PROGRESS)).isEqualTo(7 * 60);
        assertThat(answered(0, 10, EnumSet.of(Source.METRICS))).isEqualTo(10 * 60);
        assertThat(answered(5, 10, BOTH)).isEqualTo(4 * 60);
        assertThat(answered(4, 5, BOTH)).isZero();
    }

    @Test
    void aReadingThatIsNotNewerIsNoAnswer() {
        outages.tick(at(0), at(0), null);
        outages.tick(at(1), at(0), null);
        outages.tick(at(2), at(2), null);

        assertThat(answered(0, 2, PROGRESS)).isEqualTo(60);
    }

    @Test
    void ofALongPauseOfTheControllerFiveMinutesCount() {
        outages.tick(at(0), at(0), at(0));
        outages.tick(at(120), at(120), at(120));

        assertThat(answered(0, 120, BOTH)).isEqualTo(300);
    }

    @Test
    void aClockThatGoesBackChangesNothing() {
        outages.tick(at(5), at(5), at(5));
        outages.tick(at(4), null, null);
        outages.tick(at(6), at(6), at(6));

        assertThat(answered(0, 6, BOTH)).isEqualTo(360);
    }

    private double answered(int from, int to, Set<Source> sources) {
        return outages.answeredSeconds(at(from), at(to), sources);
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
