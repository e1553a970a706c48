package io.cloudpits.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.CloudPitsException;
import io.cloudpits.api.Offer;
import io.cloudpits.api.Offers;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceChanges;
import io.cloudpits.api.PriceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PriceSource} promises. The provider behind it knows three Spot pools and nothing else. */
public abstract class PriceSourceContract {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final CapacityPool A = CapacityPool.spot("c5.large", "eu-west-1a");
    private static final CapacityPool B = CapacityPool.spot("c5.large", "eu-west-1b");
    private static final CapacityPool C = CapacityPool.spot("m5.xlarge", "eu-west-1a");
    private static final CapacityPool NEVER = CapacityPool.spot("m5.xlarge", "eu-west-1b");

    /** In order of time: three steps of A, one of B, two of C. */
    private static final List<PriceChange> STEPS = List.of(
            new PriceChange(B, NOW.minus(HOUR.multipliedBy(30)), 0.040),
            new PriceChange(A, NOW.minus(HOUR.multipliedBy(20)), 0.031),
            new PriceChange(C, NOW.minus(HOUR.multipliedBy(10)), 0.070),
            new PriceChange(A, NOW.minus(HOUR.multipliedBy(6)), 0.032),
            new PriceChange(C, NOW.minus(HOUR.multipliedBy(4)), 0.075),
            new PriceChange(A, NOW.minus(HOUR.multipliedBy(2)), 0.033));

    /**
     * A source over a provider that had exactly these price steps.
     *
     * @param steps in order of time; those after {@code now} have not happened yet
     * @param now the provider's time
     */
    protected abstract PriceSource sourceOf(List<PriceChange> steps, Instant now);

    /** A source over a provider that does not answer. */
    protected abstract PriceSource brokenSource();

    private PriceSource source() {
        return sourceOf(STEPS, NOW);
    }

    private static double usd(Offers offers, CapacityPool pool) {
        return offers.offers().stream()
                .filter(o -> o.pool().equals(pool))
                .findFirst()
                .orElseThrow()
                .usdPerHour();
    }

    @Test
    void offersThePriceInForce() {
        Offers offers = source().offers(Set.of());

        assertThat(offers.offers()).extracting(Offer::pool).containsExactlyInAnyOrder(A, B, C);
        assertThat(usd(offers, A)).isEqualTo(0.033);
        assertThat(usd(offers, B)).isEqualTo(0.040);
        assertThat(usd(offers, C)).isEqualTo(0.075);
        assertThat(offers.complete()).isTrue();
    }

    @Test
    void doesNotOfferPricesThatAreStillToCome() {
        Offers offers = sourceOf(STEPS, NOW.minus(HOUR.multipliedBy(8))).offers(Set.of());

        assertThat(usd(offers, A)).isEqualTo(0.031);
        assertThat(usd(offers, C)).isEqualTo(0.070);
    }

