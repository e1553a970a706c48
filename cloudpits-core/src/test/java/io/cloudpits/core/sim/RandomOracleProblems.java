package io.cloudpits.core.sim;

import io.cloudpits.core.ledger.JobManagerCost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Small random problems for the oracle: few pools and steps, so that an exact solver can answer them too. */
final class RandomOracleProblems {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final Random random;

    RandomOracleProblems(long seed) {
        random = new Random(seed * 104_729 + 31);
    }

    /** One to six pools over 1 to 40 hours; prices that begin late, outages, limits and a Job Manager, all mixed. */
    OracleProblem problem() {
        int hours = 1 + random.nextInt(40);
        int nodes = 1 + random.nextInt(12);
        List<OracleProblem.Pool> pools = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        double fastest = 0;
        for (int i = 0; i < count; i++) {
            double rate = 0.1 + 2 * random.nextDouble();
            fastest = Math.max(fastest, rate);
            pools.add(new OracleProblem.Pool(
                    rate,
                    random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(8),
                    prices(hours, rate),
                    random.nextBoolean() ? 0 : upTo(0.05),
                    capacity(hours)));
        }
        double tasks = nodes * fastest * 3600 * hours * (0.01 + upTo(0.4));
        double computes = random.nextInt(3) == 0 ? upTo(fastest) : 0;
        double usdPerHour = random.nextInt(3) == 0 ? 0 : 0.02 + upTo(0.7);
        return new OracleProblem(
                START, pools, nodes, tasks, new JobManagerCost(usdPerHour, computes), Duration.ofHours(hours));
    }

    private StepFunction prices(int hours, double rate) {
        double usd = rate * (0.05 + upTo(0.3));
        if (random.nextInt(4) == 0) {
            return StepFunction.constant(usd);
        }
        TreeMap<Instant, Double> steps = new TreeMap<>();
        Duration first = random.nextInt(6) == 0 ? minutes(hours) : Duration.ofHours(-1);
        steps.put(START.plus(first), usd);
        for (int k = random.nextInt(4); k > 0; k--) {
            steps.put(START.plus(minutes(hours)), usd * (0.3 + upTo(1.5)));
        }
        return StepFunction.of(steps);
    }

    private StepFunction capacity(int hours) {
        if (random.nextInt(3) == 0) {
            return StepFunction.constant(1000);
        }
        TreeMap<Instant, Double> steps = new TreeMap<>();
        steps.put(START.minusSeconds(7), (double) random.nextInt(8));
        for (int k = random.nextInt(4); k > 0; k--) {
            steps.put(START.plus(minutes(hours)), random.nextInt(3) == 0 ? 0.0 : random.nextInt(12));
        }
        return StepFunction.of(steps);
    }

    private Duration minutes(int hours) {
        return Duration.ofMinutes(random.nextInt(60 * hours));
    }

    double upTo(double most) {
        return most * random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
