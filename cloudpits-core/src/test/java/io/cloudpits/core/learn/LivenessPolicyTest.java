package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivenessPolicyTest {
    private static final double MINUTE = 60;

    @ParameterizedTest(name = "start-up {0} s, task {1} s, heartbeats {2}: silent for {3} min is {4}")
    @CsvSource({
        "150, 0, false, 10, STARTING",
        "150, 0, false, 10.1, NEVER_REPORTED",
        "300, 0, false, 15, STARTING", // three start-ups
        "300, 0, false, 15.1, NEVER_REPORTED",
        "150, 2700, false, 145, STARTING", // a first task of 45 min may take three times that
        "150, 2700, false, 145.1, NEVER_REPORTED",
        "150, 2700, true, 10, STARTING", // others send heartbeats: so would it
        "150, 2700, true, 10.1, NEVER_REPORTED"
    })
    void aFirstSignalIsDueAfterStartUpAndOneTask(
            double startup, double task, boolean heartbeats, double minutes, Health expected) {
        LifeSigns signs = new LifeSigns(false, false, false, false, minutes * MINUTE, minutes * MINUTE, 0);

        assertThat(policy(task, 0.2).judge(signs, startup, heartbeats, false)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "silent for {0} min, worked {1} min ago, fleet silent {2}: {3}")
    @CsvSource({
        "5, 5, false, WORKING",
        "5.1, 5.1, false, STOPPED_REPORTING",
        "0, 6000, false, WORKING", // a fresh heartbeat, however long the task
        "5.1, 5.1, true, WORKING", // the source is suspected for another timeout
        "10.1, 10.1, true, STOPPED_REPORTING"
    })
    void heartbeatsDecideWhereTheyCome(double minutes, double worked, boolean fleetSilent, Health expected) {
        LifeSigns signs = new LifeSigns(true, true, true, false, minutes * MINUTE, worked * MINUTE, 2700);

        assertThat(policy(2700, 0.5).judge(signs, 150, true, fleetSilent)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "tasks of {0} s, resting {1}, silent for {2} min: {3}")
    @CsvSource({
        "0, false, 10, WORKING",
        "0, false, 10.1, STOPPED_REPORTING",
        "2700, false, 136, WORKING", // three tasks and a metric period
        "2700, false, 136.1, STOPPED_REPORTING",
        "0, true, 600, WORKING" // it holds nothing that could come back
    })
    void withoutHeartbeatsItsOwnTasksDecide(double task, boolean resting, double minutes, Health expected) {
        LifeSigns signs = new LifeSigns(true, false, false, resting, minutes * MINUTE, minutes * MINUTE, task);

        assertThat(policy(0, 0.2).judge(signs, 150, false, false)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} min of zeros, resting {1}: {2}")
    @CsvSource({"122, false, WORKING", "123, false, STOPPED_REPORTING", "600, true, WORKING"})
    void zerosAreALifeSignUntilTheLongestTaskIsOver(double minutes, boolean resting, Health expected) {
        LifeSigns signs = new LifeSigns(true, false, true, resting, 30, minutes * MINUTE, 0);

        assertThat(policy(0, 0.2).judge(signs, 150, false, false)).isEqualTo(expected);
    }

    /** c = 0.5: s = sqrt(ln 1.25) = 0.4724; exp(4.75 s - s^2/2) = exp(2.2438 - 0.1116) = 8.43. */
    @Test
    void tasksOfVeryDifferentLengthGetMoreTime() {
        assertThat(policy(600, 0.5).longestTaskSeconds(0) / 600).isEqualTo(8.43, within(0.01));
        assertThat(policy(600, 0.2).longestTaskSeconds(0) / 600).isEqualTo(3, within(1e-12));
    }

    @Test
    void theLongestTaskComesFromItsOwnTasksThenTheGivenOnesThenTwoHours() {
        assertThat(policy(600, 0).longestTaskSeconds(1200)).isEqualTo(3600);
        assertThat(policy(600, 0).longestTaskSeconds(0)).isEqualTo(1800);
        assertThat(policy(0, 0).longestTaskSeconds(0)).isEqualTo(7200);
        assertThat(policy(1, 0).longestTaskSeconds(0)).as("10 min at least").isEqualTo(600);
    }

    @Test
    void refusesTimesThatAreNone() {
        assertThatThrownBy(() -> LivenessSettings.of(Duration.ofSeconds(-1), 0)).hasMessageContaining("startup");
        assertThatThrownBy(() -> LivenessSettings.of(Duration.ZERO, Double.NaN))
                .hasMessageContaining("taskSeconds is NaN");
        assertThatThrownBy(() -> new LifeSigns(true, true, true, true, Double.NaN, 0, 0))
                .hasMessageContaining("silentSeconds is NaN");
    }

    private static LivenessPolicy policy(double taskSeconds, double cv) {
        return new LivenessPolicy(LivenessSettings.of(Duration.ofSeconds(150), taskSeconds), cv);
    }
}
