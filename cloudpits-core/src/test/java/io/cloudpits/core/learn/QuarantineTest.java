package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CapacityPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineTest {
    private static final CapacityPool POOL = CapacityPool.spot("c5.large", "eu-west-1a");

    @ParameterizedTest(name = "{0} failed, {1} committed, others {2} and {3}: {4}")
    @CsvSource({
        "4, 0, 0, 0, false", // fewer than five finished
        "5, 0, 0, 0, true",
        "1, 4, 0, 0, false", // exactly a fifth
        "2, 3, 0, 0, true",
        "2, 8, 0, 0, false",
        "3, 9, 0, 0, true",
        "2, 3, 0, 100, true", // elsewhere nothing fails
        "2, 3, 5, 95, false", // two of five happens at 5 %: wait
        "4, 1, 5, 95, true",
        "3, 7, 30, 70, false", // it is the program that fails
        "30, 70, 300, 700, false",
        "80, 20, 300, 700, true",
        "5, 0, 100, 0, false", // everything fails everywhere: it takes ten to say
        "10, 0, 100, 0, true",
        "300000, 700000, 0, 100, true"
    })
    void quarantinesWhoFailsMoreThanAFifthAndMoreThanOthers(
            double failed, double committed, double othersFailed, double othersCommitted, boolean expected) {
        assertThat(Quarantine.isFailing(failed, committed, othersFailed, othersCommitted))
                .isEqualTo(expected);
    }

    /** P(X >= 2), n = 3, p = 1/2: (3 + 1) / 8. P(X >= 1), n = 4, p = 0.1: 1 - 0.9^4. */
    @Test
    void theTailOfTheBinomialDistributionIsExact() {
        assertThat(Quarantine.atLeast(2, 3, 0.5)).isEqualTo(0.5, within(1e-12));
        assertThat(Quarantine.atLeast(1, 4, 0.1)).isEqualTo(1 - Math.pow(0.9, 4), within(1e-12));
        assertThat(Quarantine.atLeast(0, 4, 0.1)).isEqualTo(1, within(1e-12));
    }

    @Test
    void remembersPoolsWithTheirFirstReason() {
        Quarantine one = Quarantine.NONE.with(POOL, "4 of 5 failed").with(POOL, "later");

        assertThat(one.contains(POOL)).isTrue();
        assertThat(one.reason(POOL)).contains("4 of 5 failed");
        assertThat(one.contains(CapacityPool.onDemand("c5.large", "eu-west-1a")))
                .isFalse();
        assertThat(Quarantine.NONE.contains(POOL)).isFalse();
    }

    @Test
    void refusesCountsThatAreNoNumbers() {
        assertThatThrownBy(() -> Quarantine.isFailing(Double.NaN, 1, 0, 0)).hasMessageContaining("failed is NaN");
    }
}
