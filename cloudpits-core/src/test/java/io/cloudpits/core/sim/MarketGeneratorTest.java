package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The generated market has the statistics that its Javadoc states. */
class MarketGeneratorTest {
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofDays(60);

    private final List<Market> markets = List.of(
            MarketGenerator.generate(1, FROM, LENGTH),
            MarketGenerator.generate(2, FROM, LENGTH),
            MarketGenerator.generate(3, FROM, LENGTH));

    private List<PoolMarket> pools() {
        List<PoolMarket> all = new ArrayList<>();
        markets.forEach(m -> all.addAll(m.pools().values()));
        return all;
    }

    private static double quantile(double share, DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[(int) (share * (sorted.length - 1))];
    }

    @Test
    void hasSixtyTypesInThreeZones() {
        assertThat(markets).allSatisfy(m -> {
            assertThat(m.types()).hasSize(60);
            assertThat(m.pools()).hasSize(180);
            assertThat(m.tasksPerSecond()).hasSize(60);
        });
    }

    @Test
    void twoPoolsOfFiveNeverChangeTheirPrice() {
        long fixed = pools().stream().filter(p -> p.usdPerHour().size() == 1).count();

        assertThat((double) fixed / pools().size()).isBetween(0.35, 0.47);
    }

    @Test
    void theMedianStepIsNearlyOnePerCentAndTheMedianGapSevenAndAHalfHours() {
        DoubleStream.Builder steps = DoubleStream.builder();
        DoubleStream.Builder gaps = DoubleStream.builder();
        for (PoolMarket pool : pools()) {
            StepFunction price = pool.usdPerHour();
            for (int i = 1; i < price.size(); i++) {
                steps.add(Math.abs(price.value(i) / price.value(i - 1) - 1));
                gaps.add(
                        Duration.between(price.instant(i - 1), price.instant(i)).toMinutes() / 60.0);
            }
        }

        assertThat(quantile(0.5, steps.build())).isBetween(0.007, 0.012);
        assertThat(quantile(0.5, gaps.build())).isBetween(6.0, 9.5);
    }

    @Test
    void theRatioToOnDemandIsSpreadAsObserved() {
        double[] ratios =
                pools().stream().mapToDouble(MarketGeneratorTest::meanRatio).toArray();

        assertThat(quantile(0.05, DoubleStream.of(ratios))).isBetween(0.20, 0.26);
        assertThat(quantile(0.5, DoubleStream.of(ratios))).isBetween(0.30, 0.36);
        assertThat(quantile(0.95, DoubleStream.of(ratios))).isBetween(0.46, 0.58);
    }

    private static double meanRatio(PoolMarket pool) {
        double sum = 0;
        int hours = (int) LENGTH.toHours();
        for (int h = 0; h < hours; h++) {
            sum += pool.usdPerHour().at(FROM.plus(Duration.ofHours(h))).orElseThrow();
        }
        return sum / hours / pool.ceilingUsdPerHour();
    }

    @Test
    void spotIsNeverDearerThanOnDemand() {
        assertThat(pools()).allMatch(p -> p.usdPerHour().max() <= p.ceilingUsdPerHour());
    }

    @Test
    void everyFourthPoolIsScarceAndDownNowAndThen() {
        List<StepFunction> scarce = pools().stream()
                .map(PoolMarket::capacity)
                .filter(c -> c.max() < 100)
                .toList();

        assertThat((double) scarce.size() / pools().size()).isBetween(0.2, 0.3);
        assertThat(scarce).allMatch(c -> c.max() >= 3 && c.max() <= 12);
        assertThat(scarce.stream().filter(MarketGeneratorTest::isEverDown).count())
                .isGreaterThan(scarce.size() * 9L / 10);
    }

    private static boolean isEverDown(StepFunction capacity) {
        for (int i = 0; i < capacity.size(); i++) {
            if (capacity.value(i) == 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void theSameSeedMakesTheSameMarketAndAnotherOneAnother() {
        assertThat(MarketGenerator.generate(1, FROM, LENGTH))
                .usingRecursiveComparison()
                .isEqualTo(markets.get(0));
        assertThat(markets.get(0).tasksPerSecond()).isNotEqualTo(markets.get(1).tasksPerSecond());
    }
}
