package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunHandle.CloseMode;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.RunPhase;
import io.cloudpits.api.RunStatus;
import io.cloudpits.core.control.BudgetPolicy;
import io.cloudpits.core.control.Controller;
import io.cloudpits.core.plan.TaskShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the caller can do to a run while it runs, and what its budget policy does. */
class RunHandleTest {
    private static final JobScript JOB = JobScript.fluid(600_000); // needs about 3.7 USD at least

    private Scene scene;
    private SimulatedCloud cloud;

    @BeforeEach
    void prepare() {
        scene = new Scene(5, 1, new Objective.FastestWithinBudget(8)).measured();
    }

    /** Runs to the end and does something to the run after 20 minutes. */
    private RunResult play(JobScript job, Consumer<Controller> act) {
        cloud = scene.cloud();
        Simulation run = scene.on(cloud, job);
        boolean[] done = {false};
        return run.run(status -> {
            if (!done[0] && !status.asOf().isBefore(Scene.START.plus(Duration.ofMinutes(20)))) {
                done[0] = true;
                act.accept(run.controller());
            }
        });
    }

    @Test
    void cancellingEndsAllInstancesAtOnce() {
        RunResult result = play(JOB, Controller::cancel);

        assertThat(result.status().phase()).isEqualTo(RunPhase.CANCELLED);
        assertThat(result.alive()).isZero();
        assertThat(result.launches()).isPositive();
        assertThat(result.status().asOf()).isBefore(Scene.START.plus(Duration.ofMinutes(23)));
        assertThat(result.finished()).isFalse();
    }

    @Test
    void closingWithTerminationIsCancelling() {
        RunResult result = play(JOB, run -> run.close(CloseMode.TERMINATE));

        assertThat(result.status().phase()).isEqualTo(RunPhase.CANCELLED);
        assertThat(result.alive()).isZero();
    }

    @Test
    void detachingLeavesTheInstancesUntilTheirLeaseEnds() {
        RunResult result = play(JOB, run -> run.close(CloseMode.DETACH));

        assertThat(result.status().phase()).isEqualTo(RunPhase.DETACHED);
        assertThat(result.alive()).isPositive();
        cloud.advanceTo(cloud.clock().instant().plus(Duration.ofMinutes(16)));
        assertThat(cloud.aliveCount("run")).isZero();
        assertThat(cloud.billUsd("run")).isLessThanOrEqualTo(8);
    }

    @Test
    void aLoweredBudgetIsHeldFromThenOn() {
        RunResult result = play(JOB, run -> run.budgetUsd(run.status().spentUsd() + 0.5));

        assertThat(result.status().phase()).isEqualTo(RunPhase.BUDGET_EXHAUSTED);
        assertThat(result.billUsd())
                .isLessThanOrEqualTo(result.status().budgetUsd())
                .isGreaterThan(0.4);
    }

    @Test
    void aBudgetBelowWhatIsSpentEndsTheRun() {
        RunResult result = play(JOB, run -> run.budgetUsd(0.01));

        assertThat(result.status().phase()).isEqualTo(RunPhase.BUDGET_EXHAUSTED);
        assertThat(result.alive()).isZero();
        assertThat(result.status().asOf()).isBefore(Scene.START.plus(Duration.ofMinutes(23)));
    }

    @Test
    void aHigherBudgetBuysTime() {
        scene = new Scene(5, 1, new Objective.FastestWithinBudget(4.1)).measured();
        RunResult before = play(JOB, run -> {});
        scene = new Scene(5, 1, new Objective.FastestWithinBudget(4.1)).measured();
        RunResult after = play(JOB, run -> run.budgetUsd(8));

        assertThat(after.finished()).isTrue();
        assertThat(after.elapsedSeconds()).isLessThan(0.7 * before.elapsedSeconds());
        assertThat(after.billUsd()).isBetween(4.1, 8.0);
    }

    @Test
    void aDeadlineThatIsAddedLaterIsMetForLessMoney() {
        Instant deadline = Scene.START.plus(Duration.ofHours(3));
        RunResult result = play(JOB, run -> run.deadline(deadline));

        assertThat(result.finished()).isTrue();
        assertThat(Scene.START.plusMillis((long) (1000 * result.elapsedSeconds())))
                .isBefore(deadline);
        assertThat(result.elapsedSeconds()).isGreaterThan(2 * 3600);
    }

