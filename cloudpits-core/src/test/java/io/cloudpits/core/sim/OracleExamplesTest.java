package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.core.ledger.JobManagerCost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The oracle on problems small enough to be worked by hand. Rates are in tasks per second, so 1 is 3600 tasks per hour. */
class OracleExamplesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Offset<Double> CENT = within(1e-6);
    private static final Offset<Double> SECOND = within(0.01);
    private static final JobManagerCost FREE = new JobManagerCost(0, 0);
    private static final JobManagerCost DOLLAR = new JobManagerCost(1, 0);

    /**
     * Two nodes for one hour and 3 x 3600 tasks. a + b = 2 and a + 3 b = 3 give b = 1/2 of the fast kind, a = 3/2 of the
     * cheap: 1.5 x 1 + 0.5 x 6 = 4.50 USD.
     */
    @Test
    void mixesCheapAndFastInstancesAsTheNodeLimitForcesIt() {
        var oracle = new Oracle(problem(2, 3 * 3600, FREE, pool(1, 9, constant(1)), pool(3, 9, constant(6))));

        assertThat(oracle.workersUsd(3600)).isCloseTo(4.5, CENT);
    }

    /** 1.5 h of work within 2 h at prices 3, then 1: the second hour whole, half of the first: 1 + 1.5. */
    @Test
    void waitsForTheCheapHour() {
        var oracle = new Oracle(problem(1, 5400, FREE, pool(1, 9, hourly(3, 1))));

        assertThat(oracle.workersUsd(7200)).isCloseTo(2.5, CENT);
    }

    /** Price 4 plus 0.5 of disk, one hour. */
    @Test
    void paysWhatIsPaidBesideThePrice() {
        var pool = new OracleProblem.Pool(1, 9, constant(4), 0.5, constant(100));

        assertThat(new Oracle(problem(1, 3600, FREE, pool)).workersUsd(3600)).isCloseTo(4.5, CENT);
    }

    /** Three nodes, but two instances at most of the first kind (1 USD/h) and the rest of the second (2 USD/h). */
    @Test
    void holdsThePoolLimit() {
        var oracle = new Oracle(problem(3, 3 * 3600, FREE, pool(1, 2, constant(1)), pool(1, 9, constant(2))));

        assertThat(oracle.workersUsd(3600)).isCloseTo(2 * 1 + 2, CENT);
    }

    /** The cheap pool is down in the second hour of two: one hour at 1, one at 5. */
    @Test
    void usesNoInstanceWhereThereIsNoCapacity() {
        var cheap = new OracleProblem.Pool(1, 9, constant(1), 0, hourly(7, 0));

        assertThat(new Oracle(problem(1, 7200, FREE, cheap, pool(1, 9, constant(5)))).workersUsd(7200))
                .isCloseTo(6, CENT);
    }

    /** Prices begin after an hour: two hours are left of three, not enough for three hours of work. */
    @Test
    void usesNoPoolBeforeItsFirstPrice() {
        var steps = new TreeMap<Instant, Double>();
        steps.put(START.plusSeconds(3600), 1.0);
        var oracle = new Oracle(problem(1, 7200, FREE, pool(1, 9, StepFunction.of(steps))));

        assertThat(oracle.workersUsd(10_799)).isInfinite();
        assertThat(oracle.workersUsd(10_800)).isCloseTo(2, CENT);
    }

    /** The Job Manager does 0.5 tasks/s: 1800 of 3600 in the hour. The rest is half an instance at 2 USD/h. */
    @Test
    void letsTheJobManagerDoItsPart() {
        var oracle = new Oracle(problem(1, 3600, new JobManagerCost(0, 0.5), pool(1, 9, constant(2))));

        assertThat(oracle.workersUsd(3600)).isCloseTo(1, CENT);
        assertThat(oracle.workersUsd(7200)).isZero();
    }

    @Test
    void saysThatAJobTooLargeIsImpossible() {
        var oracle = new Oracle(problem(1, 11 * 3600, DOLLAR, pool(1, 9, constant(1))));

        assertThat(oracle.cheapest().usd()).isInfinite();
        assertThat(oracle.fastestSeconds(1000, 0)).isEmpty();
    }

    @Test
    void refusesToLookBeyondItsHorizon() {
        var oracle = new Oracle(problem(1, 3600, DOLLAR, pool(1, 9, constant(1))));

        assertThatThrownBy(() -> oracle.workersUsd(36_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seconds is 36001.0");
    }

    /**
     * One hour of work at prices 4, 4, 4, 0.5 with a Job Manager at 1 USD/h. f(1 h) = 5, rising by 1 per hour to 7 at 3 h;
     * then f(3 + x) = 4 (1 - x) + 0.5 x + 3 + x = 7 - 2.5 x down to 4.5 at 4 h.
     */
    private static Oracle dip() {
        return new Oracle(problem(1, 3600, DOLLAR, pool(1, 9, hourly(4, 4, 4, 0.5))));
    }

    @Test
    void findsTheCheapestMomentBehindADearOne() {
        assertThat(dip().cheapest().usd()).isCloseTo(4.5, CENT);
        assertThat(dip().cheapest().seconds()).isCloseTo(4 * 3600, SECOND);
    }

    /** 5.5 USD are enough from 1 h to 1.5 h, not from there to 3.6 h, and again then. */
    @Test
    void takesTheFirstOfTwoMomentsThatABudgetAllows() {
        assertThat(dip().fastestSeconds(5.5, 0).orElseThrow()).isCloseTo(3600, SECOND);
    }

    /** 4.9 USD: 7 - 2.5 x = 4.9 at x = 0.84. */
    @Test
    void waitsForTheSecondMomentWhereTheFirstIsTooDear() {
        assertThat(dip().fastestSeconds(4.9, 0).orElseThrow()).isCloseTo(3.84 * 3600, SECOND);
    }

    @Test
    void findsNoMomentForLessThanTheCheapest() {
        assertThat(dip().fastestSeconds(4.49, 0)).isEmpty();
    }

    /**
     * r (1 - d/T) T = r (T - d): one hour of work with 120 s lost takes 3720 s, all of them paid: 4 x 3720 / 3600. Over more
     * time fewer instance-hours are lost: 4 / (1 - 120/T) = 4.02 at T = 120 x 4.02 / 0.02 = 24120 s.
     */
    @Test
    void losesTheStartUpOnceAndPaysForIt() {
        var oracle = new Oracle(problem(1, 3600, FREE, pool(1, 9, constant(4))));

        assertThat(oracle.fastestSeconds(100, 120).orElseThrow()).isCloseTo(3720, SECOND);
        assertThat(oracle.fastestSeconds(4 * 3720 / 3600.0 + 1e-4, 120)).isPresent();
        assertThat(oracle.fastestSeconds(4.02, 120).orElseThrow()).isCloseTo(24_120, SECOND);
        assertThat(oracle.fastestSeconds(4, 120)).isEmpty();
    }

    /** The price of the first moment is kept in mind when the time looked at grows from 6 h over 12 to 40. */
    @Test
    void answersTheSameAfterLookingFurtherAhead() {
        var problem =
                new OracleProblem(START, List.of(pool(1, 9, constant(1))), 1, 8 * 3600, DOLLAR, Duration.ofHours(40));
        var oracle = new Oracle(problem);

        assertThat(oracle.fastestSeconds(20, 0).orElseThrow()).isCloseTo(8 * 3600, SECOND);
        assertThat(oracle.workersUsd(40 * 3600)).isCloseTo(8, CENT);
        assertThat(oracle.fastestSeconds(20, 0).orElseThrow()).isCloseTo(8 * 3600, SECOND);
        assertThat(oracle.cheapest().usd()).isCloseTo(16, within(1e-4));
    }

    private static OracleProblem problem(int nodes, double tasks, JobManagerCost costs, OracleProblem.Pool... pools) {
        return new OracleProblem(START, List.of(pools), nodes, tasks, costs, Duration.ofHours(10));
    }

    private static OracleProblem.Pool pool(double rate, int most, StepFunction usdPerHour) {
        return new OracleProblem.Pool(rate, most, usdPerHour, 0, constant(100));
    }

    private static StepFunction constant(double value) {
        return StepFunction.constant(value);
    }

    private static StepFunction hourly(double... values) {
        var steps = new TreeMap<Instant, Double>();
        for (int hour = 0; hour < values.length; hour++) {
            steps.put(START.plusSeconds(3600L * hour), values[hour]);
        }
        return StepFunction.of(steps);
    }
}
