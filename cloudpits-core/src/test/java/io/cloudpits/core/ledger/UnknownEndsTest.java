package io.cloudpits.core.ledger;

import static io.cloudpits.core.ledger.Bills.BARE;
import static io.cloudpits.core.ledger.Bills.CEILING;
import static io.cloudpits.core.ledger.Bills.SPOT;
import static io.cloudpits.core.ledger.Bills.at;
import static io.cloudpits.core.ledger.Bills.ended;
import static io.cloudpits.core.ledger.Bills.instance;
import static io.cloudpits.core.ledger.Bills.ledger;
import static io.cloudpits.core.ledger.Bills.list;
import static io.cloudpits.core.ledger.Bills.prices;
import static io.cloudpits.core.ledger.Bills.running;
import static io.cloudpits.core.ledger.Bills.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances whose end is not known, or known late. Launched at 0 and priced at 0.0001 USD/s throughout. */
class UnknownEndsTest {
    private final Ledger ledger = ledger(BARE);

    @BeforeEach
    void oneInstanceRuns() {
        list(ledger, 100, running("i-1", 0));
        prices(ledger, 10_000, 0, 0.36);
    }

    @Test
    void aVanishedInstanceIsBilledToTheTimeItEndedNotToTheTickThatNoticed() {
        list(ledger, 1000, stopped("i-1", 0, 150));

        assertSpend(1000, 0.015, false);
    }

    @Test
    void withoutAnEndItIsBilledToTheFirstListingThatDidNotHaveIt() {
        list(ledger, 400);
        list(ledger, 700);

        // the last possible moment is 400
        assertSpend(900, 0.04, true);
        assertThat(ledger.openInstances()).isEmpty();
        assertThat(ledger.worstBurnUsdPerHour()).isZero();
    }

    @Test
    void theEndMayBeToldAfterwards() {
        list(ledger, 400);
        list(ledger, 700, stopped("i-1", 0, 150));

        assertSpend(900, 0.015, false);
    }

    @Test
    void anInterruptionToldAfterwardsIsFree() {
        list(ledger, 400);
        list(ledger, 700, ended("i-1", SPOT, 0, 150, EndCause.INTERRUPTED));

        assertSpend(900, 0, false);
    }

    @Test
    void absenceFromAnIncompleteListingMeansNothing() {
        ledger.observe(new FleetListing(List.of(), at(400), false), pool -> CEILING);

        assertSpend(900, 0.09, true);
        assertThat(ledger.openInstances()).containsExactly("i-1");
        assertThat(ledger.worstBurnUsdPerHour()).isEqualTo(CEILING);
    }

    @Test
    void anInstanceFoundAgainRunsOn() {
        list(ledger, 400);
        list(ledger, 700, running("i-1", 0));

        assertSpend(700, 0.07, false);
        assertThat(ledger.openInstances()).containsExactly("i-1");
    }

    @Test
    void aSecondAbsenceCountsFromTheSecondOne() {
        list(ledger, 400);
        list(ledger, 700, running("i-1", 0));
        list(ledger, 800);

        assertSpend(900, 0.08, true);
    }

    @Test
    void anEndedInstanceWithoutATimeIsBilledToTheFirstListingThatShowedItEnded() {
        list(ledger, 400, instance("i-1", SPOT, InstanceState.ENDED, 0));
        list(ledger, 700, instance("i-1", SPOT, InstanceState.ENDED, 0));

        assertSpend(900, 0.04, true);
        assertThat(ledger.openInstances()).isEmpty();
    }

    @Test
    void anInstanceSeenForTheFirstTimeWhenItWasOverIsBilledToThatListing() {
        list(ledger, 400, running("i-1", 0), instance("i-2", SPOT, InstanceState.ENDED, 200));
        list(ledger, 700, running("i-1", 0), instance("i-2", SPOT, InstanceState.ENDED, 200));

        // i-1: 700 s, i-2: 200..400
        assertSpend(700, 0.07 + 0.02, true);
    }

    @Test
    void anEndingInstanceIsBilledOnAndIsAnEstimate() {
        list(ledger, 400, instance("i-1", SPOT, InstanceState.ENDING, 0));

        assertSpend(400, 0.04, true);
        assertThat(ledger.openInstances()).containsExactly("i-1");
    }

    @Test
    void anEndingInstanceHasItsMinuteAlready() {
        Ledger young = ledger(BARE);
        list(young, 20, instance("i-1", SPOT, InstanceState.ENDING, 0));
        prices(young, 20, 0, 0.36);

        assertThat(young.spend(at(20)).workersUsd()).isEqualTo(0.006, within(1e-12));
    }

    @Test
    void aVanishedInstanceIsChargedForAMinuteAtLeast() {
        Ledger young = ledger(BARE);
        list(young, 10, running("i-1", 0));
        list(young, 30);
        prices(young, 30, 0, 0.36);

        assertThat(young.spend(at(900)).workersUsd()).isEqualTo(0.006, within(1e-12));
        assertThat(young.topUpUsd(at(30))).isZero();
    }

    @Test
    void aListingMadeBeforeTheLaunchDoesNotMissTheInstance() {
        ledger.launched(running("i-2", 150), CEILING);
        list(ledger, 150, running("i-1", 0));

        assertThat(ledger.openInstances()).containsExactly("i-1", "i-2");

        list(ledger, 151, running("i-1", 0));
        assertThat(ledger.openInstances()).containsExactly("i-1");
    }

    @Test
    void betweenListingsTheSumIsAnEstimateBecauseAnInstanceMayBeOver() {
        list(ledger, 400, running("i-1", 0));

        assertSpend(400, 0.04, false);
        assertSpend(401, 0.0401, true);
    }

    /** Clocks differ: a launch that is still to come costs nothing yet, and above all earns nothing. */
    @Test
    void anInstanceLaunchedAheadOfTheClockEarnsNothing() {
        Ledger other = ledger(CostModel.seedIo1());
        list(other, 100, running("i-1", 160));
        prices(other, 100, 0, 0.36);

        assertThat(other.spend(at(100)).workersUsd()).isZero();
    }

    private void assertSpend(double now, double usd, boolean estimated) {
        Spend spend = ledger.spend(at(now));
        assertThat(spend.workersUsd()).isEqualTo(usd, within(1e-12));
        assertThat(spend.estimated()).isEqualTo(estimated);
    }
}
