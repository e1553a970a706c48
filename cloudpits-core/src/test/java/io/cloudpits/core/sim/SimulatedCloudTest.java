package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceFleet;
import io.cloudpits.api.LaunchBatch;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.api.MetricSource;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceSource;
import io.cloudpits.api.WorkerMetric;
import io.cloudpits.api.contract.InstanceFleetContract;
import io.cloudpits.api.contract.MetricSourceContract;
import io.cloudpits.api.contract.PriceSourceContract;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.sim.SimulationSettings.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;

/** The simulated provider keeps the contracts of the real ones. */
class SimulatedCloudTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final CapacityPool POOL = CapacityPool.spot("c5.large", "a");

    private static SimulatedCloud cloud(SortedMap<CapacityPool, PoolMarket> pools, Instant now, boolean broken) {
        SortedMap<String, Double> rates = new TreeMap<>();
        pools.keySet().forEach(pool -> rates.put(pool.instanceType(), 2.0));
        SimulationSettings.Builder settings = SimulationSettings.builder(1).startup(100, 200);
        for (Call call : Call.values()) {
            if (broken) {
                settings.outage(call, Instant.MIN, Instant.MAX);
            }
        }
        var market = new Market(pools, new TreeMap<>(), rates);
        return new SimulatedCloud(market, settings.build(), CostModel.gp3(), null, now);
    }

    private static PoolMarket market(StepFunction price, int capacity) {
        return new PoolMarket(price, 0.2, StepFunction.constant(capacity), 0);
    }

    private static SortedMap<CapacityPool, PoolMarket> onePool() {
        return new TreeMap<>(Map.of(POOL, market(StepFunction.constant(0.04), 100)));
    }

    @Nested
    class AsPriceSource extends PriceSourceContract {
        @Override
        protected PriceSource sourceOf(List<PriceChange> steps, Instant now) {
            SortedMap<CapacityPool, TreeMap<Instant, Double>> prices = new TreeMap<>();
            steps.forEach(
                    s -> prices.computeIfAbsent(s.pool(), p -> new TreeMap<>()).put(s.at(), s.usdPerHour()));
            SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>();
            prices.forEach((pool, price) -> pools.put(pool, market(StepFunction.of(price), 10)));
            return cloud(pools, now, false);
        }

        @Override
        protected PriceSource brokenSource() {
            return cloud(onePool(), START, true);
        }
    }

    @Nested
    class AsMetricSource extends MetricSourceContract {
        /** Collects point by point, as each is published, what the contract then asks for at once. */
        @Override
        protected Published published() {
            SimulatedCloud cloud = cloud(onePool(), START, false);
            cloud.start("run", JobScript.fluid(1e9), 0);
            List<String> ids = new ArrayList<>();
            cloud.launch(new LaunchBatch(
                            "run",
                            List.of(new LaunchRequest("t", POOL, 3, 1)),
                            START.plus(Duration.ofDays(1)),
                            Map.of()))
                    .launched()
                    .forEach(i -> ids.add(i.id()));
            String silent = ids.remove(2);
            cloud.terminate("run", Set.of(silent));
            List<WorkerMetric> points = new ArrayList<>();
            Instant now = START;
            for (int second = 1; second <= 900; second++) {
                cloud.advanceTo(START.plusSeconds(second));
                for (String id : ids) {
                    points.addAll(cloud.since(Set.of(id), now).points());
                }
                now = START.plusSeconds(second);
            }
            points.sort(Comparator.comparing(WorkerMetric::at));
            return new Published(cloud, points, silent, now);
        }

        @Override
        protected MetricSource brokenSource() {
            return cloud(onePool(), START, true);
        }
    }

    @Nested
    class AsInstanceFleet extends InstanceFleetContract {
        @Override
        protected World world() {
            SortedMap<CapacityPool, PoolMarket> pools = onePool();
            pools.put(CapacityPool.spot("m5.large", "b"), market(StepFunction.constant(0.05), 10));
            pools.put(CapacityPool.spot("r5.large", "b"), market(StepFunction.constant(0.05), 0));
            return new SimulatedWorld(cloud(pools, START, false));
        }
    }

    private record SimulatedWorld(SimulatedCloud cloud) implements InstanceFleetContract.World {
        @Override
        public InstanceFleet fleet() {
            return cloud;
        }

        @Override
        public InstanceFleet brokenFleet() {
            return SimulatedCloudTest.cloud(onePool(), START, true);
        }

        @Override
        public Instant now() {
            return cloud.clock().instant();
        }

        @Override
        public void advance(Duration time) {
            cloud.advanceTo(now().plus(time));
        }

        @Override
        public CapacityPool pool() {
            return POOL;
        }

        @Override
        public CapacityPool otherPool() {
            return CapacityPool.spot("m5.large", "b");
        }

        @Override
        public CapacityPool emptyPool() {
            return CapacityPool.spot("r5.large", "b");
        }

        @Override
        public double maxUsdPerHour() {
            return 0.2;
        }
    }
}
