package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StepFunctionTest {
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant T1 = T0.plusSeconds(60);
    private static final Instant T2 = T0.plusSeconds(120);
    private static final StepFunction TWO_STEPS = steps(Map.of(T0, 1.0, T1, 2.0));

    private static StepFunction steps(Map<Instant, Double> steps) {
        return StepFunction.of(new TreeMap<>(steps));
    }

    @Test
    void hasNoValueBeforeItsFirstStep() {
        assertThat(TWO_STEPS.at(T0.minusMillis(1))).isEmpty();
        assertThat(TWO_STEPS.indexAt(T0.minusMillis(1))).isEqualTo(-1);
    }

    @Test
    void takesAStepsValueFromItsInstantOn() {
        assertThat(TWO_STEPS.at(T0)).hasValue(1);
        assertThat(TWO_STEPS.at(T1.minusMillis(1))).hasValue(1);
        assertThat(TWO_STEPS.at(T1)).hasValue(2);
        assertThat(TWO_STEPS.indexAt(T1)).isEqualTo(1);
    }

    @Test
    void keepsTheLastValueForEver() {
        assertThat(TWO_STEPS.at(T2.plusSeconds(1_000_000_000))).hasValue(2);
    }

    @Test
    void mergesNeighboursOfOneValue() {
        StepFunction merged = steps(Map.of(T0, 1.0, T1, 1.0, T2, 2.0));

        assertThat(merged.size()).isEqualTo(2);
        assertThat(merged.instant(1)).isEqualTo(T2);
        assertThat(merged.value(1)).isEqualTo(2);
    }

    @Test
    void keepsAValueThatComesBack() {
        assertThat(steps(Map.of(T0, 1.0, T1, 2.0, T2, 1.0)).size()).isEqualTo(3);
    }

    @Test
    void takesTheLastOfSeveralStepsWithinAMillisecond() {
        StepFunction f = steps(Map.of(T0, 1.0, T1, 2.0, T1.plusNanos(10), 3.0, T1.plusNanos(20), 4.0));

        assertThat(f.size()).isEqualTo(2);
        assertThat(f.at(T1)).hasValue(4);
    }

    @Test
    void isTheSameAtAllTimesWhereConstant() {
        StepFunction seven = StepFunction.constant(7);

        assertThat(seven.at(Instant.MIN)).hasValue(7);
        assertThat(seven.at(Instant.EPOCH)).hasValue(7);
        assertThat(seven.size()).isEqualTo(1);
        assertThat(seven.instant(0)).isEqualTo(Instant.MIN);
    }

    @Test
    void canBeMadeAgainFromItsOwnSteps() {
        StepFunction seven = StepFunction.constant(7);

        assertThat(steps(Map.of(seven.instant(0), seven.value(0)))).isEqualTo(seven);
    }

    @Test
    void knowsItsHighestValue() {
        assertThat(steps(Map.of(T0, 1.0, T1, 5.0, T2, 2.0)).max()).isEqualTo(5);
    }

    @Test
    void hasNeitherValuesNorAHighestWithoutSteps() {
        StepFunction none = steps(Map.of());

        assertThat(none.at(T0)).isEmpty();
        assertThatThrownBy(none::max)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("steps is 0");
    }

    @Test
    void equalsAnotherWithTheSameSteps() {
        assertThat(steps(Map.of(T0, 1.0, T1, 2.0))).isEqualTo(TWO_STEPS).hasSameHashCodeAs(TWO_STEPS);
        assertThat(steps(Map.of(T0, 1.0, T1, 3.0))).isNotEqualTo(TWO_STEPS);
        assertThat(steps(Map.of(T0, 1.0, T2, 2.0))).isNotEqualTo(TWO_STEPS);
    }

    @Test
    void tellsHowItBegins() {
        assertThat(TWO_STEPS).hasToString("2 steps, the first 1.0 from 2026-03-01T00:00:00Z");
        assertThat(steps(Map.of())).hasToString("0 steps");
    }
}
