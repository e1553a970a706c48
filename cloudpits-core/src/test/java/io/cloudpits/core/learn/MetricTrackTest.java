package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MetricTrackTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MetricTrack track = new MetricTrack();

    @Test
    void leavesOutTheFirstPointWhichHoldsStartUp() {
        add(1, 0.2);
        assertThat(track.rate(600)).isEmpty();
        add(2, 1.0);
        add(3, 1.2);

        assertThat(track.rate(600).orElseThrow().tasksPerSecond()).isEqualTo(1.1, within(1e-12));
    }

    @Test
    void aPointCountsOnceHoweverOftenAndLateItComes() {
        add(1, 1);
        add(5, 1);
        assertThat(add(3, 4)).isTrue();
        assertThat(add(3, 4)).isFalse();
        assertThat(add(3, 9)).isFalse();

        assertThat(track.rate(600).orElseThrow().tasksPerSecond()).isEqualTo(2.5, within(1e-12));
    }

    @Test
    void zerosBetweenLongTasksCountAndZerosAfterTheLastDoNotYet() {
        for (int minute = 1; minute <= 40; minute++) {
            add(minute, minute % 10 == 0 ? 0.5 : 0);
        }
        for (int minute = 41; minute <= 49; minute++) {
            add(minute, 0);
        }

        assertThat(track.rate(600).orElseThrow().tasksPerSecond()).isEqualTo(0.05, within(1e-12));
    }

    @Test
    void zerosThatDoNotEndShowAHalt() {
        for (int minute = 1; minute <= 11; minute++) {
            add(minute, 1);
        }
        for (int minute = 12; minute <= 111; minute++) {
            add(minute, 0);
        }

        assertThat(track.rate(600).orElseThrow().tasksPerSecond()).isEqualTo(10 / 110.0, within(1e-12));
    }

    @Test
    void onlyZerosAreNoRate() {
        add(1, 0);
        add(2, 0);

        assertThat(track.rate(600)).isEmpty();
        assertThat(track.hasDelivered()).isFalse();
        assertThat(track.isEmpty()).isFalse();
    }

    @Test
    void keepsTheNewestPointsOnly() {
        for (int minute = 1; minute <= 500; minute++) {
            add(minute, minute <= 250 ? 10 : 1);
        }

        assertThat(track.rate(600).orElseThrow().tasksPerSecond()).isEqualTo(1, within(1e-12));
        assertThat(add(1, 10)).as("a point older than all that are kept").isFalse();
    }

    private boolean add(int minute, double rate) {
        return track.add(START.plusSeconds(60L * minute), rate);
    }
}
