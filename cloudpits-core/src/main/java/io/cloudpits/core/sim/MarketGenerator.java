package io.cloudpits.core.sim;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a market that looks like a real one, for runs without a price log. Invented, not recorded: family names and sizes
 * are AWS's, all prices and speeds are drawn.
 *
 * <p>Statistics it is made to have, those of an observed region: two pools of five never change their price; the median
 * price step is 0.9 % and the median time between steps 7.5 h; the time-averaged ratio of Spot to On-Demand is 0.23 / 0.33 /
 * 0.52 at 5 % / 50 % / 95 % of the pools. Every fourth pool holds only a few instances and is down for some hours now and
 * then, with all its instances.
 */
public final class MarketGenerator {
    private static final List<String> ZONES = List.of("sim-1a", "sim-1b", "sim-1c");
    private static final List<Size> SIZES = List.of(
            new Size("large", 2),
            new Size("xlarge", 4),
            new Size("2xlarge", 8),
            new Size("4xlarge", 16),
            new Size("8xlarge", 32));
    private static final List<Family> FAMILIES = List.of(
            new Family("c5", Architecture.X86_64, 0.048, 2, 0.42),
            new Family("c5a", Architecture.X86_64, 0.043, 2, 0.45),
            new Family("c6i", Architecture.X86_64, 0.048, 2, 0.52),
            new Family("c6g", Architecture.ARM64, 0.039, 2, 0.61),
            new Family("c7g", Architecture.ARM64, 0.041, 2, 0.78),
            new Family("m5", Architecture.X86_64, 0.054, 4, 0.40),
            new Family("m5a", Architecture.X86_64, 0.048, 4, 0.37),
            new Family("m6i", Architecture.X86_64, 0.054, 4, 0.51),
            new Family("m6g", Architecture.ARM64, 0.043, 4, 0.60),
            new Family("r5", Architecture.X86_64, 0.070, 8, 0.40),
            new Family("r6g", Architecture.ARM64, 0.056, 8, 0.60),
            new Family("r6i", Architecture.X86_64, 0.070, 8, 0.51));
    private static final double RATIO_SIGMA = 0.25;
    private static final double FIXED_SHARE = 0.4;
    private static final double MEAN_GAP_HOURS = 7.5 / Math.log(2);
    private static final double MEAN_STEP = 0.009 / Math.log(2);
    private static final int PLENTY = 1_000_000;

    private final Dice dice;
    private final Instant from;
    private final Instant to;
    private final SortedMap<CapacityPool, PoolMarket> pools = new TreeMap<>();
    private final SortedMap<String, InstanceTypeFacts> types = new TreeMap<>();
    private final SortedMap<String, Double> speeds = new TreeMap<>();
    private long pool;

    private MarketGenerator(long seed, Instant from, Duration length) {
        this.dice = new Dice(seed);
        this.from = from;
        this.to = from.plus(length);
    }

    /**
     * A market of 60 types in three zones; the same for the same arguments.
     *
     * @param from the instant of the first prices
     * @param length how long prices change
     */
    public static Market generate(long seed, Instant from, Duration length) {
        var generator = new MarketGenerator(seed, from, length);
        FAMILIES.forEach(generator::add);
        return new Market(generator.pools, generator.types, generator.speeds);
    }

    private void add(Family family) {
        for (Size size : SIZES) {
            String type = family.name + "." + size.name;
            double onDemand = round(family.usdPerVcpuHour * size.vcpus);
            types.put(
                    type,
                    new InstanceTypeFacts(
                            type, size.vcpus, family.gibPerVcpu * size.vcpus, family.architecture, 0, family.name));
            speeds.put(type, family.tasksPerVcpuSecond * size.vcpus * dice.logNormal("type " + type, 0, 0.08));
            for (String zone : ZONES) {
                pools.put(CapacityPool.spot(type, zone), pool(onDemand));
            }
        }
    }

    private PoolMarket pool(double onDemand) {
        pool++;
        double ratio = 0.33 * Math.exp(RATIO_SIGMA * RATIO_SIGMA / 2) * dice.logNormal("ratio", pool, RATIO_SIGMA);
        double hazard = 0.0002 + 0.0006 * dice.uniform("hazard", pool, 0);
        return new PoolMarket(prices(onDemand, Math.min(0.9, ratio)), onDemand, capacity(), hazard);
    }

    /** Steps of random size that pull back to the pool's own level. */
    private StepFunction prices(double onDemand, double ratio) {
        TreeMap<Instant, Double> steps = new TreeMap<>();
        double level = Math.log(onDemand * ratio);
        double present = level;
        steps.put(from, round(Math.exp(present)));
        if (dice.uniform("fixed", pool, 0) < FIXED_SHARE) {
            return StepFunction.of(steps);
        }
        Instant at = later(from, "gap " + pool, 0, MEAN_GAP_HOURS);
        for (int k = 1; at.isBefore(to); k++) {
            double size = MEAN_STEP * dice.exponential("step " + pool, k, 1);
            double up = 0.5 + 2 * (level - present);
            present += dice.uniform("up " + pool, k, 0) < up ? size : -size;
            present = Math.min(present, Math.log(onDemand * 0.98));
            steps.put(at, round(Math.exp(present)));
            at = later(at, "gap " + pool, k, MEAN_GAP_HOURS);
        }
        return StepFunction.of(steps);
    }

    private StepFunction capacity() {
        if (dice.uniform("scarce", pool, 0) >= 0.25) {
            return StepFunction.constant(PLENTY);
        }
        double held = 3 + Math.floor(10 * dice.uniform("held", pool, 0));
        TreeMap<Instant, Double> steps = new TreeMap<>();
        steps.put(from, held);
        Instant at = later(from, "down " + pool, 0, 60);
        for (int k = 1; at.isBefore(to); k++) {
            steps.put(at, 0.0);
            at = later(at, "again " + pool, k, 3);
            steps.put(at, held);
            at = later(at, "down " + pool, k, 60);
        }
        return StepFunction.of(steps);
    }

    private Instant later(Instant at, String purpose, int k, double meanHours) {
        return at.plusSeconds((long) (3600 * meanHours * dice.exponential(purpose, k, 1)) + 1);
    }

    /** Prices have four decimals. */
    private static double round(double usd) {
        return Math.max(0.0001, Math.rint(usd * 10_000) / 10_000);
    }

    private record Size(String name, int vcpus) {}

    private record Family(
            String name,
            Architecture architecture,
            double usdPerVcpuHour,
            double gibPerVcpu,
            double tasksPerVcpuSecond) {}
}
