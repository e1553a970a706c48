package io.cloudpits.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HardCapTest {
    /** 10 USD, 9 spent, 0.1 to top up: 0.9 left at 3.6 USD/h are 900 s, of which stopping takes 10. */
    @Test
    void theLeaseIsWhatTheMoneyLeftPaysForAtTheWorst() {
        assertThat(new HardCap(10, 9, 0.1, 3.6, 10).leaseSeconds()).isCloseTo(890, within(1e-9));
    }

    @Test
    void nothingLeftIsNoLease() {
        assertThat(new HardCap(10, 9.99, 0.01, 3.6, 10).leaseSeconds()).isNegative();
        assertThat(new HardCap(10, 10.01, 0, 0, 10).leaseSeconds()).isNegative();
    }

    @Test
    void withoutABudgetOrWithoutCostsTheLeaseHasNoEnd() {
        assertThat(new HardCap(Double.POSITIVE_INFINITY, 9, 0, 3.6, 10).leaseSeconds())
                .isInfinite();
        assertThat(new HardCap(10, 9, 0, 0, 10).leaseSeconds()).isInfinite();
    }

    /** One more at 1.8 USD/h: its first minute is 0.03 USD, its launch 0.07; 0.8 left at 5.4 USD/h are 533.3 s. */
    @Test
    void anotherInstanceShortensTheLease() {
        HardCap with = new HardCap(10, 9, 0.1, 3.6, 10).with(1.8, 0.07);

        assertThat(with.leaseSeconds()).isCloseTo(0.8 / 5.4 * 3600 - 10, within(1e-9));
    }

    /** Whoever stops when the lease ends has spent no more than the budget, whatever the numbers. */
    @Test
    void theCapHoldsToTheCent() {
        for (double spent = 0; spent < 10; spent += 0.37) {
            for (double burn = 0.1; burn < 50; burn *= 1.7) {
                HardCap cap = new HardCap(10, spent, 0.2, burn, 10);
                double lease = cap.leaseSeconds();
                if (lease >= 0) {
                    double worst = spent + 0.2 + burn * (lease + 10) / 3600;
                    assertThat(worst).as("spent %s, burn %s", spent, burn).isCloseTo(10, within(1e-9));
                }
            }
        }
    }
}
