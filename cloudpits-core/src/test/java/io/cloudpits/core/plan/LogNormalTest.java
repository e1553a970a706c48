package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogNormalTest {
    private static final int LOOKS = 200_000;

    /** A slot works through tasks one after the other; at moments that have nothing to do with them, what is left of the task? */
    @ParameterizedTest(name = "cv {0}")
    @ValueSource(doubles = {0.1, 0.5, 1, 1.5})
    void residualIsWhatIsLeftOfATaskAtAnyMoment(double cv) {
        double mean = 60;
        double[] at = {0.05, 0.2, 0.5, 1, 1.5, 3};
        double s = Math.sqrt(Math.log(1 + cv * cv));
        var random = new Random(42);
        int[] within = new int[at.length];
        double end = 0;
        double now = 0;
        for (int look = 0; look < LOOKS; look++) {
            now += 7 * mean * random.nextDouble();
            while (end <= now) {
                end += mean * Math.exp(s * random.nextGaussian() - s * s / 2);
            }
            for (int i = 0; i < at.length; i++) {
                within[i] += end - now <= at[i] * mean ? 1 : 0;
            }
        }

        for (int i = 0; i < at.length; i++) {
            assertThat(LogNormal.residual(at[i] * mean, mean, cv))
                    .as("P(residual <= %.2f means)", at[i])
                    .isCloseTo((double) within[i] / LOOKS, within(0.006));
        }
    }

    /** Tasks of one length: what is left is anything up to it, all equally likely. */
    @Test
    void residualOfEqualTasksIsUniform() {
        assertThat(LogNormal.residual(15, 60, 1e-6)).isCloseTo(0.25, within(1e-6));
        assertThat(LogNormal.residual(59, 60, 1e-6)).isCloseTo(59 / 60.0, within(1e-6));
        assertThat(LogNormal.residual(61, 60, 1e-6)).isCloseTo(1, within(1e-6));
    }

    @Test
    void residualGrowsFromAlmostNothingToOneAndHasALogarithm() {
        double last = 0;
        for (double t = 0; t < 1e5; t = t * 1.1 + 0.01) {
            double p = LogNormal.residual(t, 60, 0.5);
            assertThat(p).as("at %f", t).isBetween(last - 2e-7, 1.0).isPositive();
            last = p;
        }
        assertThat(last).isEqualTo(1);
        assertThat(LogNormal.residual(-1, 60, 0.5)).isPositive().isLessThan(1e-300);
    }

    /** From a table of the normal distribution. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "0.5, 0.6914624613",
        "1, 0.8413447461",
        "-1, 0.1586552539",
        "1.96, 0.9750021049",
        "-2.5, 0.0062096653",
        "4, 0.9999683288"
    })
    void normalDistributionMatchesTheTable(double z, double p) {
        assertThat(LogNormal.normal(z)).isCloseTo(p, within(7.5e-8));
    }
}
