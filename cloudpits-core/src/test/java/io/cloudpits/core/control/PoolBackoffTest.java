package io.cloudpits.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolBackoffTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final CapacityPool POOL = CapacityPool.spot("c5.large", "a");
    private static final CapacityPool SISTER = CapacityPool.spot("c5.xlarge", "b");
    private static final CapacityPool OTHER = CapacityPool.spot("m5.large", "a");

    private final PoolBackoff backoff = new PoolBackoff();

    private void refuse(Refusal.Kind kind, Instant at) {
        backoff.refused(new Refusal("token", POOL, 1, kind, "Code", "message"), at);
    }

    private static Instant minutes(long minutes) {
        return NOW.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void aPoolWithoutCapacityIsLeftAloneForThreeMinutes() {
        refuse(Refusal.Kind.POOL, NOW);

        assertThat(backoff.isBackedOff(POOL, minutes(2))).isTrue();
        assertThat(backoff.isBackedOff(POOL, minutes(3))).isFalse();
        assertThat(backoff.isBackedOff(SISTER, NOW)).isFalse();
    }

    /** 3, 6, 12, 24, 48 and then 60 minutes. */
    @Test
    void thePauseDoublesUpToAnHour() {
        Instant at = NOW;
        for (long pause : new long[] {3, 6, 12, 24, 48, 60, 60}) {
            refuse(Refusal.Kind.POOL, at);
            assertThat(backoff.isBackedOff(
                            POOL, at.plus(Duration.ofMinutes(pause)).minusSeconds(1)))
                    .as("%d min", pause)
                    .isTrue();
            at = at.plus(Duration.ofMinutes(pause));
            assertThat(backoff.isBackedOff(POOL, at)).as("%d min", pause).isFalse();
        }
    }

    @Test
    void anHourWithoutARefusalForgetsThem() {
        refuse(Refusal.Kind.POOL, NOW);
        refuse(Refusal.Kind.POOL, minutes(3));
        refuse(Refusal.Kind.POOL, minutes(200));

        assertThat(backoff.isBackedOff(POOL, minutes(203))).isFalse();
    }

    @Test
    void aLaunchThatSucceedsForgetsThem() {
        refuse(Refusal.Kind.POOL, NOW);
        backoff.granted(POOL);

        assertThat(backoff.isBackedOff(POOL, NOW)).isFalse();
    }

    @Test
    void anExhaustedQuotaIsTheFamilysAndThePurchaseOptions() {
        refuse(Refusal.Kind.QUOTA, NOW);

        assertThat(backoff.isBackedOff(SISTER, NOW)).isTrue();
        assertThat(backoff.isBackedOff(OTHER, NOW)).isFalse();
        assertThat(backoff.isBackedOff(new CapacityPool("c5.large", "a", PurchaseOption.ON_DEMAND), NOW))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "CONFIGURATION"})
    void otherRefusalsSayNothingAboutCapacity(Refusal.Kind kind) {
        refuse(kind, NOW);

        assertThat(backoff.isBackedOff(POOL, NOW)).isFalse();
    }
}
