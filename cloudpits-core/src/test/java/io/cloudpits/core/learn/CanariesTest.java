package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.core.learn.Canaries.Outcome;
import io.cloudpits.core.learn.Canaries.Verdict;
import org.junit.jupiter.api.Test;

class CanariesTest {
    private static final double PATIENCE = 600;

    @Test
    void waitWhileTimeAndMoneyLast() {
        Verdict verdict = Canaries.judge(false, false, 599, PATIENCE, 0, 0.14, 10);

        assertThat(verdict.outcome()).isEqualTo(Outcome.WAIT);
        assertThat(verdict.words()).contains("599 s of at most 600 s", "0.1400 of at most 0.1500 USD");
    }

    @Test
    void goOnceOneHasCommittedWhateverItCost() {
        assertThat(Canaries.judge(true, false, 10_000, PATIENCE, 0, 9, 10).outcome())
                .isEqualTo(Outcome.GO);
    }

    @Test
    void failWhenNoneHasCommittedInTime() {
        Verdict verdict = Canaries.judge(false, false, 601, PATIENCE, 0, 0.01, 10);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.words()).contains("601 s", "at most 600 s");
    }

    @Test
    void failWhenTheyHaveSpentTheirShare() {
        Verdict verdict = Canaries.judge(false, false, 60, PATIENCE, 0, 0.1501, 10);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.words()).contains("0.1501 USD", "0.1500 USD");
    }

    @Test
    void heartbeatsExtendTheTimeToThreeTasks() {
        assertThat(Canaries.judge(false, true, 600 + 3 * 2700, PATIENCE, 2700, 0.4, 10)
                        .outcome())
                .isEqualTo(Outcome.WAIT);
        assertThat(Canaries.judge(false, true, 601 + 3 * 2700, PATIENCE, 2700, 0.4, 10)
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void heartbeatsExtendTheTimeToTwoHoursWhereATaskIsOfUnknownLength() {
        assertThat(Canaries.judge(false, true, 7800, PATIENCE, 0, 0.4, 10).outcome())
                .isEqualTo(Outcome.WAIT);
        assertThat(Canaries.judge(false, true, 7801, PATIENCE, 0, 0.4, 10).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void evenLiveCanariesMayNotSpendMoreThanAQuarter() {
        assertThat(Canaries.judge(false, true, 60, PATIENCE, 0, 2.51, 10).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void withoutABudgetOnlyTimeCounts() {
        assertThat(Canaries.judge(false, false, 60, PATIENCE, 0, 1e6, Double.POSITIVE_INFINITY)
                        .outcome())
                .isEqualTo(Outcome.WAIT);
    }
}
