package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.api.Reason;
import io.cloudpits.api.VcpuQuota;
import io.cloudpits.core.plan.RateEstimate.Basis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed's rule, worked out by hand; rates are tasks per hour, so that tasks/USD is rate / price. */
class SeedStrategyTest {
    private static final double HOUR = 3600;
    private final SeedStrategy seed = new SeedStrategy();

    private static Situations job(double tasks, double budget) {
        return new Situations(tasks, new Objective.FastestWithinBudget(budget));
    }

    private static RateEstimate rate(double perHour, double deviation) {
        return new RateEstimate(perHour / HOUR, deviation / HOUR, 0, Basis.HISTORY);
    }

    /** Launches by pool, in the order of the decisions. */
    private static Map<String, Integer> launches(Plan plan) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        plan.only(Action.LAUNCH)
                .forEach(
                        d -> counts.put(d.pool().instanceType() + " " + d.pool().availabilityZone(), d.count()));
        return counts;
    }

    private static List<String> ids(Plan plan, Action action) {
        return plan.only(action).stream()
                .map(d -> String.valueOf(d.instanceId()))
                .toList();
    }

    /**
     * 700 tasks for 10 USD: 70 tasks/USD. A: 10/0.10 = 100 passes; B: 30/0.50 = 60 does not. Of 10 wanted, a fifth (2) per
     * round in five rounds: 10 A. (The fleet as a whole could be 7 A + 3 B; the seed cannot see that.)
     */
    @Test
    void everyCandidateMustDeliverTheRatioByItself() {
        Plan plan = seed.plan(
                job(700, 10).pool("A", "a", 10, 0.10).pool("B", "a", 30, 0.50).build());

        assertThat(launches(plan)).isEqualTo(Map.of("A a", 10));
        Decision launch = plan.only(Action.LAUNCH).get(0);
        assertThat(launch.reason().code()).isEqualTo(Reason.Code.ABOVE_RATIO);
        assertThat(launch.reason().figures().get("tasksPerUsd")).isCloseTo(100, within(1e-9));
        assertThat(launch.reason().figures().get("neededTasksPerUsd")).isCloseTo(70, within(1e-9));
    }

    /**
     * 500 tasks for 10 USD: 50. A 100, B 60, C 20/0.25 = 80 pass. Fastest first: B (30), C (20), A (10); 2 each per round:
     * round 1 B2 C2 A2, round 2 B2 C2: ten.
     */
    @Test
    void launchesGoRoundTheCandidatesTheFastestFirst() {
        Plan plan = seed.plan(job(500, 10)
                .pool("A", "a", 10, 0.10)
                .pool("B", "a", 30, 0.50)
                .pool("C", "a", 20, 0.25)
                .build());

        assertThat(launches(plan)).isEqualTo(Map.of("B a", 4, "C a", 4, "A a", 2));
        assertThat(launches(plan).keySet()).containsExactly("B a", "C a", "A a");
    }

    /** A delivers 10 - 4 = 6 for sure: 60 tasks/USD. Of 70 needed it fails, of 59 it passes. */
    @Test
    void theMeanLessOneDeviationCounts() {
        assertThat(launches(seed.plan(
                        job(700, 10).pool("A", "a", rate(10, 4), 0.10, 0).build())))
                .isEmpty();
        assertThat(launches(seed.plan(
                        job(590, 10).pool("A", "a", rate(10, 4), 0.10, 0).build())))
                .hasSize(1);
    }

    /** Exactly 100 tasks/USD are needed: a running A (100) passes, a candidate must deliver strictly more. */
    @Test
    void aRunningInstancePassesAtTheRatioAndACandidateOnlyAboveIt() {
        Plan plan = seed.plan(job(1000, 10)
                .worker("w", "A", 10, 0.125)
                .pool("A", "a", 12.5, 0.125)
                .build());

        assertThat(ids(plan, Action.TERMINATE)).containsExactly("w"); // 80 < 100
        assertThat(launches(plan)).isEmpty(); // 100 is not above 100

        Plan equal = seed.plan(job(800, 10).worker("w", "A", 10, 0.125).build());
        assertThat(ids(equal, Action.KEEP)).containsExactly("w"); // 80 >= 80
    }

    /** Half the money is spent and 600 of 700 tasks are left: 120 tasks/USD; A (100) goes, D (26/0.2 = 130) comes. */
    @Test
    void theRatioIsThatOfWhatIsLeft() {
        Plan plan = seed.plan(job(600, 10)
                .spent(5)
                .worker("w", "A", 10, 0.10)
                .pool("D", "a", 26, 0.20)
                .build());

        assertThat(ids(plan, Action.TERMINATE)).containsExactly("w");
        assertThat(plan.only(Action.TERMINATE).get(0).reason().code()).isEqualTo(Reason.Code.BELOW_RATIO);
        assertThat(launches(plan)).containsOnlyKeys("D a");
    }

    /** Patience 3: bad, bad, good, bad, bad: 2, 1, 2, 1, 0: it goes in the fifth interval and not before. */
    @Test
    void patienceIsCountedDownByBadIntervalsAndUpByGoodOnes() {
        var patient = new SeedStrategy(3);
        Map<String, Integer> counters = Map.of();
        boolean[] good = {false, false, true, false, false};
        int[] expected = {2, 1, 2, 1, 0};
        for (int i = 0; i < good.length; i++) {
            Situation s =
                    job(good[i] ? 500 : 1500, 10).worker("w", "A", 10, 0.10).build();
            Plan plan = patient.plan(withCounters(s, counters));
            counters = plan.counters();
            assertThat(counters.getOrDefault("w", 0)).as("interval %d", i).isEqualTo(expected[i]);
            assertThat(ids(plan, expected[i] > 0 ? Action.KEEP : Action.TERMINATE))
                    .containsExactly("w");
        }
    }

    /** Good intervals never lift the counter above the patience: after ten good ones, three bad ones end it. */
    @Test
    void patienceIsNotSavedUp() {
        var patient = new SeedStrategy(3);
        Map<String, Integer> counters = Map.of();
        for (int i = 0; i < 10; i++) {
            counters = patient.plan(
                            withCounters(job(500, 10).worker("w", "A", 10, 0.10).build(), counters))
                    .counters();
        }
        for (int i = 0; i < 3; i++) {
            Plan plan = patient.plan(
                    withCounters(job(1500, 10).worker("w", "A", 10, 0.10).build(), counters));
            counters = plan.counters();
            assertThat(ids(plan, Action.TERMINATE)).hasSize(i < 2 ? 0 : 1);
        }
    }

    private static Situation withCounters(Situation s, Map<String, Integer> counters) {
        return new Situation(
                s.now(),
                s.objective(),
                s.spentUsd(),
                s.tasksLeft(),
                s.jobManagerUsdPerHour(),
                s.jobManagerTasksPerSecond(),
                s.limits(),
                s.leavingInstances(),
                s.leavingUsd(),
                s.pools(),
                s.workers(),
                s.taskShape(),
                s.settings(),
                counters);
    }

    /** A is measured live at 25 where its history says 10: its pool ranks before B (20). */
    @Test
    void aPoolInWhichAnInstanceWorksIsRankedByThatOne() {
        Plan plan = seed.plan(job(100, 10)
                .worker("w", "A", 25, 0.10)
                .pool("A", "a", 10, 0.10)
                .pool("B", "a", 20, 0.20)
                .build());

        assertThat(launches(plan).keySet()).containsExactly("A a", "B a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void fewerThanFiveNodesAreLaunchedToo(int nodes) {
        Plan plan = seed.plan(job(500, 10)
                .limits(Limits.ofInstances(nodes))
                .pool("A", "a", 10, 0.10)
                .build());

        assertThat(launches(plan)).isEqualTo(Map.of("A a", nodes));
    }

    @Test
    void limitsHold() {
        var quota = new VcpuQuota("standard", Set.of(), PurchaseOption.SPOT, 17); // four vCPUs each: four instances
        Plan quotas = seed.plan(job(500, 10)
                .limits(Limits.ofInstances(10).withQuotas(List.of(quota)))
                .pool("A", "a", 10, 0.10)
                .build());
        assertThat(launches(quotas)).isEqualTo(Map.of("A a", 4));

        Plan pools = seed.plan(job(500, 10)
                .limits(Limits.ofInstances(10).withMaxPerPool(3))
                .pool("A", "a", 10, 0.10)
                .pool("A", "b", 10, 0.10)
                .build());
        assertThat(launches(pools)).isEqualTo(Map.of("A a", 3, "A b", 3));
    }

    @Test
    void aJobThatIsDoneStartsNothing() {
        assertThat(launches(seed.plan(job(0, 10).pool("A", "a", 10, 0.10).build())))
                .isEmpty();
    }

    /** Three are in the pool, one of which goes now: it counts until it is gone, so that only one more fits four. */
    @Test
    void anInstanceThatIsEndedNowStillCountsAgainstItsPool() {
        Plan plan = seed.plan(job(1000, 10)
                .limits(Limits.ofInstances(20).withMaxPerPool(4))
                .worker("w1", "A", 12, 0.10)
                .worker("w2", "A", 12, 0.10)
                .worker("w3", "A", 8, 0.10)
                .pool("A", "a", 12, 0.10)
                .build());

        assertThat(ids(plan, Action.TERMINATE)).containsExactly("w3");
        assertThat(launches(plan)).isEqualTo(Map.of("A a", 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 10.5, 100})
    void onceTheMoneyIsSpentNothingPasses(double spent) {
        Plan plan = seed.plan(job(500, 10)
                .spent(spent)
                .worker("w", "A", 10, 0.10)
                .pool("A", "a", 10, 0.10)
                .build());

        assertThat(ids(plan, Action.TERMINATE)).containsExactly("w");
        assertThat(launches(plan)).isEmpty();
        assertThat(plan.feasibility().feasible()).isFalse();
    }

    @Test
    void withoutAnyPriceWhatRunsIsJudgedAndNothingIsLaunched() {
        Plan plan = seed.plan(job(500, 10).worker("w", "A", 10, 0.10).build());

        assertThat(ids(plan, Action.KEEP)).containsExactly("w");
        assertThat(launches(plan)).isEmpty();
        assertThat(seed.plan(job(500, 10).build()).feasibility().feasible()).isFalse();
    }

    @Test
    void anInstanceThatStillStartsIsNotJudged() {
        Situation s = job(5000, 10).worker("w", "A", 10, 0.10).build();
        Worker w = s.workers().get(0);
        Worker starting = new Worker(
                w.id(), w.pool(), w.facts(), 30, 120, w.allInUsdPerHour(), w.ceilingUsdPerHour(), w.rate(), 0, 0, 0);
        Situation booting = new Situation(
                s.now(),
                s.objective(),
                0,
                5000,
                0,
                0,
                s.limits(),
                0,
                0,
                s.pools(),
                List.of(starting),
                s.taskShape(),
                s.settings(),
                Map.of());

        assertThat(ids(seed.plan(s), Action.TERMINATE)).containsExactly("w");
        assertThat(ids(seed.plan(booting), Action.KEEP)).containsExactly("w");
    }

    @Test
    void anUnmeasuredRateOfZeroNeverPasses() {
        Plan plan = seed.plan(job(500, 10).pool("A", "a", rate(0, 0), 0.10, 0).build());

        assertThat(launches(plan)).isEmpty();
        assertThat(plan.feasibility().feasible()).isFalse();
    }

    @Test
    void withoutABudgetEveryRatioIsMet() {
        Plan plan = seed.plan(new Situations(500, new Objective.Cheapest())
                .worker("w", "A", 1, 10)
                .pool("B", "a", 1, 10)
                .build());

        assertThat(ids(plan, Action.KEEP)).containsExactly("w");
        assertThat(launches(plan)).isNotEmpty();
    }

    @Test
    void aPatienceBelowOneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SeedStrategy(0))
                .withMessageContaining("patience")
                .withMessageContaining("0");
    }
}
