package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.core.plan.RateEstimate;
import io.cloudpits.core.plan.RateEstimate.Basis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EstimatorTest {
    private static final double HUGE = 1e9;

    @Test
    void guessesInProportionToVcpusWithAnErrorOfTheWholeBeforeAnythingIsMeasured() {
        var estimator = new Estimator(List.of(x86("c5.xlarge", 4)), Map.of(), 0.5);

        RateEstimate guess = estimator.type("c5.xlarge");

        assertThat(guess.basis()).isEqualTo(Basis.GUESS);
        assertThat(guess.tasksPerSecond()).isEqualTo(2, within(1e-12));
        assertThat(guess.error()).isEqualTo(2, within(1e-12));
        assertThat(estimator.isMeasured()).isFalse();
    }

    @Test
    void theFirstMeasurementReplacesTheGuessAndCarriesOverToRelatives() {
        var estimator = new Estimator(List.of(x86("c5.xlarge", 4), x86("c5.2xlarge", 8)), Map.of(), 1);

        estimator.learn(List.of(new Measured("i-1", "c5.xlarge", 0.08, 0.1)));

        assertThat(estimator.isMeasured()).isTrue();
        assertThat(estimator.type("c5.xlarge").tasksPerSecond()).isEqualTo(0.08, within(1e-12));
        assertThat(estimator.type("c5.xlarge").basis()).isEqualTo(Basis.LIVE);
        assertThat(estimator.type("c5.2xlarge").tasksPerSecond()).isEqualTo(0.16, within(1e-12));
        assertThat(estimator.type("c5.2xlarge").basis()).isEqualTo(Basis.PRIOR);
    }

    /**
     * Spread 0.1, held fast. An instance measured as 1.2 +- 10 % of a type that is 1.0 exactly lies, in logarithms, half way:
     * sqrt(1.2) = 1.0954; what remains is 0.1 / sqrt(2) = 7.07 % of it. It shares nothing with its type, which is exact.
     */
    @Test
    void shrinksAnInstanceHalfWayToItsTypeWhenItsErrorEqualsTheSpread() {
        var settings = new EstimatorSettings(0.1, HUGE, 1e-9, 1e-9, 0.3, 1);
        var estimator = new Estimator(List.of(), history("c5.xlarge", 1.0, 0.1, 1_000_000_000), Map.of(), settings);

        estimator.learn(List.of(new Measured("i-1", "c5.xlarge", 1.2, 0.1)));
        RateEstimate instance = estimator.instance("i-1", "c5.xlarge");

        assertThat(instance.tasksPerSecond()).isEqualTo(Math.sqrt(1.2), within(1e-6));
        assertThat(instance.spread() / instance.tasksPerSecond()).isEqualTo(0.1 / Math.sqrt(2), within(1e-6));
        assertThat(instance.error() / instance.tasksPerSecond()).isLessThan(1e-4);
    }

    /**
     * Spread 0.1. History: 4 instances, mean 1.0, so a^2 = 0.01/4 = 0.0025. Live: 1 instance, 1.1 +- 10 %, so
     * v^2 = 0.01 + 0.01 = 0.02. Weight of live = 0.0025 / 0.0225 = 1/9: the mean is 1.1^(1/9) = 1.01065 with the variance
     * 0.0025 * 0.02 / 0.0225 = 0.002222. Of that error the instance shares 1 - w = 0.01/0.02 = 1/2.
     */
    @Test
    void combinesHistoryAndLiveByPrecisionCountingInstances() {
        var settings = new EstimatorSettings(0.1, HUGE, 1e-9, 1e-9, 0.3, 1);
        var estimator = new Estimator(List.of(), history("c5.xlarge", 1.0, 0.0866, 4), Map.of(), settings);

        estimator.learn(List.of(new Measured("i-1", "c5.xlarge", 1.1, 0.1)));
        RateEstimate type = estimator.type("c5.xlarge");
        RateEstimate instance = estimator.instance("i-1", "c5.xlarge");

        assertThat(type.tasksPerSecond()).isEqualTo(Math.pow(1.1, 1 / 9.0), within(1e-6));
        assertThat(type.error() / type.tasksPerSecond()).isEqualTo(Math.sqrt(0.0025 * 0.02 / 0.0225), within(1e-6));
        assertThat(type.spread() / type.tasksPerSecond()).isEqualTo(0.1, within(1e-6));
        assertThat(instance.error() / instance.tasksPerSecond())
                .isEqualTo(0.5 * Math.sqrt(0.0025 * 0.02 / 0.0225), within(1e-6));
    }

    @Test
    void theErrorOfAMeanCountsInstancesAndNotSamples() {
        var one = new ThroughputSummary("c5.xlarge", 1, 0.05, 10_000, 1, Instant.EPOCH);
        var ten = new ThroughputSummary("c5.xlarge", 1, 0.05, 10_000, 10, Instant.EPOCH);

        double alone = new Estimator(List.of(), Map.of("c5.xlarge", one), 1)
                .type("c5.xlarge")
                .error();
        double many = new Estimator(List.of(), Map.of("c5.xlarge", ten), 1)
                .type("c5.xlarge")
                .error();

        assertThat(alone).isGreaterThan(0.07);
        assertThat(many).isLessThan(0.065);
    }

    @Test
    void anInstanceWithoutItsOwnMeasurementIsItsType() {
        var estimator = new Estimator(List.of(), history("c5.xlarge", 1.0, 0.05, 4), 1);

        assertThat(estimator.instance("i-new", "c5.xlarge")).isEqualTo(estimator.type("c5.xlarge"));
    }

    @Test
    void familyIsNearerThanProcessorThanGenerationThanArchitectureThanAny() {
        String[] nearToFar = {"c6g.large", "m6gd.large", "r6x.large", "c7g.large", "c5.large"};
        List<InstanceTypeFacts> catalog = List.of(
                type("c6g.xlarge", 4, Architecture.ARM64, "N1"),
                type("c6g.large", 2, Architecture.ARM64, ""),
                type("m6gd.large", 2, Architecture.ARM64, "n1"),
                type("r6x.large", 2, Architecture.ARM64, "other"),
                type("c7g.large", 2, Architecture.ARM64, ""),
                type("c5.large", 2, Architecture.X86_64, ""),
                type("m6g.medium", 1, Architecture.ARM64, ""));
        double last = 0;

        for (int i = 0; i < nearToFar.length; i++) {
            Map<String, ThroughputSummary> known = new TreeMap<>();
            for (int j = i; j < nearToFar.length; j++) {
                known.putAll(history(nearToFar[j], j + 1.0, 0, 100));
            }
            RateEstimate prior = new Estimator(catalog, known, 1).type("c6g.xlarge");
            double error = prior.error() / prior.tasksPerSecond();
            if (i != 2) { // r6x is of no known maker's generation: it counts as its architecture, with c7g
                assertThat(error).as("relative error from " + nearToFar[i]).isGreaterThan(last);
            }
            if (i < 2) {
                assertThat(prior.tasksPerSecond()).as(nearToFar[i]).isEqualTo(2 * (i + 1.0), within(1e-9));
            }
            assertThat(prior.basis()).isEqualTo(Basis.PRIOR);
            last = error;
        }
    }

    @Test
    void relativesThatAgreeLowerTheErrorAndRelativesThatDoNotRaiseIt() {
        double one = relativeErrorOfC5(history("c5.large", 2, 0, 50));
        Map<String, ThroughputSummary> agreeing = new TreeMap<>();
        Map<String, ThroughputSummary> differing = new TreeMap<>();
        for (int i = 1; i <= 6; i++) {
            String type = "c5." + (2 * i) + "xlarge";
            agreeing.putAll(history(type, 8.0 * i, 0, 50));
            differing.putAll(history(type, 8.0 * i * (i % 2 == 0 ? 1.4 : 0.7), 0, 50));
        }

        assertThat(relativeErrorOfC5(agreeing)).isLessThan(one);
        assertThat(relativeErrorOfC5(differing)).isGreaterThan(one);
    }

    @Test
    void aTypeOfUnknownSizeGetsTheSmallestMeasuredRateWithALargeError() {
        Map<String, ThroughputSummary> known = history("c5.large", 3, 0, 9);
        known.putAll(history("c5.4xlarge", 24, 0, 9));

        RateEstimate prior = new Estimator(List.of(), known, 1).type("our-own-box");

        assertThat(prior.tasksPerSecond()).isEqualTo(3, within(1e-9));
        assertThat(prior.error()).isEqualTo(3, within(1e-9));
    }

    @Test
    void typesThatAreNotInTheCatalogAreJudgedByTheirNames() {
        var estimator = new Estimator(List.of(), history("m5.large", 1, 0, 9), 1);

        assertThat(estimator.type("m5.4xlarge").tasksPerSecond()).isEqualTo(8, within(1e-9));
        estimator.learn(List.of(new Measured("i-1", "zz9.large", 2, 0.05)));
        assertThat(estimator.type("zz9.large").basis()).isEqualTo(Basis.LIVE);
        assertThat(estimator.type("zz9.xlarge").tasksPerSecond()).isEqualTo(4, within(1e-9));
    }

    @Test
    void aRunThatIsSlowerThanHistorySlowsTypesThatAreNotMeasuredInIt() {
        Map<String, ThroughputSummary> known = history("c5.xlarge", 1, 0.05, 20);
        known.putAll(history("m5.xlarge", 2, 0.1, 20));
        known.putAll(history("c6g.xlarge", 4, 0.2, 20));
        var estimator = new Estimator(List.of(), known, 1);
        List<Measured> live = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            live.add(new Measured("i-c" + i, "c5.xlarge", 0.8, 0.02));
            live.add(new Measured("i-m" + i, "m5.xlarge", 1.6, 0.02));
        }

        estimator.learn(live);

        assertThat(estimator.runFactor()).isEqualTo(0.8, within(0.03));
        assertThat(estimator.type("c6g.xlarge").tasksPerSecond()).isEqualTo(3.2, within(0.12));
        assertThat(estimator.type("c6g.xlarge").basis()).isEqualTo(Basis.HISTORY);
        assertThat(estimator.type("c6g.2xlarge").tasksPerSecond())
                .as("a relative that was never measured")
                .isEqualTo(6.4, within(0.24));
    }

    @Test
    void aTableOfRelativeSpeedsIsBroughtToScaleByWhatIsMeasured() {
        Map<String, Double> table = Map.of("c5.xlarge", 1000.0, "m5.xlarge", 3000.0);
        var estimator = new Estimator(List.of(), Map.of(), table, EstimatorSettings.DEFAULT);
        assertThat(estimator.isMeasured()).isFalse();
        assertThat(estimator.type("m5.xlarge").basis()).isEqualTo(Basis.PRIOR);

        estimator.learn(List.of(new Measured("i-1", "c5.xlarge", 1, 0.02)));

        assertThat(estimator.type("m5.xlarge").tasksPerSecond()).isBetween(2.0, 4.0);
    }

    @Test
    void anInstanceThatDoesNothingIsSeenAndDoesNotSpoilItsType() {
        var estimator = new Estimator(List.of(), history("c5.xlarge", 1, 0.05, 10), 1);

        estimator.learn(List.of(
                new Measured("i-1", "c5.xlarge", 1.0, 0.02),
                new Measured("i-2", "c5.xlarge", 1.02, 0.02),
                new Measured("i-3", "c5.xlarge", 0.98, 0.02),
                new Measured("i-zero", "c5.xlarge", 0, 0.02),
                new Measured("i-halted", "c5.xlarge", 0.05, 0.02)));

        assertThat(estimator.type("c5.xlarge").tasksPerSecond()).isEqualTo(1, within(0.02));
        assertThat(estimator.instance("i-zero", "c5.xlarge").tasksPerSecond()).isLessThan(0.01);
        assertThat(estimator.instance("i-halted", "c5.xlarge").tasksPerSecond()).isLessThan(0.06);
    }

    @Test
    void aTypeOfWhichOnlyZeroWasMeasuredKeepsItsPrior() {
        var estimator = new Estimator(List.of(), history("c5.xlarge", 1, 0.05, 10), 1);
        RateEstimate before = estimator.type("c5.xlarge");

        estimator.learn(List.of(new Measured("i-1", "c5.xlarge", 0, 0.2)));

        assertThat(estimator.type("c5.xlarge")).isEqualTo(before);
    }

    @Test
    void measurementsThatAreNoNumbersAreRefusedByName() {
        for (double bad : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Measured("i-1", "c5.xlarge", bad, 0.1))
                    .hasMessageContaining("tasksPerSecond of i-1")
                    .hasMessageContaining(String.valueOf(bad));
        }
        assertThatThrownBy(() -> new Measured("i-1", "c5.xlarge", 1, 0)).hasMessageContaining("relativeError of i-1");
        Map<String, Double> table = Map.of("c5.xlarge", Double.NaN);
        assertThatThrownBy(() -> new Estimator(List.of(), Map.of(), table, EstimatorSettings.DEFAULT))
                .hasMessageContaining("rate of c5.xlarge is NaN");
    }

    @Test
    void instancesThatAreGoneKeepTeachingTheirType() {
        var estimator = new Estimator(List.of(), Map.of(), 1);
        estimator.learn(List.of(new Measured("i-1", "c5.xlarge", 3, 0.02)));

        estimator.learn(List.of());

        assertThat(estimator.type("c5.xlarge").tasksPerSecond()).isEqualTo(3, within(1e-9));
    }

    @Test
    void theSpreadIsLearnedFromThisRunsInstances() {
        Random random = new Random(5);
        List<Measured> wide = new ArrayList<>();
        List<Measured> narrow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double z = random.nextGaussian();
            wide.add(new Measured("i-" + i, "c5.xlarge", Math.exp(0.2 * z), 0.02));
            narrow.add(new Measured("i-" + i, "c5.xlarge", Math.exp(0.01 * z), 0.02));
        }

        assertThat(spreadAfter(wide)).isBetween(0.15, 0.25);
        assertThat(spreadAfter(narrow)).isBetween(0.01, 0.03);
    }

    @Test
    void theOrderOfMeasurementsAndOfTheCatalogDoesNotMatterToTheLastBit() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<InstanceTypeFacts> catalog = new ArrayList<>();
            Map<String, ThroughputSummary> known = new TreeMap<>();
            List<Measured> live = new ArrayList<>();
            for (int t = 0; t < 40; t++) {
                String name =
                        "cmr".charAt(t % 3) + "" + (4 + t % 4) + (t % 5 == 0 ? "g" : "") + "." + (1 + t) + "xlarge";
                catalog.add(x86(name, 4 + 4 * t));
                if (random.nextInt(3) == 0) {
                    known.putAll(history(name, 1 + t * random.nextDouble(), 0.1, 1 + random.nextInt(9)));
                }
                for (int i = 0; i < random.nextInt(4); i++) {
                    live.add(new Measured("i-" + t + "-" + i, name, 1 + t * random.nextDouble(), 0.1));
                }
            }
            var one = new Estimator(catalog, known, 1);
            one.learn(live);
            Collections.shuffle(catalog, random);
            Collections.shuffle(live, random);
            var other = new Estimator(catalog, known, 1);
            other.learn(live);
            for (InstanceTypeFacts facts : catalog) {
                assertThat(other.type(facts.name()))
                        .as("seed %d, %s", seed, facts.name())
                        .isEqualTo(one.type(facts.name()));
            }
        }
    }

    private static double spreadAfter(List<Measured> live) {
        var estimator = new Estimator(List.of(), Map.of(), 1);
        estimator.learn(live);
        RateEstimate type = estimator.type("c5.xlarge");
        return type.spread() / type.tasksPerSecond();
    }

    private static double relativeErrorOfC5(Map<String, ThroughputSummary> known) {
        RateEstimate prior = new Estimator(List.of(), known, 1).type("c5.xlarge");
        return prior.error() / prior.tasksPerSecond();
    }

    static Map<String, ThroughputSummary> history(String type, double mean, double stdDev, int instances) {
        Map<String, ThroughputSummary> one = new TreeMap<>();
        one.put(type, new ThroughputSummary(type, mean, stdDev, 10L * instances, instances, Instant.EPOCH));
        return one;
    }

    static InstanceTypeFacts x86(String name, int vcpus) {
        return type(name, vcpus, Architecture.X86_64, "");
    }

    static InstanceTypeFacts type(String name, int vcpus, Architecture architecture, String cpu) {
        return new InstanceTypeFacts(name, vcpus, 8, architecture, 0, cpu);
    }
}
