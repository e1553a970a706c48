package io.cloudpits.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CloudPitsException;
import io.cloudpits.api.PerformanceHistory;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.api.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PerformanceHistory} promises. */
public abstract class PerformanceHistoryContract {
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Workload WORKLOAD = new Workload("stack", "d41d8cd9", Map.of("aph", "0.1", "np", "5"));

    private PerformanceHistory history;

    /** A history without any record. */
    protected abstract PerformanceHistory emptyHistory();

    /** A history whose store does not answer; empty where there is no store that could fail. */
    protected abstract Optional<PerformanceHistory> brokenHistory();

    /** By how much a number may differ from what was recorded, relative; more where a store has fewer digits. */
    protected double tolerance() {
        return 1e-9;
    }

    @BeforeEach
    void begin() {
        history = emptyHistory();
    }

    private static ThroughputSample sample(String type, String instance, double rate, int second) {
        return new ThroughputSample(type, instance, rate, AT.plusSeconds(second));
    }

    private void assertNear(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(tolerance() * Math.max(1, Math.abs(expected))));
    }

    @Test
    void anUnknownWorkloadHasNoSummaries() {
        assertThat(history.throughput(WORKLOAD)).isEmpty();
    }

    @Test
    void summarisesTheSamplesOfAType() {
        history.record(
                WORKLOAD,
                List.of(
                        sample("c5.large", "i-1", 2, 0),
                        sample("c5.large", "i-1", 4, 60),
                        sample("c5.large", "i-2", 9, 30)));

        ThroughputSummary summary = history.throughput(WORKLOAD).get("c5.large");

        assertThat(summary.instanceType()).isEqualTo("c5.large");
        assertNear(summary.meanTasksPerSecond(), 5);
        assertNear(summary.stdDevTasksPerSecond(), Math.sqrt(26.0 / 3)); // (9 + 1 + 16) / 3, of the population
        assertThat(summary.samples()).isEqualTo(3);
        assertThat(summary.instances()).isEqualTo(2);
        assertThat(summary.newest()).isEqualTo(AT.plusSeconds(60));
    }

    @Test
    void aSingleSampleHasNoDeviation() {
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2.5, 0)));

        ThroughputSummary summary = history.throughput(WORKLOAD).get("c5.large");

        assertNear(summary.meanTasksPerSecond(), 2.5);
        assertNear(summary.stdDevTasksPerSecond(), 0);
        assertThat(summary.samples()).isEqualTo(1);
    }

    @Test
    void equalSamplesHaveNoDeviation() {
        for (int i = 0; i < 50; i++) {
            history.record(WORKLOAD, List.of(sample("c5.large", "i-" + i % 7, 1e6 + 0.5, i)));
        }

        ThroughputSummary summary = history.throughput(WORKLOAD).get("c5.large");

        assertNear(summary.meanTasksPerSecond(), 1e6 + 0.5);
        assertThat(summary.stdDevTasksPerSecond()).isBetween(0.0, 1e6 * Math.max(1e-6, tolerance()));
        assertThat(summary.instances()).isEqualTo(7);
    }

    @Test
    void manySamplesAgreeWithTheSumsDoneByHand() {
        Random random = new Random(11);
        List<Double> rates = new ArrayList<>();
        List<ThroughputSample> samples = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double rate = 10 * Math.exp(random.nextGaussian());
            rates.add(rate);
            samples.add(sample("m6g.xlarge", "i-" + i % 20, rate, i));
        }
        history.record(WORKLOAD, samples);

        double mean = rates.stream().mapToDouble(r -> r).average().orElseThrow();
        double variance = rates.stream()
                .mapToDouble(r -> (r - mean) * (r - mean))
                .average()
                .orElseThrow();
        ThroughputSummary summary = history.throughput(WORKLOAD).get("m6g.xlarge");
        assertNear(summary.meanTasksPerSecond(), mean);
        assertNear(summary.stdDevTasksPerSecond(), Math.sqrt(variance));
        assertThat(summary.samples()).isEqualTo(200);
        assertThat(summary.instances()).isEqualTo(20);
    }

    @Test
    void keepsTypesApart() {
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2, 0), sample("c6g.large", "i-2", 3, 0)));

        Map<String, ThroughputSummary> summaries = history.throughput(WORKLOAD);

        assertThat(summaries).containsOnlyKeys("c5.large", "c6g.large");
        assertNear(summaries.get("c5.large").meanTasksPerSecond(), 2);
        assertNear(summaries.get("c6g.large").meanTasksPerSecond(), 3);
    }

    @Test
    void theNewestSampleIsTheLatestWhateverTheOrderOfRecording() {
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2, 500)));
        history.record(WORKLOAD, List.of(sample("c5.large", "i-2", 3, 100)));

        assertThat(history.throughput(WORKLOAD).get("c5.large").newest()).isEqualTo(AT.plusSeconds(500));
    }

    @Test
    void keepsWorkloadsApart() {
        List<Workload> others = List.of(
                new Workload("other", "d41d8cd9", WORKLOAD.parameters()),
                new Workload("stack", "ffffffff", WORKLOAD.parameters()),
                new Workload("stack", "d41d8cd9", Map.of("aph", "0.2", "np", "5")),
                new Workload("stack", "d41d8cd9", Map.of("aph", "0.1")),
                new Workload("stack", "d41d8cd9", Map.of()));
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2, 0)));
        history.recordTaskCount(WORKLOAD, 1000, AT);

        for (Workload other : others) {
            assertThat(history.throughput(other)).as("%s", other).isEmpty();
            assertThat(history.meanTaskCount(other)).as("%s", other).isEmpty();
        }
    }

    @Test
    void equalWorkloadsShareTheirHistoryWhateverTheOrderOfTheirParameters() {
        Map<String, String> reversed = new LinkedHashMap<>();
        reversed.put("np", "5");
        reversed.put("aph", "0.1");
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2, 0)));
        history.record(new Workload("stack", "d41d8cd9", reversed), List.of(sample("c5.large", "i-2", 4, 0)));

        assertNear(history.throughput(WORKLOAD).get("c5.large").meanTasksPerSecond(), 3);
    }

    @Test
    void takesAnyTextAsAParameter() {
        Workload odd = new Workload("p", "h", Map.of("name with 'quotes' and =", "; drop \"x\" -- ü 学", "empty", ""));
        history.record(odd, List.of(sample("c5.large", "i-1", 2, 0)));

        assertThat(history.throughput(odd)).containsOnlyKeys("c5.large");
        assertThat(history.throughput(new Workload("p", "h", Map.of("empty", ""))))
                .isEmpty();
    }

    @Test
    void recordingNothingDoesNothing() {
        history.record(WORKLOAD, List.of());

        assertThat(history.throughput(WORKLOAD)).isEmpty();
    }

    @Test
    void recordsAllSamplesOrNone() {
        List<ThroughputSample> withAGap = Arrays.asList(sample("c5.large", "i-1", 2, 0), null);

        assertThatThrownBy(() -> history.record(WORKLOAD, withAGap)).isInstanceOf(RuntimeException.class);

        assertThat(history.throughput(WORKLOAD)).isEmpty();
    }

    @Test
    void whatItReturnedDoesNotChangeAfterwards() {
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2, 0)));
        Map<String, ThroughputSummary> before = history.throughput(WORKLOAD);
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 4, 0), sample("m5.large", "i-1", 4, 0)));

        assertThat(before).containsOnlyKeys("c5.large");
        assertNear(before.get("c5.large").meanTasksPerSecond(), 2);
    }

    @Test
    void thereIsNoMeanTaskCountBeforeTheFirst() {
        history.record(WORKLOAD, List.of(sample("c5.large", "i-1", 2, 0)));

        assertThat(history.meanTaskCount(WORKLOAD)).isEmpty();
    }

    @Test
    void averagesTaskCounts() {
        history.recordTaskCount(WORKLOAD, 1000, AT);
        history.recordTaskCount(WORKLOAD, 2000, AT.plusSeconds(1));
        history.recordTaskCount(WORKLOAD, 2000, AT.plusSeconds(1));

        assertNear(history.meanTaskCount(WORKLOAD).orElseThrow(), 5000.0 / 3);
        assertThat(history.throughput(WORKLOAD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesABadTaskCountAndRecordsNothing(double tasks) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.recordTaskCount(WORKLOAD, tasks, AT))
                .withMessageContaining("tasks")
                .withMessageContaining(String.valueOf(tasks));

        assertThat(history.meanTaskCount(WORKLOAD)).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAnErrorOfTheOutside() {
        brokenHistory().ifPresent(PerformanceHistoryContract::assertFails);
    }

    private static void assertFails(PerformanceHistory broken) {
        List<ThroughputSample> samples = List.of(sample("c5.large", "i-1", 2, 0));
        assertThatThrownBy(() -> broken.throughput(WORKLOAD)).isInstanceOf(CloudPitsException.class);
        assertThatThrownBy(() -> broken.record(WORKLOAD, samples)).isInstanceOf(CloudPitsException.class);
        assertThatThrownBy(() -> broken.meanTaskCount(WORKLOAD)).isInstanceOf(CloudPitsException.class);
        assertThatThrownBy(() -> broken.recordTaskCount(WORKLOAD, 1, AT)).isInstanceOf(CloudPitsException.class);
    }

    @Test
    void severalThreadsRecordAndReadWithoutLosingAnything() throws Exception {
        int threads = 6;
        int batches = 20;
        Together.inThreads(threads, thread -> {
            for (int i = 0; i < batches; i++) {
                history.record(
                        WORKLOAD,
                        List.of(
                                sample("c5.large", "i-" + thread, 1 + thread, i),
                                sample("m5.large", "i-" + thread, 10, i)));
                history.recordTaskCount(WORKLOAD, 100 * (1 + thread), AT);
                history.throughput(WORKLOAD);
                history.meanTaskCount(WORKLOAD);
            }
            return thread;
        });

        ThroughputSummary summary = history.throughput(WORKLOAD).get("c5.large");
        assertThat(summary.samples()).isEqualTo(threads * batches);
        assertThat(summary.instances()).isEqualTo(threads);
        assertNear(summary.meanTasksPerSecond(), 3.5);
        assertThat(history.throughput(WORKLOAD).get("m5.large").samples()).isEqualTo(threads * batches);
        assertNear(history.meanTaskCount(WORKLOAD).orElseThrow(), 350);
    }

    @Test
    void severalThreadsMeetTheSameNewWorkload() throws Exception {
        Together.inThreads(6, thread -> {
            history.record(WORKLOAD, List.of(sample("c5.large", "i-" + thread, 2, thread)));
            return thread;
        });

        assertThat(history.throughput(WORKLOAD).get("c5.large").samples()).isEqualTo(6);
    }
}
