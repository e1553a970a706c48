package io.cloudpits.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudpits.api.CloudPitsException;
import io.cloudpits.api.MetricSource;
import io.cloudpits.api.Metrics;
import io.cloudpits.api.WorkerMetric;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MetricSource} promises. */
public abstract class MetricSourceContract {
    private Published published;
    private MetricSource source;

    /** Workers that have published for some minutes, and a source that has received all of it. */
    protected abstract Published published();

    /** A source over a provider that does not answer. */
    protected abstract MetricSource brokenSource();

    /**
     * What was published.
     *
     * @param source the source
     * @param points every point published so far, in order of time, three at least of each of two instances
     * @param silentInstance an instance that has published nothing
     * @param now the present time
     */
    public record Published(MetricSource source, List<WorkerMetric> points, String silentInstance, Instant now) {}

    @BeforeEach
    void publish() {
        published = published();
        source = published.source();
        assertThat(ids()).as("instances that published").hasSizeGreaterThanOrEqualTo(2);
    }

    private Set<String> ids() {
        return Set.copyOf(
                published.points().stream().map(WorkerMetric::instanceId).toList());
    }

    private Instant before() {
        return published.points().get(0).at().minusSeconds(60);
    }

    private String anInstance() {
        return published.points().get(0).instanceId();
    }

    private List<WorkerMetric> of(String id) {
        return published.points().stream()
                .filter(p -> p.instanceId().equals(id))
                .toList();
    }

    @Test
    void returnsEverythingThatWasPublished() {
        Metrics metrics = source.since(ids(), before());

        assertThat(metrics.points()).containsExactlyInAnyOrderElementsOf(published.points());
        assertThat(metrics.complete()).isTrue();
    }

    @Test
    void returnsPointsInOrderOfTime() {
        assertThat(source.since(ids(), before()).points())
                .extracting(WorkerMetric::at)
                .isSorted();
    }

    @Test
    void returnsEachPointOnce() {
        assertThat(source.since(ids(), before()).points())
                .extracting(p -> p.instanceId() + p.at())
                .doesNotHaveDuplicates();
    }

    @Test
    void returnsOnlyTheAskedInstances() {
        assertThat(source.since(Set.of(anInstance()), before()).points()).containsExactlyElementsOf(of(anInstance()));
    }

    @Test
    void leavesOutThePointAtTheVeryInstantAndEverythingBefore() {
        List<WorkerMetric> points = of(anInstance());
        Instant second = points.get(1).at();

        assertThat(source.since(Set.of(anInstance()), second).points())
                .containsExactlyElementsOf(points.subList(2, points.size()));
        assertThat(source.since(Set.of(anInstance()), second.minusSeconds(1)).points())
                .containsExactlyElementsOf(points.subList(1, points.size()));
    }

    @Test
    void absentIsNotZero() {
        String silent = published.silentInstance();

        assertThat(source.since(Set.of(silent), before()).points()).isEmpty();
        assertThat(source.since(Set.of(silent, anInstance()), before()).points())
                .containsExactlyElementsOf(of(anInstance()));
    }

    @Test
    void anUnknownInstanceHasNoPoints() {
        assertThat(source.since(Set.of("i-00000000deadbeef0"), before()).points())
                .isEmpty();
    }

    @Test
    void askingForNoInstanceGivesNoPoints() {
        assertThat(source.since(Set.of(), before()).points()).isEmpty();
    }

    @Test
    void askingForTheFutureGivesNoPoints() {
        assertThat(source.since(ids(), published.now().plusSeconds(3600)).points())
                .isEmpty();
    }

    @Test
    void asksOfThePastGiveTheSameAgain() {
        assertThat(source.since(ids(), before()).points())
                .isEqualTo(source.since(ids(), before()).points());
    }

    @Test
    void aReadingCarriesItsTime() {
        assertThat(source.since(ids(), before()).asOf())
                .isBetween(published.now().minusSeconds(60), published.now().plusSeconds(60));
    }

    @Test
    void aProviderThatDoesNotAnswerIsAnErrorOfTheOutside() {
        MetricSource broken = brokenSource();

        assertThatThrownBy(() -> broken.since(Set.of("i-1"), before())).isInstanceOf(CloudPitsException.class);
    }

    @Test
    void severalThreadsGetTheSameAnswer() throws Exception {
        List<WorkerMetric> expected = source.since(ids(), before()).points();

        List<List<WorkerMetric>> answers =
                Together.inThreads(6, thread -> source.since(ids(), before()).points());

        assertThat(answers).hasSize(6).allSatisfy(answer -> assertThat(answer).isEqualTo(expected));
    }
}
