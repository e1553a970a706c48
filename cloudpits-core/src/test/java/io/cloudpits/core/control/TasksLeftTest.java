package io.cloudpits.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Progress;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksLeftTest {
    private static double left(double done, Double total, double inFlight, Double expected) {
        var progress = new Progress(0, done, total, inFlight, false, Instant.EPOCH, Map.of());
        return TasksLeft.of(progress, expected == null ? OptionalDouble.empty() : OptionalDouble.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "300, 1000, 5, ,     700", // the total counts,
        "300, 1000, 5, 5000, 700", // whatever was expected
        "300, ,     5, 1000, 700", // else what earlier runs had
        "1000, ,    5, 1000, 100", // and past that a tenth of what is done
        "2000, ,    5, 1000, 200",
        "300, ,     5, ,     300", // with nothing known: as many again
        "0, ,       0, ,     1", // but never none
        "0, ,       7, ,     7" // nor fewer than are in flight
    })
    void countsExactlyOrByExpectation(double done, Double total, double inFlight, Double expected, double left) {
        assertThat(left(done, total, inFlight, expected)).isCloseTo(left, within(1e-9));
    }

    @Test
    void aFinishedJobHasNoneLeft() {
        var progress = new Progress(0, 5, null, 0, true, Instant.EPOCH, Map.of());

        assertThat(TasksLeft.of(progress, OptionalDouble.of(100))).isZero();
    }
}
