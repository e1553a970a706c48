package io.cloudpits.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceChanges;
import io.cloudpits.api.PurchaseOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bills worked out by hand: 0.36 USD/h are 0.0001 USD per second, 0.72 USD/h twice that. */
class LedgerTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final CapacityPool POOL = CapacityPool.spot("c5.large", "a");
    private static final CostModel BARE =
            new CostModel(0, 0, 0, 0, Duration.ZERO, new java.util.TreeMap<>(), PriceChangeRule.IMMEDIATE);
    private static final JobManagerCost NOBODY = new JobManagerCost(0, 0);
    private static final double CEILING = 1.08; // 0.0003 USD per second

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(1000 * seconds));
    }

    private static Ledger ledger(CostModel costs) {
        return new Ledger(costs, NOBODY, START);
    }

    private static FleetInstance instance(
            String id, CapacityPool pool, InstanceState state, double launched, FleetInstance.@Nullable End end) {
        return new FleetInstance(id, pool, "t-" + id, state, at(launched), end, null, false, null, "");
    }

    private static FleetInstance running(double launched) {
        return instance("i-1", POOL, InstanceState.RUNNING, launched, null);
    }

    private static FleetInstance ended(double launched, double end, EndCause cause) {
        return instance("i-1", POOL, InstanceState.ENDED, launched, new FleetInstance.End(at(end), cause));
    }

    private static void see(Ledger ledger, double asOf, FleetInstance... instances) {
        ledger.observe(new FleetListing(List.of(instances), at(asOf), true), pool -> CEILING);
    }

    /** Steps as pairs of second and USD/h. */
    private static void settle(Ledger ledger, double completeUntil, double... steps) {
        List<PriceChange> changes = new ArrayList<>();
        for (int i = 0; i < steps.length; i += 2) {
            changes.add(new PriceChange(POOL, at(steps[i]), steps[i + 1]));
        }
        ledger.settle(Set.of(POOL), new PriceChanges(changes, at(completeUntil)));
    }

    private static void assertSpent(Ledger ledger, double now, double usd, boolean estimated) {
        Spend spend = ledger.spend(at(now));
        assertThat(spend.totalUsd()).isCloseTo(usd, within(1e-12));
        assertThat(spend.estimated()).as("estimated").isEqualTo(estimated);
    }

    @Test
    void chargesPerSecondFromLaunchToEnd() {
        Ledger ledger = ledger(BARE);
        see(ledger, 1000, ended(100, 900, EndCause.REQUESTED));
        settle(ledger, 1000, 0, 0.36);

        assertSpent(ledger, 1000, 800 * 0.0001, false);
        assertSpent(ledger, 99_999, 800 * 0.0001, false);
    }

    @Test
    void chargesSixtySecondsAtLeast() {
        Ledger ledger = ledger(BARE);
        see(ledger, 200, ended(100, 117, EndCause.REQUESTED));
        settle(ledger, 200, 0, 0.36);

        assertSpent(ledger, 200, 60 * 0.0001, false);
    }

    /** 100 s at 0.36, 300 s at 0.72, 400 s at 0.36 USD/h. */
    @Test
    void chargesEachIntervalAtItsPrice() {
        Ledger ledger = ledger(BARE);
        see(ledger, 1000, ended(100, 900, EndCause.REQUESTED));
        settle(ledger, 1000, 0, 0.36, 200, 0.72, 500, 0.36);

        assertSpent(ledger, 1000, 500 * 0.0001 + 300 * 0.0002, false);
    }

    /** The price of each of the instance's own hours is that at its beginning: 3600 s at 0.36, then 400 s at 0.72. */
    @Test
    void mayChargeAChangeFromTheNextHourOfTheInstance() {
        Ledger ledger = ledger(BARE.withPriceChanges(PriceChangeRule.NEXT_INSTANCE_HOUR));
        see(ledger, 5000, ended(100, 4100, EndCause.REQUESTED));
        settle(ledger, 5000, 0, 0.36, 200, 0.72);

        assertSpent(ledger, 5000, 3600 * 0.0001 + 400 * 0.0002, false);
    }

    @Test
    void chargesNothingForAnInterruptionWithinTheFirstHourButDiskAndAddress() {
        CostModel disk =
                new CostModel(0.036, 0, 0, 0, Duration.ZERO, new java.util.TreeMap<>(), PriceChangeRule.IMMEDIATE);
        Ledger ledger = ledger(disk);
        see(ledger, 3700, ended(100, 3699, EndCause.INTERRUPTED));
        settle(ledger, 3700, 0, 0.36);

        assertSpent(ledger, 3700, 3599 * 0.00001, false);
    }

    @Test
    void chargesAnInterruptionAfterTheFirstHourAndEveryOtherEndInFull() {
        for (double life : new double[] {3600, 5000}) {
            Ledger ledger = ledger(BARE);
            see(ledger, 9000, ended(100, 100 + life, EndCause.INTERRUPTED));
            settle(ledger, 9000, 0, 0.36);
            assertSpent(ledger, 9000, life * 0.0001, false);
        }
        for (EndCause cause : new EndCause[] {EndCause.REQUESTED, EndCause.SELF, EndCause.FAILED, EndCause.UNKNOWN}) {
            Ledger ledger = ledger(BARE);
            see(ledger, 9000, ended(100, 1100, cause));
            settle(ledger, 9000, 0, 0.36);
            assertSpent(ledger, 9000, 1000 * 0.0001, false);
        }
    }

    @Test
    void onDemandIsChargedWhateverEndedIt() {
        CapacityPool pool = new CapacityPool("c5.large", "a", PurchaseOption.ON_DEMAND);
        Ledger ledger = ledger(BARE);
        var end = new FleetInstance.End(at(600), EndCause.INTERRUPTED);
        see(ledger, 1000, instance("i-1", pool, InstanceState.ENDED, 100, end));
        ledger.settle(Set.of(pool), new PriceChanges(List.of(new PriceChange(pool, at(0), 0.36)), at(1000)));

        assertSpent(ledger, 1000, 500 * 0.0001, false);
    }

    /** A running instance costs up to now; the listing of this moment is what makes it certain. */
    @Test
    void aRunningInstanceIsChargedUpToNow() {
        Ledger ledger = ledger(BARE);
        see(ledger, 1000, running(100));
        settle(ledger, 1000, 0, 0.36);

        assertSpent(ledger, 1000, 900 * 0.0001, false);
        assertThat(ledger.spend(at(1100)).estimated()).isTrue();
        assertThat(ledger.spend(at(1100)).totalUsd()).isGreaterThanOrEqualTo(1000 * 0.0001);
    }

    /** Prices are known up to 500 s: 400 s at 0.36 USD/h, the other 500 s at the ceiling. */
    @Test
    void pricesThatAreNotDeliveredCountAtTheCeiling() {
        Ledger ledger = ledger(BARE);
        see(ledger, 1000, running(100));
        settle(ledger, 500, 0, 0.36);
        assertSpent(ledger, 1000, 400 * 0.0001 + 500 * 0.0003, true);

        settle(ledger, 1000, 700, 0.72);
        assertSpent(ledger, 1000, 600 * 0.0001 + 300 * 0.0002, false);
    }

    /** It was there at 600 s and is not at 1000 s: charged up to 1000 s until its end is told, which was at 700 s. */
    @Test
    void aVanishedInstanceIsChargedToTheLastPossibleMomentAndThenToItsEnd() {
        Ledger ledger = ledger(BARE);
        see(ledger, 600, running(100));
        settle(ledger, 5000, 0, 0.36);
        see(ledger, 1000);
        assertSpent(ledger, 2000, 900 * 0.0001, true);

        see(ledger, 2000, ended(100, 700, EndCause.REQUESTED));
        assertSpent(ledger, 2000, 600 * 0.0001, false);
    }

    @Test
    void anIncompleteListingMakesNobodyVanish() {
        Ledger ledger = ledger(BARE);
        see(ledger, 600, running(100));
        ledger.observe(new FleetListing(List.of(), at(900), false), pool -> CEILING);

        assertThat(ledger.openInstances()).containsExactly("i-1");
    }

    @Test
    void gp3CountsDiskAddressAndThreeMetrics() {
        // 0.0022 + 0.005 + 3 x 0.30 / 730
        assertThat(CostModel.gp3().extrasUsdPerHour()).isCloseTo(0.0022 + 0.005 + 0.0012328767, within(1e-9));
        Ledger ledger = ledger(CostModel.gp3());
        see(ledger, 3700, ended(100, 3700, EndCause.REQUESTED));
        settle(ledger, 3700, 0, 0.36);

        assertSpent(ledger, 3700, 0.36 + CostModel.gp3().extrasUsdPerHour(), false);
    }

    @Test
    void theSeedsDiskIsItsIo1() {
        assertThat(CostModel.seedIo1().extrasUsdPerHour()).isEqualTo(0.09375);
    }

    @Test
    void everyLaunchAndEveryTaskMayCost() {
        CostModel costs = BARE.withStaging(4.5, Duration.ofMinutes(5)).withUsdPerTask(Map.of("b", 0.01));
        Ledger ledger = ledger(costs);
        see(ledger, 1000, ended(100, 200, EndCause.REQUESTED));
        settle(ledger, 1000, 0, 0.36);
        ledger.chargeTasks("a", 1000);
        ledger.chargeTasks("b", 30);

        Spend spend = ledger.spend(at(1000));
        assertThat(spend.workersUsd()).isCloseTo(4.5 + 100 * 0.0001, within(1e-12));
        assertThat(spend.tasksUsd()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void theJobManagerCostsFromTheStartUntilTheRunIsClosed() {
        var ledger = new Ledger(BARE, JobManagerCost.c5(), START);

        assertThat(ledger.spend(at(1800)).jobManagerUsd()).isCloseTo(0.34, within(1e-12));
        ledger.close(at(3600));
        assertThat(ledger.spend(at(9000)).jobManagerUsd()).isCloseTo(0.68, within(1e-12));
    }

    /** Two of unknown outcome at 1.08 USD/h count from the call on, each a minute at least, until seen or forgotten. */
    @Test
    void aLaunchOfUnknownOutcomeIsChargedAtItsCeilingUntilItIsSettled() {
        Ledger ledger = ledger(BARE);
        ledger.expect(new LaunchRequest("t-i-1", POOL, 2, CEILING), at(100));
        assertSpent(ledger, 130, 2 * 60 * 0.0003, true);
        assertSpent(ledger, 300, 2 * 200 * 0.0003, true);
        assertThat(ledger.worstBurnUsdPerHour()).isCloseTo(2 * CEILING, within(1e-12));

        see(ledger, 300, running(101));
        settle(ledger, 300, 0, 0.36);
        assertSpent(ledger, 300, 199 * 0.0001 + 200 * 0.0003, true);

        ledger.forget("t-i-1");
        assertSpent(ledger, 300, 199 * 0.0001, false);
    }

    /** Launched 20 s ago: a stop now costs 40 s more, at the ceiling. */
    @Test
    void aForcedStopWithinTheFirstMinuteCostsTheRestOfIt() {
        Ledger ledger = ledger(BARE);
        see(ledger, 120, running(100));

        assertThat(ledger.topUpUsd(at(120))).isCloseTo(40 * 0.0003, within(1e-12));
        assertThat(ledger.topUpUsd(at(200))).isZero();
    }

    @Test
    void aSecondSightOfAnInstanceThatIsSettledDoesNotChargeItAgain() {
        Ledger ledger = ledger(BARE);
        see(ledger, 1000, ended(100, 900, EndCause.REQUESTED));
        settle(ledger, 1000, 0, 0.36);
        see(ledger, 1100, ended(100, 900, EndCause.REQUESTED));
        settle(ledger, 1100);

        assertSpent(ledger, 1100, 800 * 0.0001, false);
        assertThat(ledger.openPools()).isEmpty();
    }

    @Test
    void refusesNumbersThatAreNoneByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CostModel(
                        Double.NaN, 0, 0, 0, Duration.ZERO, new java.util.TreeMap<>(), PriceChangeRule.IMMEDIATE))
                .withMessageContaining("diskUsdPerHour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BARE.withUsdPerTask(Map.of("b", -1.0)))
                .withMessageContaining("usdPerTask in b")
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobManagerCost(Double.POSITIVE_INFINITY, 0))
                .withMessageContaining("usdPerHour of the Job Manager");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ledger(BARE).chargeTasks("a", Double.NaN))
                .withMessageContaining("tasks");
    }

    /** Random lives and prices against a sum done second by second. */
    @Test
    void agreesWithASumOverSeconds() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int launched = random.nextInt(5000);
            int life = random.nextInt(10_000);
            EndCause cause = random.nextBoolean() ? EndCause.INTERRUPTED : EndCause.REQUESTED;
            double[] steps = new double[2 + 2 * random.nextInt(12)];
            for (int i = 0; i < steps.length; i += 2) {
                steps[i] = i == 0 ? 0 : steps[i - 2] + 1 + random.nextInt(2500);
                steps[i + 1] = 0.01 + random.nextDouble();
            }
            Ledger ledger = ledger(CostModel.gp3());
            see(ledger, 20_000, ended(launched, launched + life, cause));
            settle(ledger, 20_000, steps);

            double expected = secondBySecond(launched, life, cause, steps);
            assertThat(ledger.spend(at(20_000)).totalUsd())
                    .as("seed %d", seed)
                    .isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
        }
    }

    private static double secondBySecond(int launched, int life, EndCause cause, double[] steps) {
        double extras = Math.max(60, life) * (0.0022 + 0.005 + 0.90 / 730) / 3600;
        if (cause == EndCause.INTERRUPTED && life < 3600) {
            return extras;
        }
        double usd = extras;
        for (int s = 0; s < Math.max(60, life); s++) {
            usd += price(steps, launched + Math.min(s, life)) / 3600;
        }
        return usd;
    }

    private static double price(double[] steps, double second) {
        double price = 0;
        for (int i = 0; i < steps.length && steps[i] <= second; i += 2) {
            price = steps[i + 1];
        }
        return price;
    }
}
