package io.cloudpits.core.sim;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small random markets that change much faster than real ones: price steps, spikes, bulk outages, hazards. */
final class RandomMarkets {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofHours(30);

    private final Random random;

    RandomMarkets(long seed) {
        random = new Random(seed * 7919 + 17);
    }

    Market market() {
        SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>();
        SortedMap<String, InstanceTypeFacts> types = new TreeMap<>();
        SortedMap<String, Double> speeds = new TreeMap<>();
        int count = 3 + random.nextInt(5);
        for (int t = 0; t < count; t++) {
            int vcpus = 2 << random.nextInt(4);
            String name = "f" + t % 3 + "." + vcpus + "x" + t;
            Architecture architecture = t % 3 == 0 ? Architecture.ARM64 : Architecture.X86_64;
            types.put(name, new InstanceTypeFacts(name, vcpus, 4.0 * vcpus, architecture, 0, ""));
            speeds.put(name, vcpus * (0.5 + random.nextDouble()));
            double onDemand = vcpus * (0.03 + 0.03 * random.nextDouble());
            int zones = 1 + random.nextInt(3);
            for (int z = 0; z < zones; z++) {
                pools.put(
                        CapacityPool.spot(name, "z" + z),
                        new PoolMarket(prices(onDemand), onDemand, capacity(), random.nextDouble() * 0.3));
            }
        }
        return new Market(pools, types, speeds);
    }

    private StepFunction prices(double onDemand) {
        TreeMap<Instant, Double> steps = new TreeMap<>();
        Instant at = START.minus(Duration.ofHours(2));
        double ratio = 0.2 + 0.3 * random.nextDouble();
        while (at.isBefore(START.plus(LENGTH))) {
            boolean spike = random.nextInt(12) == 0;
            double usd = onDemand * (spike ? 1 : Math.min(1, ratio));
            steps.put(at, Math.max(1e-4, usd));
            ratio = Math.max(0.1, ratio * Math.exp(0.1 * random.nextGaussian()));
            at = at.plusSeconds(60 + random.nextInt(5400));
        }
        return StepFunction.of(steps);
    }

    private StepFunction capacity() {
        if (random.nextInt(3) == 0) {
            return StepFunction.constant(1000);
        }
        TreeMap<Instant, Double> steps = new TreeMap<>();
        Instant at = START.minus(Duration.ofHours(2));
        while (at.isBefore(START.plus(LENGTH))) {
            steps.put(at, (double) (random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(8)));
            at = at.plusSeconds(600 + random.nextInt(14_400));
        }
        return StepFunction.of(steps);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    double upTo(double most) {
        return most * random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