    @Test
    void leavesOutAPoolThatHasNoPriceYet() {
        Offers offers = sourceOf(STEPS, NOW.minus(HOUR.multipliedBy(15))).offers(Set.of());

        assertThat(offers.offers()).extracting(Offer::pool).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void aPriceIsInForceFromItsVeryInstant() {
        Offers offers = sourceOf(STEPS, NOW.minus(HOUR.multipliedBy(2))).offers(Set.of());

        assertThat(usd(offers, A)).isEqualTo(0.033);
    }

    @Test
    void offersOnlyTheAskedTypes() {
        Offers offers = source().offers(Set.of("c5.large"));

        assertThat(offers.offers()).extracting(Offer::pool).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void leavesOutTypesThatTheProviderDoesNotKnow() {
        Offers offers = source().offers(Set.of("m5.xlarge", "x0.unknown"));

        assertThat(offers.offers()).extracting(Offer::pool).containsExactly(C);
    }

    @Test
    void offersCarryTheirInstants() {
        Offers offers = source().offers(Set.of());

        assertThat(offers.asOf()).isBetween(NOW.minusSeconds(60), NOW.plusSeconds(60));
        assertThat(offers.offers())
                .allSatisfy(o -> assertThat(o.asOf()).isBetween(NOW.minus(HOUR), NOW.plusSeconds(60)));
    }

    @Test
    void noPriceExceedsItsCeiling() {
        assertThat(source().offers(Set.of()).offers())
                .allSatisfy(o -> assertThat(o.ceilingUsdPerHour()).isGreaterThanOrEqualTo(o.usdPerHour()));
    }

    @Test
    void changesBeginWithThePriceInForceAndGoOnInOrder() {
        PriceChanges changes = source().changes(Set.of(A), NOW.minus(HOUR.multipliedBy(7)));

        assertThat(changes.changes()).startsWith(STEPS.get(1), STEPS.get(3)).allSatisfy(c -> assertThat(c.pool())
                .isEqualTo(A));
        assertEverythingUntilComplete(changes, Set.of(A), STEPS.get(1).at());
    }

    @Test
    void changesOfSeveralPoolsComeInOrderOfTime() {
        PriceChanges changes = source().changes(Set.of(A, B, C), NOW.minus(HOUR.multipliedBy(5)));

        assertThat(changes.changes()).startsWith(STEPS.get(0), STEPS.get(2), STEPS.get(3));
        assertEverythingUntilComplete(changes, Set.of(B), STEPS.get(0).at());
        assertEverythingUntilComplete(changes, Set.of(C), STEPS.get(2).at());
        assertEverythingUntilComplete(changes, Set.of(A), STEPS.get(3).at());
    }

    /** Every step of the pools from an instant up to the answer's {@code completeUntil} is there, once. */
    private static void assertEverythingUntilComplete(PriceChanges changes, Set<CapacityPool> pools, Instant from) {
        List<PriceChange> final_ = changes.changes().stream()
                .filter(c -> pools.contains(c.pool()) && !c.at().isAfter(changes.completeUntil()))
                .toList();
        assertThat(final_)
                .containsExactlyElementsOf(STEPS.stream()
                        .filter(c -> pools.contains(c.pool()))
                        .filter(c -> !c.at().isBefore(from) && !c.at().isAfter(changes.completeUntil()))
                        .toList());
    }

    @Test
    void aChangeAtTheVeryInstantIsThePriceInForce() {
        PriceChanges changes = source().changes(Set.of(A), NOW.minus(HOUR.multipliedBy(6)));

        assertThat(changes.changes()).first().isEqualTo(STEPS.get(3));
    }

    @Test
    void aPoolWhosePriceBeganLaterBeginsWithItsFirst() {
        PriceChanges changes = source().changes(Set.of(C), NOW.minus(HOUR.multipliedBy(25)));

        assertThat(changes.changes()).startsWith(STEPS.get(2));
    }

    @Test
    void isCompleteUpToARecentInstantThatIsNotInTheFuture() {
        PriceChanges changes = source().changes(Set.of(A, B, C), NOW.minus(HOUR.multipliedBy(5)));

        assertThat(changes.completeUntil()).isBetween(NOW.minus(HOUR), NOW.plusSeconds(60));
    }

    @Test
    void leavesOutPoolsThatNeverHadAPrice() {
        PriceChanges changes = source().changes(Set.of(NEVER, B), NOW.minus(HOUR));

        assertThat(changes.changes()).containsExactly(STEPS.get(0));
    }

    @Test
    void changesOfNoPoolAreNone() {
        assertThat(source().changes(Set.of(), NOW.minus(HOUR)).changes()).isEmpty();
    }

    @Test
    void askingAgainLaterGivesTheSameStepsUpToWhereTheyWereComplete() {
        Instant since = NOW.minus(HOUR.multipliedBy(9));
        PriceChanges early = sourceOf(STEPS, NOW.minus(HOUR.multipliedBy(3))).changes(Set.of(A, B, C), since);
        PriceChanges late = source().changes(Set.of(A, B, C), since);

        assertThat(early.completeUntil()).isBeforeOrEqualTo(late.completeUntil());
        assertThat(upTo(early.completeUntil(), late)).containsExactlyElementsOf(upTo(early.completeUntil(), early));
    }

    private static List<PriceChange> upTo(Instant until, PriceChanges changes) {
        return changes.changes().stream().filter(c -> !c.at().isAfter(until)).toList();
    }

    @Test
    void aProviderThatDoesNotAnswerIsAnErrorOfTheOutside() {
        PriceSource broken = brokenSource();

        assertThatThrownBy(() -> broken.offers(Set.of())).isInstanceOf(CloudPitsException.class);
        assertThatThrownBy(() -> broken.changes(Set.of(A), NOW)).isInstanceOf(CloudPitsException.class);
    }

    @Test
    void severalThreadsGetTheSameAnswers() throws Exception {
        PriceSource source = source();
        Set<Offer> offers = Set.copyOf(source.offers(Set.of()).offers());
        List<PriceChange> changes =
                source.changes(Set.of(A, B, C), NOW.minus(HOUR)).changes();

        Together.inThreads(6, thread -> {
                    for (int i = 0; i < 5; i++) {
                        assertThat(source.offers(Set.of()).offers())
                                .extracting(Offer::pool)
                                .containsExactlyInAnyOrderElementsOf(
                                        offers.stream().map(Offer::pool).toList());
                        assertThat(source.changes(Set.of(A, B, C), NOW.minus(HOUR))
                                        .changes())
                                .isEqualTo(changes);
                    }
                    return thread;
                })
                .forEach(thread -> assertThat(thread).isNotNegative());
    }
}
