package io.cloudpits.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final InstanceTypeFacts C5 = new InstanceTypeFacts("c5.xlarge", 4, 8, Architecture.X86_64, 0, "");

    @Test
    void poolsAreOrderedByTypeZoneAndOption() {
        List<CapacityPool> pools = new ArrayList<>(List.of(
                CapacityPool.onDemand("c5.large", "b"),
                CapacityPool.spot("m5.large", "a"),
                CapacityPool.spot("c5.large", "b"),
                CapacityPool.spot("c5.large", "a")));
        pools.sort(null);

        assertThat(pools)
                .extracting(CapacityPool::toString)
                .containsExactly("c5.large a spot", "c5.large b spot", "c5.large b on-demand", "m5.large a spot");
    }

    @Test
    void workloadsAreEqualWhateverTheOrderOfTheirParameters() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("aph", "1");
        one.put("np", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("np", "2");
        other.put("aph", "1");

        assertThat(new Workload("p", "d", one)).isEqualTo(new Workload("p", "d", other));
        assertThat(new Workload("p", "d", one)).isNotEqualTo(Workload.of("p", "d"));
    }

    @Test
    void whatWasGivenCannotBeChangedLater() {
        List<Offer> offers = new ArrayList<>();
        var answer = new Offers(offers, NOW, true);
        offers.add(new Offer(CapacityPool.spot("c5.large", "a"), 0.1, 0.2, NOW));
        Map<String, String> parameters = new LinkedHashMap<>();
        var workload = new Workload("p", "d", parameters);
        parameters.put("late", "1");

        assertThat(answer.offers()).isEmpty();
        assertThat(workload.parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, 1, 10",
        "10, 3, 1, 3",
        "10, 100, 0.25, 2",
        "10, 100, 0.05, 1",
        "3, 100, 0.34, 1",
        "4, 9, 0.5, 2"
    })
    void aPoolMayHoldItsMaximumOrItsShareButOneAlways(int instances, int perPool, double share, int cap) {
        Limits limits = Limits.ofInstances(instances).withMaxPerPool(perPool).withMaxPoolShare(share);

        assertThat(limits.poolCap()).isEqualTo(cap);
    }

    @Test
    void limitsAllowTypesZonesAndOptions() {
        CapacityPool pool = CapacityPool.spot("c5.large", "a");
        Limits all = Limits.ofInstances(5);

        assertThat(all.allows(pool)).isTrue();
        assertThat(all.allows(CapacityPool.onDemand("c5.large", "a"))).isFalse();
        assertThat(all.withInstanceTypes(Set.of("m5.large")).allows(pool)).isFalse();
        assertThat(all.withAvailabilityZones(Set.of("b")).allows(pool)).isFalse();
        assertThat(all.withPurchaseOptions(Set.of(PurchaseOption.ON_DEMAND)).allows(pool))
                .isFalse();
        assertThat(all.withMaxInstances(9).maxInstances()).isEqualTo(9);
    }

    @Test
    void aQuotaCountsItsFamiliesAndItsOption() {
        var quota = new VcpuQuota("standard", Set.of("c5", "m5"), PurchaseOption.SPOT, 100);

        assertThat(quota.counts(C5, PurchaseOption.SPOT)).isTrue();
        assertThat(quota.counts(C5, PurchaseOption.ON_DEMAND)).isFalse();
        assertThat(quota.counts(InstanceTypeFacts.unknown("r5.large"), PurchaseOption.SPOT))
                .isFalse();
        assertThat(new VcpuQuota("all", Set.of(), PurchaseOption.SPOT, 1).counts(C5, PurchaseOption.SPOT))
                .isTrue();
    }

    @Test
    void requirementsSayWhyATypeIsOut() {
        var burstable = new InstanceTypeFacts("t3.xlarge", 4, 16, Architecture.X86_64, 0, "");
        assertThat(Requirements.none().objection(C5)).isEmpty();
        assertThat(Requirements.none().objection(burstable)).get().asString().contains("burstable");
        assertThat(new Requirements(0, 0, Set.of(), 0, true).objection(burstable))
                .isEmpty();
        assertThat(new Requirements(0, 0, Set.of(Architecture.ARM64), 0, false).objection(C5))
                .hasValueSatisfying(why -> assertThat(why).contains("X86_64", "ARM64"));
        assertThat(new Requirements(0, 0, Set.of(), 1, false).objection(C5))
                .hasValueSatisfying(why -> assertThat(why).contains("0 GPUs", "1"));
        // 8 GiB: four workers of 2 GiB each fit, of 2.5 GiB do not, and three of 2.5 do
        assertThat(new Requirements(2, 0, Set.of(), 0, false).objection(C5)).isEmpty();
        assertThat(new Requirements(2.5, 0, Set.of(), 0, false).objection(C5))
                .hasValueSatisfying(why -> assertThat(why).contains("8.0 GiB", "10.0"));
        assertThat(new Requirements(2.5, 3, Set.of(), 0, false).objection(C5)).isEmpty();
    }

    @Test
    void objectivesGainWhatTheyLack() {
        var fast = new Objective.FastestWithinBudget(10);
        var late = new Objective.CheapestByDeadline(NOW);

        assertThat(fast.withDeadline(NOW)).isEqualTo(new Objective.BudgetAndDeadline(10, NOW));
        assertThat(late.withBudgetUsd(10)).isEqualTo(new Objective.BudgetAndDeadline(10, NOW));
        assertThat(new Objective.Cheapest().withBudgetUsd(5)).isEqualTo(new Objective.FastestWithinBudget(5));
        assertThat(late.hasBudget()).isFalse();
        assertThat(fast.deadline()).isEmpty();
    }

    @Test
    void aForecastFinishesAfterItsSeconds() {
        assertThat(new Forecast(NOW, Interval.exactly(90.5), Interval.exactly(1)).finish())
                .isEqualTo(NOW.plus(Duration.ofMillis(90_500)));
        assertThat(new Forecast(NOW, Interval.exactly(Double.POSITIVE_INFINITY), Interval.exactly(1)).finish())
                .isEqualTo(Instant.MAX);
    }

    @Test
    void anUnknownTypeTellsItsFamily() {
        assertThat(C5.family()).isEqualTo("c5");
        assertThat(InstanceTypeFacts.unknown("mac").family()).isEqualTo("mac");
        assertThat(InstanceTypeFacts.unknown("t4g.small").burstable()).isTrue();
        assertThat(InstanceTypeFacts.unknown("trn1.2xlarge").burstable()).isFalse();
    }
}
