package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Objective;
import org.junit.jupiter.api.Test;

/** The last tasks of a job, and instances that leave. Workers have four slots: a task takes 4 / rate. */
class TailTest {
    private static final TaskShape TASKS = new TaskShape(600, 0.5);

    private static Situations job(double tasksLeft) {
        return new Situations(tasksLeft, new Objective.FastestWithinBudget(10)).shape(TASKS);
    }

    @Test
    void thereIsNoTailWhileTasksAreQueued() {
        TailAdvice advice = TailAdvice.of(
                job(9).worker("a", "A", 24, 0.1, 4).worker("b", "A", 24, 0.1, 4).build());

        assertThat(advice.reached()).isFalse();
        assertThat(advice.release()).isEmpty();
    }

    @Test
    void fluidJobsHaveNoTail() {
        TailAdvice advice = TailAdvice.of(new Situations(4, new Objective.FastestWithinBudget(10))
                .worker("a", "A", 24, 0.1, 4)
                .worker("b", "A", 24, 0.1, 0)
                .build());

        assertThat(advice.reached()).isFalse();
    }

    @Test
    void idleInstancesAreReleasedOnceNothingIsQueued() {
        TailAdvice advice = TailAdvice.of(
                job(4).worker("a", "A", 24, 0.1, 4).worker("b", "A", 24, 0.1, 0).build());

        assertThat(advice.reached()).isTrue();
        assertThat(advice.release()).containsExactly("b");
        assertThat(advice.duplicate()).isEmpty();
    }

    /** A slow slot has half of 4/8 h left, 15 min; a fast idle one does the task in 4/60 h, 4 min. */
    @Test
    void whatASlowInstanceHoldsDeservesASecondCopyOnAFastIdleOne() {
        TailAdvice advice = TailAdvice.of(job(4).worker("slow", "A", 8, 0.1, 4)
                .worker("fast", "B", 60, 0.5, 0)
                .build());

        assertThat(advice.duplicate()).containsExactly("slow");
        assertThat(advice.release()).isEmpty(); // its four slots are needed for the copies
    }

    /** 10 USD for 1000 tasks: a task is worth 0.01 USD. Sixteen in flight are worth 0.16; waiting 900 s at 0.5 USD/h 0.125. */
    @Test
    void anInstanceFinishesWhatItHoldsWhereThatIsWorthTheWait() {
        Situation s = job(1000).build();

        Leaving waits = Leaving.of(s, 16, 0.5);
        assertThat(waits.seconds()).isCloseTo(900, within(1e-9));
        assertThat(waits.usd()).isCloseTo(0.125, within(1e-12));
        assertThat(waits.lostTasks()).isZero();

        Leaving dear = Leaving.of(s, 16, 0.7); // 0.175 USD
        assertThat(dear.seconds()).isZero();
        assertThat(dear.lostTasks()).isEqualTo(8);
    }

    @Test
    void whoHoldsNothingLeavesAtOnce() {
        assertThat(Leaving.of(job(1000).build(), 0, 0.5)).isEqualTo(new Leaving(0, 0, 0));
    }

    @Test
    void withoutABudgetWaitingAlwaysPays() {
        Situation s =
                new Situations(1000, new Objective.Cheapest()).shape(TASKS).build();

        assertThat(Leaving.of(s, 1, 100).seconds()).isPositive();
    }
}
