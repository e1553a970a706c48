package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Objective;
import io.cloudpits.core.sim.SimulationSettings.Call;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Calls whose answer is lost, or that fail for ever: the money stays accounted for, and the cap holds. */
class LostCallsTest {
    @Test
    void launchesOfUnknownOutcomeAreSettledAndTheBooksAreExactInTheEnd() {
        for (int seed = 0; seed < 20; seed++) {
            Scene scene = new Scene(seed, 1, new Objective.FastestWithinBudget(8)).measured();
            scene.world.unknownOutcome(0.5);

            RunResult result = scene.play(JobScript.fluid(600_000));

            assertThat(result.finished()).as("seed %d", seed).isTrue();
            assertThat(result.status().spentEstimated())
                    .as("estimated, seed %d", seed)
                    .isFalse();
            assertThat(result.status().spentUsd()).as("seed %d", seed).isCloseTo(result.billUsd(), within(1e-9));
        }
    }

    /** Every pool holds one instance, after two minutes many; after five every price goes up to its ceiling. */
    private static Market spiked(Market calm) {
        SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>();
        calm.pools().forEach((pool, m) -> {
            SortedMap<Instant, Double> price = new TreeMap<>();
            price.put(Scene.START.minusSeconds(1), m.usdPerHour().max());
            price.put(Scene.START.plusSeconds(300), m.ceilingUsdPerHour());
            SortedMap<Instant, Double> capacity = new TreeMap<>();
            capacity.put(Scene.START.minusSeconds(1), 1.0);
            capacity.put(Scene.START.plusSeconds(120), 1000.0);
            StepFunction held = StepFunction.of(capacity);
            pools.put(pool, new PoolMarket(StepFunction.of(price), m.ceilingUsdPerHour(), held, 0));
        });
        return new Market(pools, calm.types(), calm.tasksPerSecond());
    }

    /** After a minute neither leases can be moved nor instances ended; launches that come late must not stretch the money. */
    @Test
    void whereLeasesAndTerminationsFailForEverTheCapStillHolds() {
        int busy = 0;
        for (int seed = 0; seed < 40; seed++) {
            double budget = 0.6 + 0.04 * seed;
            Scene scene = new Scene(seed, 20, new Objective.FastestWithinBudget(budget)).measured();
            Instant later = Scene.START.plusSeconds(61);
            scene.world.outage(Call.LEASE, later, Instant.MAX).outage(Call.TERMINATE, later, Instant.MAX);
            SimulatedCloud cloud = scene.cloud();

            RunResult result =
                    scene.on(cloud, JobScript.fluid(1_500_000 * budget)).run();
            cloud.advanceTo(cloud.clock().instant().plusSeconds(3600));

            assertThat(cloud.aliveCount("run")).as("left, seed %d", seed).isZero();
            assertThat(cloud.billUsd("run")).as("bill, seed %d", seed).isLessThanOrEqualTo(budget);
            busy += result.launches() > 4 ? 1 : 0;
        }
        assertThat(busy).as("runs with several launches").isGreaterThan(20);
    }
}
