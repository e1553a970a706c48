package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.api.Reason;
import io.cloudpits.api.VcpuQuota;
import io.cloudpits.core.plan.RateEstimate.Basis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The market of most tests: A delivers 10 tasks/h at 0.10 USD/h (100 tasks/USD), B 30 at 0.50 (60 tasks/USD), ten instances
 * at most.
 */
class FleetStrategyTest {
    private static final double HOUR = 3600;

    private static Situations market(double tasks, Objective objective) {
        return new Situations(tasks, objective).pool("A", "a", 10, 0.10).pool("B", "a", 30, 0.50);
    }

    private static Plan plan(Situations situations) {
        return new FleetStrategy().plan(situations.build());
    }

    private static Map<String, Integer> launches(Plan plan) {
        Map<String, Integer> counts = new TreeMap<>();
        plan.only(Action.LAUNCH).forEach(d -> counts.merge(d.pool().instanceType(), d.count(), Integer::sum));
        return counts;
    }

    private static List<String> ids(Plan plan, Action action) {
        return plan.only(action).stream()
                .map(d -> String.valueOf(d.instanceId()))
                .toList();
    }

    /**
     * 700 tasks for 10 USD: 70 tasks/USD are needed. 7 A + 3 B deliver 160 tasks/h for 2.20 USD/h, 72.7 tasks/USD; 6 A + 4 B
     * would deliver 180 for 2.60, 69.2 and too few. It takes 4.375 h and 9.625 USD.
     */
    @Test
    void fastestWithinBudgetLetsCheapInstancesPayForFastOnes() {
        Plan plan = plan(market(700, new Objective.FastestWithinBudget(10)));

        assertThat(launches(plan)).isEqualTo(Map.of("A", 7, "B", 3));
        var forecast = plan.outlook().orElseThrow();
        assertThat(forecast.secondsLeft().expected()).isCloseTo(4.375 * HOUR, within(1e-6));
        assertThat(forecast.costUsd().expected()).isCloseTo(9.625, within(1e-9));
        assertThat(plan.feasibility().feasible()).isTrue();
    }

    /** B_min: A alone, 700 tasks at 100 tasks/USD: 7 USD. Earliest: 10 B, 300 tasks/h: 2.333 h. */
    @Test
    void feasibilityStatesTheLeastMoneyAndTheEarliestFinish() {
        Feasibility verdict =
                plan(market(700, new Objective.FastestWithinBudget(10))).feasibility();

        assertThat(verdict.minimumLeftUsd()).isCloseTo(7, within(1e-9));
        assertThat(verdict.earliestSeconds()).isCloseTo(700 / 300.0 * HOUR, within(1e-6));
    }

