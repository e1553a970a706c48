package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.core.plan.RateEstimate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Do the estimator's 90 % intervals hold the truth in nine of ten cases, over 500 random worlds? */
class EstimatorCoverageTest {
    private static final double NINETY = 1.645;

    @Test
    void intervalsOfTypesMeasuredNowAndBeforeHoldTheTruth() {
        Tally tally = new Tally();
        for (int seed = 0; seed < 500; seed++) {
            World world = new World(seed, 6, 1 + seed % 4, true);
            for (String type : world.types()) {
                RateEstimate e = world.estimator.type(type);
                tally.count(world.truth(type), e.tasksPerSecond(), e.error());
            }
        }
        tally.assertNominal("types with history and live measurements");
    }

    @Test
    void intervalsOfTypesMeasuredOnlyNowHoldTheTruth() {
        Tally tally = new Tally();
        for (int seed = 0; seed < 500; seed++) {
            World world = new World(seed, 6, 2 + seed % 5, false);
            for (String type : world.types()) {
                RateEstimate e = world.estimator.type(type);
                tally.count(world.truth(type), e.tasksPerSecond(), e.error());
            }
        }
        tally.assertNominal("types with live measurements only");
    }

    @Test
    void intervalsOfTypesMeasuredOnlyBeforeHoldTheTruthOfThisRun() {
        Tally tally = new Tally();
        for (int seed = 0; seed < 500; seed++) {
            World world = new World(seed, 6, 3, true, 3);
            for (String type : world.types().subList(3, 6)) {
                RateEstimate e = world.estimator.type(type);
                tally.count(world.truth(type), e.tasksPerSecond(), e.error());
            }
        }
        tally.assertNominal("types with history, scaled by this run's factor");
    }

    @Test
    void intervalsOfInstancesHoldTheTruth() {
        Tally tally = new Tally();
        for (int seed = 0; seed < 500; seed++) {
            World world = new World(seed, 4, 1 + seed % 6, seed % 2 == 0);
            world.instances.forEach((id, truth) -> {
                RateEstimate e = world.estimator.instance(id, id.substring(0, id.indexOf('/')));
                tally.count(truth, e.tasksPerSecond(), Math.hypot(e.spread(), e.error()));
            });
        }
        tally.assertNominal("instances");
    }

    @Test
    void anInstancesPosteriorIsNearerToTheTruthThanItsMeasurementAndItsType() {
        double own = 0;
        double posterior = 0;
        double type = 0;
        for (int seed = 0; seed < 500; seed++) {
            World world = new World(seed, 4, 4, true);
            for (Map.Entry<String, Double> e : world.instances.entrySet()) {
                String name = e.getKey().substring(0, e.getKey().indexOf('/'));
                own += square(Math.log(world.measured.get(e.getKey()) / e.getValue()));
                posterior += square(
                        Math.log(world.estimator.instance(e.getKey(), name).tasksPerSecond() / e.getValue()));
                type += square(Math.log(world.estimator.type(name).tasksPerSecond() / e.getValue()));
            }
        }
        assertThat(posterior).isLessThan(0.9 * own).isLessThan(0.9 * type);
    }

    private static double square(double x) {
        return x * x;
    }

    /** Random true rates, a factor of the run, history and live measurements of them. */
    private static final class World {
        final Estimator estimator;
        final Map<String, Double> instances = new TreeMap<>();
        final Map<String, Double> measured = new TreeMap<>();
        private final Map<String, Double> truths = new TreeMap<>();

        World(int seed, int types, int perType, boolean history) {
            this(seed, types, perType, history, types);
        }

        World(int seed, int types, int perType, boolean history, int liveTypes) {
            Random random = new Random(seed);
            double factor = Math.exp(0.05 * random.nextGaussian());
            double spread = 0.05 + 0.04 * random.nextDouble();
            Map<String, ThroughputSummary> before = new TreeMap<>();
            List<Measured> live = new ArrayList<>();
            for (int t = 0; t < types; t++) {
                String type = (char) ('a' + t) + "9.xlarge";
                double earlier = 0.1 * Math.exp(3 * random.nextDouble());
                double truth = earlier * factor * Math.exp(0.03 * random.nextGaussian());
                truths.put(type, truth);
                if (history) {
                    before.put(type, summary(type, earlier, spread, 1 + random.nextInt(12), random));
                }
                for (int i = 0; i < perType && t < liveTypes; i++) {
                    String id = type + "/" + i;
                    double speed = truth * Math.exp(spread * random.nextGaussian());
                    double error = 0.03 + 0.15 * random.nextDouble();
                    double seen = speed * Math.exp(error * random.nextGaussian());
                    instances.put(id, speed);
                    measured.put(id, seen);
                    live.add(new Measured(id, type, seen, error));
                }
            }
            estimator = new Estimator(List.of(), before, 1);
            estimator.learn(live);
        }

        private static ThroughputSummary summary(String type, double mean, double spread, int n, Random random) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double x = mean * Math.exp(spread * random.nextGaussian());
                sum += x;
                squares += x * x;
            }
            double variance = Math.max(0, squares / n - sum / n * sum / n);
            return new ThroughputSummary(type, sum / n, Math.sqrt(variance), 5L * n, n, Instant.EPOCH);
        }

        List<String> types() {
            return List.copyOf(truths.keySet());
        }

        double truth(String type) {
            return truths.get(type);
        }
    }

    private static final class Tally {
        private int inside;
        private int all;

        void count(double truth, double estimate, double error) {
            all++;
            inside += Math.abs(truth - estimate) <= NINETY * error ? 1 : 0;
        }

        void assertNominal(String what) {
            assertThat((double) inside / all)
                    .as("%s: %d of %d", what, inside, all)
                    .isBetween(0.85, 0.95);
        }
    }
}
