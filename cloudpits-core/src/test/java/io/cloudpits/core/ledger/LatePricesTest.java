package io.cloudpits.core.ledger;

import static io.cloudpits.core.ledger.Bills.BARE;
import static io.cloudpits.core.ledger.Bills.at;
import static io.cloudpits.core.ledger.Bills.ledger;
import static io.cloudpits.core.ledger.Bills.list;
import static io.cloudpits.core.ledger.Bills.prices;
import static io.cloudpits.core.ledger.Bills.running;
import static io.cloudpits.core.ledger.Bills.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Prices that are not delivered yet: the ceiling, 0.01 USD/s, stands in. */
class LatePricesTest {
    private static final CostModel HOURLY = BARE.withPriceChanges(PriceChangeRule.NEXT_INSTANCE_HOUR);

    @Test
    void withoutAnyPriceTheCeilingIsCharged() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100));

        assertSpend(ledger, 200, 1.0, true);
    }

    @Test
    void onlyTheSecondsBehindTheLastDeliveryAreChargedAtTheCeiling() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100));
        prices(ledger, 40, 0, 0.36);

        // 40 s x 0.0001 + 60 s x 0.01
        assertSpend(ledger, 200, 0.604, true);
    }

    @Test
    void theBillIsExactOnceAllPricesAreThere() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100));
        prices(ledger, 40, 0, 0.36);
        prices(ledger, 100, 40, 0.36, 70, 3.6);

        // 70 s x 0.0001 + 30 s x 0.001
        assertSpend(ledger, 200, 0.037, false);
    }

    @Test
    void aMillisecondWithoutAPriceIsAnEstimate() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100));
        prices(ledger, 99.999, 0, 0.36);

        // 99.999 s x 0.0001 + 0.001 s x 0.01
        assertSpend(ledger, 200, 0.0100099, true);
    }

    /** A change at 30 may still come, so a change at 70 does not say what 40..100 cost. */
    @Test
    void aStepBehindTheLastCompleteInstantIsNotBelievedYet() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100));
        prices(ledger, 40, 0, 0.36, 70, 0.36);

        assertSpend(ledger, 200, 0.604, true);
    }

    @Test
    void anOlderDeliveryTakesNothingBack() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, running("i-1", 0));
        prices(ledger, 200, 0, 0.36);
        prices(ledger, 100, 0, 0.36);

        assertSpend(ledger, 200, 0.02, false);
    }

    @Test
    void aPriceThatBeganAfterTheLaunchSaysNothingOfTheTimeBefore() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, running("i-1", 0));
        prices(ledger, 200, 50, 0.36);

        // all 200 s at the ceiling
        assertSpend(ledger, 200, 2.0, true);
    }

    @Test
    void aPoolWithoutAPriceStaysAnEstimateUntilItHasOne() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100));
        prices(ledger, 200);
        assertSpend(ledger, 200, 1.0, true);

        prices(ledger, 200, 0, 0.36);
        assertSpend(ledger, 200, 0.01, false);
    }

    /** A price above the ceiling (0.36 USD/h here) shows that the ceiling was wrong: the next seconds may cost as much. */
    @Test
    void aPriceAboveTheCeilingRaisesIt() {
        Ledger ledger = ledger(BARE);
        ledger.launched(running("i-1", 0), 0.36);
        list(ledger, 100, running("i-1", 0));
        prices(ledger, 50, 0, 3.6);

        // 50 s x 0.001 + 50 s x 0.001
        assertSpend(ledger, 100, 0.1, true);
        assertThat(ledger.worstBurnUsdPerHour()).isEqualTo(3.6);
    }

    @Test
    void aDeliveredPriceBelowTheCeilingDoesNotLowerIt() {
        Ledger ledger = ledger(BARE);
        list(ledger, 100, running("i-1", 0));
        prices(ledger, 100, 0, 0.36);

        assertThat(ledger.worstBurnUsdPerHour()).isEqualTo(36);
    }

    @Test
    void theRestOfTheMinuteIsAnEstimateToo() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 30));
        prices(ledger, 20, 0, 0.36);

        // 20 s x 0.0001 + 10 s x 0.01 + 30 s x 0.01
        assertSpend(ledger, 200, 0.402, true);

        prices(ledger, 30, 20, 0.36);
        assertSpend(ledger, 200, 0.006, false);
    }

    /** Hour 0 has the price of the launch, whatever comes later; hour 1 began at 3600, behind the delivery. */
    @Test
    void byTheHourOnlyTheHoursThatBeganBehindTheDeliveryAreEstimated() {
        Ledger ledger = ledger(HOURLY);
        list(ledger, 4000, running("i-1", 0));
        prices(ledger, 10, 0, 0.36);

        // 3000 s x 0.0001
        assertThat(ledger.spend(at(3000)).workersUsd()).isEqualTo(0.3, within(1e-12));
        assertThat(ledger.spend(at(3000)).estimated()).isFalse();
        // 3600 s x 0.0001 + 400 s x 0.01
        assertSpend(ledger, 4000, 4.36, true);
    }

    @Test
    void aBillThatStandsIsCountedOnceAndNeedsNoPricesAnyMore() {
        Ledger ledger = ledger(BARE);
        list(ledger, 200, stopped("i-1", 0, 100), running("i-2", 100));
        prices(ledger, 200, 0, 0.36);
        list(ledger, 300, stopped("i-1", 0, 100), running("i-2", 100));
        prices(ledger, 300, 200, 0.36, 250, 3.6);

        // i-1: 100 s x 0.0001; i-2: 150 s x 0.0001 + 50 s x 0.001
        assertSpend(ledger, 300, 0.01 + 0.065, false);
        assertThat(ledger.openInstances()).containsExactly("i-2");
    }

    private static void assertSpend(Ledger ledger, double now, double usd, boolean estimated) {
        Spend spend = ledger.spend(at(now));
        assertThat(spend.workersUsd()).isEqualTo(usd, within(1e-12));
        assertThat(spend.estimated()).isEqualTo(estimated);
    }
}