    @Test
    void aBudgetBelowTheLeastLaunchesNothingAndStatesTheLeast() {
        Plan plan = plan(market(700, new Objective.FastestWithinBudget(6.99)));

        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.feasibility().feasible()).isFalse();
        assertThat(plan.feasibility().words()).contains("infeasible", "7.0000 USD", "6.9900 USD are left");
    }

    /** 700 tasks in 5 h: 140 tasks/h. 8 A + 2 B deliver just that for 1.80 USD/h; any with fewer B deliver less. */
    @Test
    void cheapestByDeadlineIsJustFastEnough() {
        Plan plan = plan(market(700, new Objective.CheapestByDeadline(Situations.NOW.plus(Duration.ofHours(5)))));

        assertThat(launches(plan)).isEqualTo(Map.of("A", 8, "B", 2));
        assertThat(plan.outlook().orElseThrow().costUsd().expected()).isCloseTo(9.0, within(1e-9));
    }

    @Test
    void anImpossibleDeadlineIsSaidWithTheEarliestFinish() {
        Plan plan = plan(market(700, new Objective.CheapestByDeadline(Situations.NOW.plus(Duration.ofHours(2)))));

        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.feasibility().words()).contains("the fastest 8400 s", "the deadline is in 7200 s");
    }

    @Test
    void cheapestTakesTheMostTasksPerDollarHoweverLongItTakes() {
        assertThat(launches(plan(market(700, new Objective.Cheapest())))).containsOnlyKeys("A");
    }

    /** The Job Manager at 2 USD/h makes time dear: 10 B cost 7 USD/h in all and deliver 42.9 tasks/USD, 10 A 33.3. */
    @Test
    void cheapestCountsTheJobManagersHours() {
        Plan plan = plan(market(700, new Objective.Cheapest()).jobManager(2, 0));

        assertThat(launches(plan)).isEqualTo(Map.of("B", 10));
    }

    @Test
    void budgetAndDeadlineHoldTogetherWhereTheyCan() {
        var objective = new Objective.BudgetAndDeadline(9.1, Situations.NOW.plus(Duration.ofHours(5)));

        assertThat(launches(plan(market(700, objective)))).isEqualTo(Map.of("A", 8, "B", 2));
    }

    /** In 4 h it takes 175 tasks/h: 6 A + 4 B, 180 tasks/h for 2.60 USD/h, 10.11 USD; 10 USD allow 4.375 h (7 A + 3 B). */
    @Test
    void budgetAndDeadlineThatConflictAreSaidWithWhatEachWouldNeed() {
        var objective = new Objective.BudgetAndDeadline(10, Situations.NOW.plus(Duration.ofHours(4)));

        Plan plan = plan(market(700, objective));

        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.feasibility().words())
                .contains("do not hold together", "10.1111 USD more", "10.0000 USD that are left 15750 s");
    }

    @Test
    void theJobManagersOwnComputingCounts() {
        Plan plan = plan(market(700, new Objective.FastestWithinBudget(100)).jobManager(0, 300 / HOUR));

        double seconds = plan.outlook().orElseThrow().secondsLeft().expected();
        assertThat(seconds).isCloseTo(700 / 600.0 * HOUR, within(1e-6)); // 10 B and as much again
    }

    @Test
    void limitsHold() {
        Limits limits = Limits.ofInstances(10).withMaxPerPool(4);
        Plan capped = plan(market(700, new Objective.FastestWithinBudget(100)).limits(limits));
        assertThat(launches(capped)).isEqualTo(Map.of("A", 4, "B", 4));

        Plan shared = plan(market(700, new Objective.FastestWithinBudget(100))
                .limits(Limits.ofInstances(10).withMaxPoolShare(0.3)));
        assertThat(launches(shared)).isEqualTo(Map.of("A", 3, "B", 3));

        var quota = new VcpuQuota("standard", Set.of(), PurchaseOption.SPOT, 21); // 4 vCPUs each: five instances
        Plan quotas = plan(market(700, new Objective.FastestWithinBudget(100))
                .limits(Limits.ofInstances(10).withQuotas(List.of(quota))));
        assertThat(launches(quotas)).isEqualTo(Map.of("B", 5));
    }

    /** 300 tasks on 10 B take an hour, and an hour longer where they start first. */
    @Test
    void startUpIsNotFree() {
        Objective budget = new Objective.FastestWithinBudget(100);
        Plan without = plan(new Situations(300, budget).pool("B", "a", 30, 0.50));
        Plan with = plan(new Situations(300, budget).startup(HOUR).pool("B", "a", 30, 0.50));

        assertThat(without.outlook().orElseThrow().secondsLeft().expected()).isCloseTo(HOUR, within(1e-6));
        assertThat(with.outlook().orElseThrow().secondsLeft().expected()).isCloseTo(2 * HOUR, within(1e-6));
        assertThat(with.outlook().orElseThrow().costUsd().expected()).isCloseTo(10, within(1e-9));
    }

    @Test
    void nothingIsLaunchedThatCannotPayBackItsStartUp() {
        Plan plan = plan(new Situations(30, new Objective.FastestWithinBudget(100))
                .startup(HOUR)
                .worker("w", "B", 60, 0.50)
                .pool("B", "a", 30, 0.50));

        assertThat(plan.only(Action.LAUNCH)).isEmpty();
        assertThat(ids(plan, Action.KEEP)).containsExactly("w");
    }

    @Test
    void aWorkerIsReplacedOnlyWhereThatPaysByTheMargin() {
        Limits one = Limits.ofInstances(1);
        Objective budget = new Objective.FastestWithinBudget(100);

        Plan little = plan(new Situations(1000, budget)
                .limits(one)
                .worker("w", "A", 10, 0.1)
                .pool("B", "a", 10.3, 0.1));
        assertThat(ids(little, Action.KEEP)).containsExactly("w");
        assertThat(little.only(Action.LAUNCH)).isEmpty();

        Plan much = plan(new Situations(1000, budget)
                .limits(one)
                .worker("w", "A", 10, 0.1)
                .pool("B", "a", 20, 0.1));
        assertThat(ids(much, Action.TERMINATE)).containsExactly("w");
        assertThat(launches(much)).isEqualTo(Map.of("B", 1));
        assertThat(much.only(Action.TERMINATE).get(0).reason().code()).isEqualTo(Reason.Code.REPLACED);
    }

    /** The better pool needs 2 h to start while 2.5 h of work are left: it would deliver less than what runs. */
    @Test
    void aWorkerIsNotReplacedWhereTheRestIsTooShortForTheStartUp() {
        Plan plan = plan(new Situations(25, new Objective.FastestWithinBudget(100))
                .limits(Limits.ofInstances(1))
                .startup(2 * HOUR)
                .worker("w", "A", 10, 0.1)
                .pool("B", "a", 40, 0.1));

        assertThat(ids(plan, Action.KEEP)).containsExactly("w");
    }

    @Test
    void aWorkerThatHoldsTasksIsDrained() {
        Plan plan = plan(new Situations(1000, new Objective.FastestWithinBudget(100))
                .shape(new TaskShape(1440, 0.5))
                .limits(Limits.ofInstances(1))
                .worker("w", "A", 10, 0.1, 4)
                .pool("B", "a", 30, 0.1));

        assertThat(ids(plan, Action.DRAIN)).containsExactly("w");
    }

    /** 700 tasks and 4 USD: with A alone 400 can be done. What runs goes on as cheaply as it can; it is said. */
    @Test
    void aRunThatBecameInfeasibleGoesOnWithTheMostTasksPerDollar() {
        Plan plan = plan(market(700, new Objective.FastestWithinBudget(4))
                .worker("w1", "A", 10, 0.1)
                .worker("w2", "A", 10, 0.1));

        assertThat(plan.feasibility().feasible()).isFalse();
        assertThat(ids(plan, Action.KEEP)).containsExactly("w1", "w2");
        assertThat(launches(plan)).doesNotContainKey("B");
    }

    /** Ten instances with a spread of 3 tasks/h: one deviation of the sum is 9.5 tasks/h, which must fit as well. */
    @Test
    void uncertainRatesNeedASurplus() {
        RateEstimate sure = new RateEstimate(10 / HOUR, 0, 0, Basis.HISTORY);
        RateEstimate unsure = new RateEstimate(30 / HOUR, 3 / HOUR, 3 / HOUR, Basis.HISTORY);
        Situations situations = new Situations(700, new Objective.FastestWithinBudget(10))
                .pool("A", "a", sure, 0.10, 0)
                .pool("B", "a", unsure, 0.50, 0);

        Plan careless = plan(situations.settings(new PlanSettings(0, 0.04, 0, 0)));
        Plan careful = plan(situations.settings(new PlanSettings(1, 0.04, 0, 0)));

        assertThat(launches(careless)).isEqualTo(Map.of("A", 7, "B", 3));
        assertThat(launches(careful).get("B")).isLessThan(3);
        var forecast = careful.outlook().orElseThrow();
        assertThat(forecast.costUsd().expected()).isLessThan(9.6);
        assertThat(forecast.costUsd().high()).isGreaterThan(forecast.costUsd().expected());
    }

    @Test
    void anUnmeasuredTypeIsProbedByOneInstanceInItsCheapestPool() {
        RateEstimate guess = new RateEstimate(40 / HOUR, 4 / HOUR, 20 / HOUR, Basis.PRIOR);
        Plan plan = plan(market(700, new Objective.FastestWithinBudget(100))
                .pool("C", "a", guess, 0.5, 0)
                .pool("C", "b", guess, 0.4, 0));

        List<Decision> probes = plan.only(Action.LAUNCH).stream()
                .filter(d -> d.pool().instanceType().equals("C"))
                .toList();
        assertThat(probes).singleElement().satisfies(d -> {
            assertThat(d.count()).isOne();
            assertThat(d.pool().availabilityZone()).isEqualTo("b");
            assertThat(d.reason().code()).isEqualTo(Reason.Code.EXPLORATION);
        });
    }

    @Test
    void everyDecisionCarriesTheNumbersCompared() {
        Plan plan = plan(market(700, new Objective.FastestWithinBudget(10)).worker("w", "A", 10, 0.1));

        assertThat(plan.decisions()).isNotEmpty().allSatisfy(d -> {
            assertThat(d.reason().words()).contains("tasks/s at", "USD/h delivers", "tasks/USD", "to the end");
            assertThat(d.reason().figures())
                    .containsKeys("tasksPerSecond", "usdPerHour", "tasksPerUsd", "neededTasksPerUsd", "secondsToEnd");
        });
    }

    @Test
    void theSameSituationGivesTheSamePlan() {
        Situations situations =
                market(700, new Objective.FastestWithinBudget(10)).worker("w", "A", 10, 0.1);

        assertThat(plan(situations)).isEqualTo(plan(situations));
    }
}
