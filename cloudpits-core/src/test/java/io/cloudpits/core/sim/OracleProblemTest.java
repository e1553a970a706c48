package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Limits;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the oracle is told of a market and of a run that happened in it. */
class OracleProblemTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final CapacityPool A = CapacityPool.spot("a.large", "z1");
    private static final CapacityPool B = CapacityPool.spot("b.large", "z2");
    private static final CapacityPool UNKNOWN = CapacityPool.spot("u.large", "z1");
    private static final Limits LIMITS = Limits.ofInstances(10);
    private static final CostModel COSTS = CostModel.gp3();

    private static Market market(StepFunction usdPerHour) {
        var pools = new TreeMap<CapacityPool, PoolMarket>();
        for (CapacityPool pool : List.of(A, B, UNKNOWN)) {
            pools.put(pool, new PoolMarket(usdPerHour, 5, StepFunction.constant(100), 0));
        }
        return new Market(pools, new TreeMap<>(), new TreeMap<>(Map.of("a.large", 2.0, "b.large", 3.0)));
    }

    private static OracleProblem problem(Limits limits, CostModel costs) {
        return OracleProblem.of(market(StepFunction.constant(1)), START, limits, 1000, costs, JobManagerCost.c5());
    }

    @Test
    void knowsThePoolsWhoseThroughputIsKnown() {
        assertThat(problem(LIMITS, COSTS).pools())
                .extracting(OracleProblem.Pool::tasksPerSecond)
                .containsExactly(2.0, 3.0);
    }

    @Test
    void keepsToThePoolsThatTheRunMayUse() {
        assertThat(problem(LIMITS.withAvailabilityZones(Set.of("z2")), COSTS).pools())
                .extracting(OracleProblem.Pool::tasksPerSecond)
                .containsExactly(3.0);
    }

    @Test
    void keepsToThePoolLimitOfTheRun() {
        assertThat(problem(LIMITS.withMaxPerPool(4), COSTS).pools())
                .extracting(OracleProblem.Pool::maxInstances)
                .containsExactly(4, 4);
    }

    /** gp3: 0.0022 + 0.005 + 0.9/730 USD/h; in z2 also 3 tasks/s x 3600 x 0.00001 USD = 0.108 USD/h. */
    @Test
    void addsDiskAddressMetricsAndTheCostPerTask() {
        double perHour = 0.0022 + 0.005 + 0.9 / 730;

        List<OracleProblem.Pool> pools =
                problem(LIMITS, COSTS.withUsdPerTask(Map.of("z2", 0.000_01))).pools();

        assertThat(pools.get(0).extraUsdPerHour()).isCloseTo(perHour, within(1e-12));
        assertThat(pools.get(1).extraUsdPerHour()).isCloseTo(perHour + 0.108, within(1e-12));
    }

    @Test
    void knowsTheBestSpeedThatARunHad() {
        OracleProblem problem = run(StepFunction.constant(1), Map.of(A, 1.25), Map.of());

        assertThat(problem.pools().get(0).tasksPerSecond()).isEqualTo(2.5);
        assertThat(problem.pools().get(1).tasksPerSecond()).isEqualTo(3);
    }

    @Test
    void paysNothingForTimeThatWasNotCharged() {
        var steps = new TreeMap<Instant, Double>();
        steps.put(START, 1.0);
        steps.put(START.plusSeconds(600), 2.0);
        steps.put(START.plusSeconds(1200), 3.0);

        StepFunction paid = run(StepFunction.of(steps), Map.of(), free(300, 900))
                .pools()
                .get(0)
                .usdPerHour();

        var expected = new TreeMap<Instant, Double>();
        expected.put(START, 1.0);
        expected.put(START.plusSeconds(300), 0.0);
        expected.put(START.plusSeconds(900), 2.0);
        expected.put(START.plusSeconds(1200), 3.0);
        assertThat(paid).isEqualTo(StepFunction.of(expected));
    }

    @Test
    void paysNothingForFreeTimeAtAPriceThatNeverChanges() {
        StepFunction paid = run(StepFunction.constant(1), Map.of(), free(300, 900))
                .pools()
                .get(0)
                .usdPerHour();

        assertThat(paid.at(START)).hasValue(1);
        assertThat(paid.at(START.plusSeconds(300))).hasValue(0);
        assertThat(paid.at(START.plusSeconds(899))).hasValue(0);
        assertThat(paid.at(START.plusSeconds(900))).hasValue(1);
    }

    @Test
    void joinsFreeTimesThatOverlap() {
        var free = Map.of(A, List.of(span(300, 900), span(600, 1500), span(700, 800)));

        StepFunction paid =
                run(StepFunction.constant(1), Map.of(), free).pools().get(0).usdPerHour();

        assertThat(paid.at(START.plusSeconds(300))).hasValue(0);
        assertThat(paid.at(START.plusSeconds(900))).hasValue(0);
        assertThat(paid.at(START.plusSeconds(1499))).hasValue(0);
        assertThat(paid.at(START.plusSeconds(1500))).hasValue(1);
    }

    @Test
    void refusesAJobWithoutTasksOrNodes() {
        assertThatThrownBy(() ->
                        new OracleProblem(START, List.of(), 1, Double.NaN, JobManagerCost.c5(), OracleProblem.HORIZON))
                .hasMessageContaining("tasks is NaN");
        assertThatThrownBy(() -> new OracleProblem(START, List.of(), 0, 1, JobManagerCost.c5(), OracleProblem.HORIZON))
                .hasMessageContaining("maxInstances is 0");
    }

    private static Map<CapacityPool, List<Instant[]>> free(int from, int to) {
        return Map.of(A, List.<Instant[]>of(span(from, to)));
    }

    private static Instant[] span(int from, int to) {
        return new Instant[] {START.plusSeconds(from), START.plusSeconds(to)};
    }

    private static OracleProblem run(
            StepFunction usdPerHour, Map<CapacityPool, Double> speeds, Map<CapacityPool, List<Instant[]>> free) {
        return OracleProblem.of(market(usdPerHour), START, LIMITS, 1000, COSTS, JobManagerCost.c5(), speeds, free);
    }
}