    @Test
    void fewerInstancesAreHeldFromThenOn() {
        List<Integer> counts = new ArrayList<>();
        cloud = scene.cloud();
        Simulation run = scene.on(cloud, JOB);

        RunResult result = run.run(status -> {
            if (status.asOf().equals(Scene.START.plus(Duration.ofMinutes(20)))) {
                run.controller().limits(Limits.ofInstances(4));
            }
            counts.add(cloud.aliveCount("run"));
        });

        assertThat(result.finished()).isTrue();
        assertThat(counts).contains(12);
        assertThat(counts.subList(counts.size() - 20, counts.size())).allMatch(count -> count <= 4);
        assertThat(scene.gone).anyMatch(line -> line.startsWith("LIMIT"));
    }

    @Test
    void instancesOfAZoneThatIsNoLongerAllowedAreEnded() {
        RunResult result = play(JOB, run -> run.limits(Limits.ofInstances(12).withAvailabilityZones(Set.of("b"))));

        assertThat(result.finished()).isTrue();
        assertThat(scene.gone).anyMatch(line -> line.startsWith("LIMIT") && line.contains(" a spot"));
        assertThat(result.status().instances())
                .allMatch(i -> i.pool().availabilityZone().equals("b"));
    }

    @Test
    void instancesThatMustGoFinishTheTasksTheyHold() {
        scene = new Scene(5, 1 / 600.0, new Objective.FastestWithinBudget(8)).measured();
        var shape = new TaskShape(600, 0.2);
        scene.run.taskShape(shape);
        cloud = scene.cloud();
        List<String> draining = new ArrayList<>();
        List<Boolean> empty = new ArrayList<>();
        var listener = new RunListener() {
            @Override
            public void draining(FleetInstance instance, Instant deadline, Runnable drained) {
                draining.add(instance.id());
            }

            @Override
            public void gone(FleetInstance instance, Reason reason) {
                if (reason.code() == Reason.Code.LIMIT) {
                    empty.add(cloud.isEmpty(instance.id()));
                }
            }
        };
        var run =
                new Simulation(cloud, scene.run.build(), scene.history, JobScript.discrete(1_500, shape, 0), listener);
        RunResult result = run.run(status -> {
            if (status.asOf().equals(Scene.START.plus(Duration.ofMinutes(20)))) {
                run.controller().limits(Limits.ofInstances(12).withAvailabilityZones(Set.of("b")));
            }
        });

        assertThat(result.status().phase()).as("%s", result.status()).isEqualTo(RunPhase.FINISHED);
        assertThat(draining).hasSizeGreaterThanOrEqualTo(12);
        assertThat(empty).hasSize(12);
        assertThat(empty.stream().filter(isEmpty -> isEmpty)).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void aPolicyMayRaiseTheBudgetStepByStepUntilTheJobFits() {
        scene = new Scene(5, 1, new Objective.FastestWithinBudget(3)).measured();
        scene.run.budgetPolicy(BudgetPolicy.raise(0.1, 6));

        RunResult result = scene.play(JOB);

        assertThat(result.finished()).isTrue();
        assertThat(scene.raised.get(0)).isEqualTo(3 * 1.1);
        assertThat(scene.raised.get(scene.raised.size() - 1))
                .isLessThan(4.5)
                .isEqualTo(result.status().budgetUsd());
        assertThat(result.billUsd()).isBetween(3.0, result.status().budgetUsd());
    }

    @Test
    void aRaisedBudgetNeverExceedsItsCeiling() {
        scene = new Scene(5, 1, new Objective.FastestWithinBudget(2)).measured();
        scene.run.budgetPolicy(BudgetPolicy.raise(0.1, 3));

        RunResult result = scene.play(JOB);

        assertThat(result.status().phase()).isEqualTo(RunPhase.INFEASIBLE);
        assertThat(result.status().budgetUsd()).isEqualTo(3);
        assertThat(result.billUsd()).isLessThanOrEqualTo(3);
    }

    /** Every launch is refused for half an hour: more money would not help, and is not asked for. */
    @Test
    void aPolicyDoesNotRaiseTheBudgetForWantOfCapacity() {
        scene.run.budgetPolicy(BudgetPolicy.raise(0.1, 100)).capacityPatience(Duration.ofMinutes(30));
        scene.world.launchFailure(1);

        RunResult result = scene.play(JOB);

        assertThat(result.status().phase()).isEqualTo(RunPhase.FAILED);
        assertThat(result.status().explanation()).contains("no instance could be had since");
        assertThat(scene.raised).isEmpty();
    }

    @Test
    void aRunThatIsOverDoesNothingMore() {
        cloud = scene.cloud();
        Simulation run = scene.on(cloud, JobScript.fluid(1_000));
        RunStatus end = run.run().status();

        run.controller().budgetUsd(100);
        cloud.advanceTo(cloud.clock().instant().plusSeconds(600));

        assertThat(run.step()).isEqualTo(end);
    }
}
