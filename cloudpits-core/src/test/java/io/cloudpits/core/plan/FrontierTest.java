package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Objective;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {
    private static Situations market(double tasks) {
        return new Situations(tasks, new Objective.Cheapest())
                .jobManager(0.68, 2 / 3600.0)
                .pool("A", "a", 10, 0.10)
                .pool("A", "b", 10, 0.12)
                .pool("B", "a", 30, 0.50);
    }

    /**
     * The seed's table (SEED.md S8) for five A: 2 + 10 x 5 x (1 - 4/1000) = 51.8 tasks/h, 518 tasks in 10 h, at 5 x 0.10 +
     * 0.68 = 1.18 USD/h 11.80 USD.
     */
    @Test
    void aTypeAloneIsTheSeedsTable() {
        List<Frontier.Point> points = Frontier.perType(market(518).build(), 5, 0.001);

        assertThat(points).hasSize(2);
        Frontier.Point a = points.stream()
                .filter(p -> p.fleet().keySet().iterator().next().instanceType().equals("A"))
                .findFirst()
                .orElseThrow();
        assertThat(a.seconds()).isCloseTo(36_000, within(1e-6));
        assertThat(a.usd()).isCloseTo(11.80, within(1e-9));
        assertThat(a.fleet().keySet().iterator().next().availabilityZone()).isEqualTo("a"); // the best zone
    }

    @Test
    void mixesAreAFrontierFromTheCheapestToTheFastest() {
        for (int seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            var situations = new Situations(500 + random.nextInt(5000), new Objective.Cheapest())
                    .jobManager(random.nextDouble(), 0)
                    .startup(random.nextInt(200));
            for (int i = 0; i < 6; i++) {
                situations.pool("T" + i, "a", 10 + random.nextInt(90), 0.05 + random.nextDouble());
            }
            Situation s = situations.build();

            List<Frontier.Point> points = Frontier.mixes(s, 8);

            assertThat(points).as("seed %d", seed).isNotEmpty();
            for (int i = 1; i < points.size(); i++) {
                assertThat(points.get(i).usd())
                        .as("dearer, seed %d", seed)
                        .isGreaterThan(points.get(i - 1).usd());
                assertThat(points.get(i).seconds())
                        .as("faster, seed %d", seed)
                        .isLessThan(points.get(i - 1).seconds());
            }
            Feasibility bounds = new FleetStrategy().plan(s).feasibility();
            assertThat(points.get(0).usd())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(bounds.minimumLeftUsd() * (1 + 1e-9));
            assertThat(points.get(points.size() - 1).seconds())
                    .as("seed %d", seed)
                    .isCloseTo(bounds.earliestSeconds(), within(0.03 * bounds.earliestSeconds()));
            assertThat(points)
                    .allMatch(p -> p.fleet().values().stream().mapToInt(n -> n).sum() <= 10);
        }
    }

    @Test
    void whereNothingCanFinishThereIsNoFrontier() {
        Situation s = new Situations(100, new Objective.Cheapest()).build();

        assertThat(Frontier.mixes(s, 5)).isEmpty();
    }

    @Test
    void refusesASingleStepByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frontier.mixes(market(100).build(), 1))
                .withMessageContaining("steps is 1");
    }
}
