package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.WorkerProgress;
import io.cloudpits.core.learn.CommitTrack.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommitTrackTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final LivenessPolicy POLICY =
            new LivenessPolicy(LivenessSettings.of(Duration.ofSeconds(150), 0), 0.2);

    @Test
    void knowsNothingBeforeASecondCommit() {
        CommitTrack track = new CommitTrack(0.2);
        note(track, 60, 0, 0, 16);
        note(track, 120, 4, 0, 16);

        assertThat(track.rate(POLICY)).isEmpty();
    }

    /** 100 commits in 1000 s after the first 10; c = 0.2: rate 0.1 / (1 + 0.04/100), error 0.2/10, the tick's, the 4 held's. */
    @Test
    void countsCommitsFromTheFirstToTheLast() {
        CommitTrack track = new CommitTrack(0.2);
        for (int k = 0; k <= 10; k++) {
            note(track, 300 + 100 * k, 10 + 10 * k, 0, 4);
        }

        Rate rate = track.rate(POLICY).orElseThrow();

        assertThat(rate.tasksPerSecond()).isEqualTo(0.1 / 1.0004, within(1e-12));
        double tick = 10.0 / 1000;
        assertThat(rate.relativeError())
                .isEqualTo(Math.sqrt(0.04 / 100 + tick * tick / 6 + 16.0 / 12 / 100 / 100), within(1e-12));
    }

    @Test
    void doesNotLookSlowerWhileALongTaskRuns() {
        CommitTrack track = new CommitTrack(0);
        int done = 0;
        for (int minute = 0; minute <= 170; minute++) {
            done += minute > 0 && minute % 45 == 0 ? 8 : 0;
            note(track, 60 * minute, done, 0, 8);
            if (minute > 90) {
                assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond())
                        .as("minute %d", minute)
                        .isEqualTo(8 / 2700.0, within(1e-9));
            }
        }
    }

    @Test
    void showsAHaltOnceItOutlastsEveryEarlierWait() {
        CommitTrack track = new CommitTrack(0.2);
        for (int k = 0; k <= 20; k++) {
            note(track, 60 * k, 6 * k, 0, 4);
        }
        double working = track.rate(POLICY).orElseThrow().tasksPerSecond();
        int k = 21;
        for (; k <= 20 + 119; k++) {
            note(track, 60 * k, 120, 0, 4);
        }
        assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond()).isEqualTo(working);

        for (; k <= 20 + 240; k++) {
            note(track, 60 * k, 120, 0, 4);
        }
        assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond()).isLessThan(0.12 * working);
    }

    @Test
    void timeWithoutTasksDoesNotCount() {
        CommitTrack track = new CommitTrack(0.2);
        note(track, 60, 6, 0, 4);
        note(track, 120, 12, 0, 4);
        note(track, 180, 18, 0, 0);
        for (int minute = 4; minute < 600; minute++) {
            note(track, 60 * minute, 18, 0, 0);
        }
        note(track, 36_000, 18, 0, 4);
        note(track, 36_060, 24, 0, 4);

        assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond()).isBetween(0.07, 0.1);
    }

    @Test
    void countersThatStartAgainKeepWhatWasCountedAndGiveNoNegativeRate() {
        CommitTrack track = new CommitTrack(0.2);
        note(track, 60, 6, 1, 4);
        note(track, 120, 12, 1, 4);
        assertThat(track.note(worker(2, 0, 4), at(720), true)).isFalse();
        note(track, 780, 8, 1, 4);
        note(track, 840, 14, 1, 4);

        assertThat(track.committed()).isEqualTo(24);
        assertThat(track.failed()).isEqualTo(2);
        assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond()).isEqualTo(0.1, within(0.001));
    }

    @Test
    void countersThatFallBackByThemselvesAreTakenAsStartedAgain() {
        CommitTrack track = new CommitTrack(0.2);
        note(track, 60, 6, 0, 4);
        note(track, 120, 12, 0, 4);
        note(track, 180, 1, 0, 4);
        note(track, 240, 7, 0, 4);

        assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond()).isEqualTo(0.1, within(0.001));
    }

    @Test
    void aReadingThatIsNotNewerChangesNothing() {
        CommitTrack track = new CommitTrack(0.2);
        note(track, 60, 6, 0, 4);
        note(track, 120, 12, 0, 4);

        assertThat(track.note(worker(50, 0, 4), at(120), false)).isFalse();
        assertThat(track.note(worker(3, 0, 4), at(60), false)).isFalse();
        assertThat(track.committed()).isEqualTo(12);
    }

    @Test
    void forgetsWhatIsOlderThanAnHourAndAHundredCommits() {
        CommitTrack track = new CommitTrack(0.2);
        double done = 0;
        for (int minute = 0; minute < 600; minute++) {
            done += minute < 300 ? 60 : 30;
            note(track, 60 * minute, done, 0, 4);
        }

        assertThat(track.rate(POLICY).orElseThrow().tasksPerSecond()).isEqualTo(0.5, within(0.001));
    }

    /** Slots that begin together return their tasks in waves, which must not be taken for speed. */
    @Test
    void theFirstWavesDoNotMakeItLookFast() {
        for (double cv : new double[] {0.1, 0.2, 0.5}) {
            int inside = 0;
            double ratios = 0;
            for (int seed = 0; seed < 600; seed++) {
                Rate rate = simulate(new Random(seed), 16, 600, cv, 780 + 60 * (seed % 40));
                double off = rate.tasksPerSecond() / (16 / 600.0);
                ratios += off / 600;
                inside += Math.abs(off - 1) <= 2 * rate.relativeError() ? 1 : 0;
            }
            assertThat(ratios)
                    .as("mean ratio of estimate and truth at cv %s", cv)
                    .isBetween(0.92, 1.08);
            assertThat(inside).as("of 600 within twice the error at cv %s", cv).isGreaterThan(540);
        }
    }

    /** Sixteen slots with log-normal tasks of 10 min, read each minute: within twice the claimed error in 90 % of cases. */
    @Test
    void theClaimedErrorHoldsForTasksOfRandomLength() {
        int inside = 0;
        int all = 0;
        double ratios = 0;
        for (int seed = 0; seed < 400; seed++) {
            Rate rate = simulate(new Random(seed), 16, 600, 0.5, 3600 * (1 + seed % 3));
            double off = rate.tasksPerSecond() / (16 / 600.0);
            ratios += off;
            all++;
            inside += Math.abs(off - 1) <= 2 * rate.relativeError() ? 1 : 0;
        }

        assertThat(ratios / all).as("mean ratio of estimate and truth").isBetween(0.97, 1.03);
        assertThat((double) inside / all).as("%d of %d", inside, all).isGreaterThan(0.9);
    }

    private static Rate simulate(Random random, int slots, double mean, double cv, int seconds) {
        CommitTrack track = new CommitTrack(cv);
        PriorityQueue<Double> ends = new PriorityQueue<>();
        double sigma = Math.sqrt(Math.log1p(cv * cv));
        for (int i = 0; i < slots; i++) {
            ends.add(mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2));
        }
        int done = 0;
        note(track, 0, 0, 0, slots);
        for (int t = 60; t <= seconds; t += 60) {
            while (ends.element() <= t) {
                done++;
                ends.add(ends.remove() + mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2));
            }
            note(track, t, done, 0, slots);
        }
        return track.rate(POLICY).orElseThrow();
    }

    private static void note(CommitTrack track, int second, double committed, double failed, double inFlight) {
        track.note(worker(committed, failed, inFlight), at(second), false);
    }

    private static WorkerProgress worker(double committed, double failed, double inFlight) {
        return new WorkerProgress(committed, failed, inFlight, null, null);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
