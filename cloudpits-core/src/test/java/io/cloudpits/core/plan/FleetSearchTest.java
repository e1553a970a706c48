package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search over horizons against every possible fleet, where start-up is a good part of the run. */
class FleetSearchTest {
    private static final int MARKETS = 300;

    @Test
    void findsTheFastestFleetWithinEveryBudget() {
        int compared = 0;
        int missed = 0;
        int slower = 0;
        for (int seed = 0; seed < MARKETS; seed++) {
            Situation s = market(new Random(seed));
            for (double budget = 0.2; budget < 40; budget *= 1.5) {
                Optional<FleetOption> ours =
                        new FleetSearch(s, new HorizonProblem(s), new Goal.Fastest(budget)).bestOfAll(false, true);
                double best = best(s, new Goal.Fastest(budget), new int[3], 0);
                if (Double.isFinite(best)) {
                    compared++;
                    missed += ours.isEmpty() ? 1 : 0;
                    slower += ours.isPresent() && ours.get().seconds() > best * 1.001 ? 1 : 0;
                } else {
                    assertThat(ours).as("seed %d, %s USD", seed, budget).isEmpty();
                }
            }
        }
        assertThat(compared).isGreaterThan(1_000);
        assertThat(missed).as("of %d, said to be infeasible", compared).isZero();
        assertThat(slower).as("of %d, slower by more than 0.1 %%", compared).isLessThanOrEqualTo(compared / 200);
    }

    @Test
    void findsTheCheapestFleet() {
        int dearer = 0;
        for (int seed = 0; seed < MARKETS; seed++) {
            Situation s = market(new Random(seed));
            Optional<FleetOption> ours =
                    new FleetSearch(s, new HorizonProblem(s), new Goal.Cheapest()).bestOfAll(false, true);
            double best = best(s, new Goal.Cheapest(), new int[3], 0);

            dearer += ours.orElseThrow().usd() > best * 1.001 ? 1 : 0;
        }
        assertThat(dearer).as("of %d, dearer by more than 0.1 %%", MARKETS).isLessThanOrEqualTo(MARKETS / 100);
    }

    /** Three types, up to six instances, a start-up of up to 5 min in a run of about an hour or more. */
    private static Situation market(Random random) {
        var situations = new Situations(20_000 + random.nextInt(80_000), new Objective.Cheapest())
                .limits(Limits.ofInstances(1 + random.nextInt(6)))
                .jobManager(0.68 * random.nextInt(2), random.nextInt(2));
        for (String type : List.of("a", "b", "c")) {
            double speed = 1 + 4 * random.nextDouble();
            double price = speed * (0.05 + 0.1 * random.nextDouble());
            situations.startup(random.nextInt(300)).pool(type, "z", 3600 * speed, price);
        }
        return situations.build();
    }

    /** The best score of any fleet that meets the goal. */
    private static double best(Situation s, Goal goal, int[] counts, int pool) {
        if (pool == counts.length) {
            FleetOption option = FleetOption.of(s, counts.clone());
            return goal.isMetBy(option, 0) ? goal.score(option) : Double.POSITIVE_INFINITY;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int n = 0; n <= s.limits().maxInstances() - Arrays.stream(counts).sum(); n++) {
            counts[pool] = n;
            best = Math.min(best, best(s, goal, counts, pool + 1));
            counts[pool] = 0;
        }
        return best;
    }
}
