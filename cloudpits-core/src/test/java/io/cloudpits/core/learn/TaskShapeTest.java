package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Progress;
import io.cloudpits.api.WorkerProgress;
import io.cloudpits.core.plan.TaskShape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How large tasks are is taken from finished ones. */
class TaskShapeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Two workers: one did {@code first} tasks of {@code seconds} each, the other three of 300 s. */
    private static WorkerLog log(double first, @Nullable Double seconds) {
        var log = new WorkerLog(LivenessSettings.of(Duration.ofSeconds(150), 0), 0);
        CapacityPool pool = CapacityPool.spot("c5.large", "a");
        var listing = new FleetListing(
                List.of(FleetInstance.pending("a", pool, "t", START), FleetInstance.pending("b", pool, "t", START)),
                START,
                true);
        Map<String, WorkerProgress> workers = Map.of(
                "a", new WorkerProgress(first, 0, 4, START, seconds), "b", new WorkerProgress(3, 0, 4, START, 300.0));
        log.observe(START, listing, new Progress(0, first + 3, null, 8, false, START, workers), null);
        return log;
    }

    /** (9 x 100 + 3 x 300) / 12 = 150 s. */
    @Test
    void theMeanOfFinishedTasksReplacesWhatWasTold() {
        assertThat(log(9, 100.0).taskShape(new TaskShape(600, 0.3)))
                .satisfies(shape -> assertThat(shape.meanSeconds()).isCloseTo(150, within(1e-9)))
                .satisfies(shape -> assertThat(shape.coefficientOfVariation()).isEqualTo(0.3));
    }

    @Test
    void aJobThatWasTakenForFluidGainsAShape() {
        assertThat(log(9, 100.0).taskShape(TaskShape.FLUID)).isEqualTo(new TaskShape(150, 0.5));
    }

    @Test
    void fewerThanTenFinishedTasksTellNothing() {
        TaskShape told = new TaskShape(600, 0.3);

        assertThat(log(6, 100.0).taskShape(told)).isEqualTo(told);
        assertThat(log(50, null).taskShape(told)).as("durations not told").isEqualTo(told);
    }
}
