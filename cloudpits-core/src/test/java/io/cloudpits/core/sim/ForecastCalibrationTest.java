package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Forecast;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.plan.PlanSettings;
import io.cloudpits.core.plan.TaskShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forecast made at one tenth of the work is a promise: its 90 % interval covers the finish. */
class ForecastCalibrationTest {
    private static final int RUNS = 300;
    private static final int INSTANCES = 5;
    private static final int SLOTS = 4;
    private static final TaskShape SHAPE = new TaskShape(300, 0.5);

    @ParameterizedTest(name = "{0} tasks per slot")
    @ValueSource(ints = {5, 10, 30})
    void coversTheFinish(int tasksPerSlot) {
        int covered = 0;
        List<String> missed = new ArrayList<>();
        for (int seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed, tasksPerSlot * INSTANCES * SLOTS);
            covered += run.isCovered() ? 1 : 0;
            if (!run.isCovered()) {
                missed.add(run.toString());
            }
        }
        assertThat(covered).as("of %d; missed: %s", RUNS, missed).isGreaterThanOrEqualTo((int) (0.85 * RUNS));
    }

    /** One run and the forecast it made at a tenth of its work. */
    private static final class Run {
        private final int seed;
        private final double finish;
        private Forecast forecast;

        Run(int seed, double tasks) {
            this.seed = seed;
            // four slots on four vCPUs, each of which does a task in 300 s
            Scene scene =
                    new Scene(seed, SLOTS / 300.0 / 4, new Objective.FastestWithinBudget(1 + tasks / 100)).measured();
            scene.run
                    .limits(Limits.ofInstances(INSTANCES).withInstanceTypes(Set.of("c5.xlarge", "c6g.xlarge")))
                    .taskShape(SHAPE)
                    .planSettings(new PlanSettings(1, 0.04, 25, SLOTS));
            Simulation run = scene.on(scene.cloud(), JobScript.discrete(tasks, SHAPE, SLOTS));
            RunResult result = run.run(status -> {
                if (forecast == null
                        && status.tasksDone() >= tasks / 10
                        && status.outlook().isPresent()) {
                    forecast = status.outlook().get();
                }
            });
            assertThat(result.status().phase())
                    .as("seed %d: %s", seed, result.status())
                    .isEqualTo(RunPhase.FINISHED);
            finish = result.elapsedSeconds();
        }

        private double from() {
            return Duration.between(Scene.START, forecast.asOf()).toMillis() / 1000.0;
        }

        boolean isCovered() {
            return forecast.secondsLeft().low() <= finish - from()
                    && finish - from() <= forecast.secondsLeft().high();
        }

        @Override
        public String toString() {
            return String.format(
                    "seed %d: %.0f s in %.0f..%.0f..%.0f",
                    seed,
                    finish - from(),
                    forecast.secondsLeft().low(),
                    forecast.secondsLeft().expected(),
                    forecast.secondsLeft().high());
        }
    }
}
