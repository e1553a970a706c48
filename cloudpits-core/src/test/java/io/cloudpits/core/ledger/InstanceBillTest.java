package io.cloudpits.core.ledger;

import static io.cloudpits.core.ledger.Bills.BARE;
import static io.cloudpits.core.ledger.Bills.CEILING;
import static io.cloudpits.core.ledger.Bills.ON_DEMAND;
import static io.cloudpits.core.ledger.Bills.SPOT;
import static io.cloudpits.core.ledger.Bills.at;
import static io.cloudpits.core.ledger.Bills.bill;
import static io.cloudpits.core.ledger.Bills.ended;
import static io.cloudpits.core.ledger.Bills.ledger;
import static io.cloudpits.core.ledger.Bills.list;
import static io.cloudpits.core.ledger.Bills.prices;
import static io.cloudpits.core.ledger.Bills.running;
import static io.cloudpits.core.ledger.Bills.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.EndCause;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceChanges;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The bill of one instance whose end and prices are known. */
class InstanceBillTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final CostModel HOURLY = BARE.withPriceChanges(PriceChangeRule.NEXT_INSTANCE_HOUR);

    /** 0.36 USD/h is 0.0001 USD/s; a life below a minute counts as 60 s. */
    @ParameterizedTest(name = "{0} s cost {1} USD")
    @CsvSource({
        "0, 0.006",
        "1, 0.006",
        "59.999, 0.006",
        "60, 0.006",
        "61, 0.0061",
        "90.5, 0.00905",
        "100, 0.01",
        "3600, 0.36",
        "5400, 0.54"
    })
    void chargesPerSecondFromLaunchAndAMinuteAtLeast(double seconds, double usd) {
        Spend spend = bill(BARE, stopped("i-1", 500, 500 + seconds), 0, 0.36);

        assertThat(spend.workersUsd()).isEqualTo(usd, EXACTLY);
        assertThat(spend.estimated()).isFalse();
    }

    @Test
    void chargesARunningInstanceUpToNow() {
        Ledger ledger = ledger(BARE);
        list(ledger, 250, running("i-1", 50));
        prices(ledger, 250, 0, 0.36);

        // 200 s x 0.0001
        assertThat(ledger.spend(at(250)).workersUsd()).isEqualTo(0.02, EXACTLY);
        assertThat(ledger.spend(at(250)).estimated()).isFalse();
    }

    @Test
    void chargesEveryIntervalAtThePriceInForce() {
        // 0..40 at 0.0001, 40..70 at 0.001, 70..100 at 0.0002: 0.004 + 0.03 + 0.006
        assertThat(bill(BARE, stopped("i-1", 0, 100), 0, 0.36, 40, 3.6, 70, 0.72)
                        .workersUsd())
                .isEqualTo(0.04, EXACTLY);
    }

    @Test
    void aStepAtTheLaunchCountsAndAStepAtTheEndDoesNot() {
        // all 100 s at 0.001
        assertThat(bill(BARE, stopped("i-1", 50, 150), 0, 0.36, 50, 3.6, 150, 36)
                        .workersUsd())
                .isEqualTo(0.1, EXACTLY);
    }

    @Test
    void theMissingSecondsOfTheFirstMinuteCostThePriceInForceAtTheEnd() {
        // 20 s at 0.0001, 10 s at 0.001, and 30 s to the full minute at 0.001
        assertThat(bill(BARE, stopped("i-1", 0, 30), 0, 0.36, 20, 3.6).workersUsd())
                .isEqualTo(0.042, EXACTLY);
    }

    /**
     * Launched at 600: hour 0 lasts until 4200 and costs the price at 600, 3600 s x 0.0001 = 0.36; hour 1 costs the price at
     * 4200, 1000 s x 0.001 = 1. At once: 1200 s x 0.0001 + 3200 s x 0.001 + 200 s x 0.0002 = 0.12 + 3.2 + 0.04.
     */
    @Test
    void thePriceChangesFromTheNextHourOfTheInstanceOrAtOnce() {
        double[] steps = {0, 0.36, 1800, 3.6, 5000, 0.72};

        assertThat(bill(HOURLY, stopped("i-1", 600, 5200), steps).workersUsd()).isEqualTo(1.36, EXACTLY);
        assertThat(bill(BARE, stopped("i-1", 600, 5200), steps).workersUsd()).isEqualTo(3.36, EXACTLY);
    }

    @Test
    void aStepAtTheFullHourCountsForThatHour() {
        // 3600 s at 0.0001 and 400 s at 0.001
        assertThat(bill(HOURLY, stopped("i-1", 0, 4000), 0, 0.36, 3600, 3.6).workersUsd())
                .isEqualTo(0.76, EXACTLY);
        // a millisecond later it does not: 4000 s at 0.0001
        assertThat(bill(HOURLY, stopped("i-1", 0, 4000), 0, 0.36, 3600.001, 3.6).workersUsd())
                .isEqualTo(0.4, EXACTLY);
    }

    @ParameterizedTest(name = "interrupted after {0} s: {1} USD")
    @CsvSource({"0, 0", "30, 0", "600, 0", "3599.999, 0", "3600, 0.36", "3601, 0.3601", "7200, 0.72"})
    void anInterruptionWithinTheFirstHourIsFree(double seconds, double usd) {
        Spend spend = bill(BARE, ended("i-1", SPOT, 100, 100 + seconds, EndCause.INTERRUPTED), 0, 0.36);

        assertThat(spend.workersUsd()).isEqualTo(usd, EXACTLY);
        assertThat(spend.estimated()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = EndCause.class, names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
    void anyOtherEndWithinTheFirstHourIsCharged(EndCause cause) {
        assertThat(bill(BARE, ended("i-1", SPOT, 0, 600, cause), 0, 0.36).workersUsd())
                .isEqualTo(0.06, EXACTLY);
    }

    @Test
    void anOnDemandInstanceIsNeverFree() {
        Ledger ledger = ledger(BARE);
        list(ledger, 700, ended("i-1", ON_DEMAND, 0, 600, EndCause.INTERRUPTED));
        ledger.settle(Set.of(ON_DEMAND), new PriceChanges(List.of(new PriceChange(ON_DEMAND, at(0), 0.36)), at(700)));

        assertThat(ledger.spend(at(700)).workersUsd()).isEqualTo(0.06, EXACTLY);
    }

    @Test
    void aFreeHourNeedsNoPrices() {
        Ledger ledger = ledger(BARE);
        list(ledger, 700, ended("i-1", SPOT, 0, 600, EndCause.INTERRUPTED));

        assertThat(ledger.spend(at(700))).isEqualTo(new Spend(0, 0, 0, false));
    }

    /** gp3: 0.0022 + 0.005 + 0.9 / 730 USD/h, on an hour and a half, beside 0.54 for the instance. */
    @Test
    void diskAddressAndMetricsRunFromLaunchToEnd() {
        double extras = 0.0033 + 0.0075 + 1.35 / 730;

        assertThat(bill(CostModel.gp3(), stopped("i-1", 0, 5400), 0, 0.36).workersUsd())
                .isEqualTo(0.54 + extras, EXACTLY);
    }

    /** io1 at 0.09375 USD/h: 0.0234375 for a quarter of an hour, 0.0015625 for the minute that 20 s are charged as. */
    @Test
    void diskAddressAndMetricsAreChargedInAFreeHourToo() {
        var quarter = ended("i-1", SPOT, 0, 900, EndCause.INTERRUPTED);
        var seconds = ended("i-1", SPOT, 0, 20, EndCause.INTERRUPTED);

        assertThat(bill(CostModel.seedIo1(), quarter, 0, 0.36).workersUsd()).isEqualTo(0.0234375, EXACTLY);
        assertThat(bill(CostModel.seedIo1(), seconds, 0, 0.36).workersUsd()).isEqualTo(0.0015625, EXACTLY);
    }

    @Test
    void everyLaunchCostsItsFeeOnceHoweverItEnds() {
        CostModel costs = BARE.withStaging(0.045, java.time.Duration.ofSeconds(30));

        assertThat(bill(costs, stopped("i-1", 0, 100), 0, 0.36).workersUsd()).isEqualTo(0.055, EXACTLY);
        assertThat(bill(costs, ended("i-1", SPOT, 0, 100, EndCause.INTERRUPTED), 0, 0.36)
                        .workersUsd())
                .isEqualTo(0.045, EXACTLY);
    }

    /** A running instance costs its seconds; what a stop would add to the minute is told apart, at the ceiling and the disk. */
    @Test
    void theRestOfTheFirstMinuteIsToldApartWhileItRuns() {
        Ledger ledger = ledger(CostModel.seedIo1());
        list(ledger, 20, running("i-1", 0));
        prices(ledger, 20, 0, 0.36);

        // 20 s x (0.36 + 0.09375) / 3600, and 40 s x (36 + 0.09375) / 3600
        assertThat(ledger.spend(at(20)).workersUsd()).isEqualTo(20 * 0.45375 / 3600, EXACTLY);
        assertThat(ledger.topUpUsd(at(20))).isEqualTo(40 * (CEILING + 0.09375) / 3600, EXACTLY);
        assertThat(ledger.topUpUsd(at(60))).isZero();
        assertThat(ledger.topUpUsd(at(600))).isZero();
    }
}
