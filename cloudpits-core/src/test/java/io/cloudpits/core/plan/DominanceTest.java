package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DominanceTest {
    @Test
    void leavesOutWhatIsSlowerAndDearer() {
        assertThat(survivors(0, 5, item(2, 1, 5), item(1, 2, 5))).containsExactly(0);
    }

    @Test
    void keepsWhatIsFasterOrCheaper() {
        assertThat(survivors(0, 5, item(2, 2, 5), item(3, 3, 5), item(1, 1, 5))).containsExactly(0, 1, 2);
    }

    /** Four of the better kind do not fill a fleet of five, so the fifth may be of the worse; two kinds of them do. */
    @Test
    void keepsWhatIsNeededWhenTheBetterRunsOut() {
        assertThat(survivors(0, 5, item(2, 1, 4), item(1, 2, 5))).containsExactly(0, 1);
        assertThat(survivors(0, 5, item(2, 1, 4), item(2, 1.5, 1), item(1, 2, 5)))
                .containsExactly(0, 1);
    }

    @Test
    void keepsOneOfTwins() {
        assertThat(survivors(0, 5, item(1, 1, 5), item(1, 1, 5))).containsExactly(0);
    }

    @Test
    void leavesOutWhatCannotBeHadAndKeepsWhatMustBe() {
        assertThat(survivors(0, 5, item(2, 1, 5), item(9, 1, 0), new FleetItem(1, 2, 1, 5, 0, "must", 0)))
                .containsExactly(0, 2);
    }

    /** The better one weighs more in a quota: where that binds, the other is of use. */
    @Test
    void keepsWhatIsLighterInALimit() {
        var items = List.of(item(2, 1, 5), item(1, 2, 5));
        var light = new FleetRow("quota", new double[] {4, 2}, 10);
        var equal = new FleetRow("quota", new double[] {4, 4}, 10);

        assertThat(new Dominance(new FleetProblem(items, List.of(light), 0, 0, 0), 0, 5).survivors())
                .containsExactly(0, 1);
        assertThat(new Dominance(new FleetProblem(items, List.of(equal), 0, 0, 0), 0, 5).survivors())
                .containsExactly(0);
    }

    /** With doubt counted, the better must be as sure, and share its error: another type's error is a way to spread the risk. */
    @Test
    void keepsWhatIsSurer() {
        var worse = new FleetItem(1, 2, 0, 5, 0.1, "a", 0.1);

        assertThat(survivors(1, 5, new FleetItem(2, 1, 0, 5, 0.1, "a", 0.1), worse))
                .containsExactly(0);
        assertThat(survivors(1, 5, new FleetItem(2, 1, 0, 5, 0.2, "a", 0.1), worse))
                .containsExactly(0, 1);
        assertThat(survivors(1, 5, new FleetItem(2, 1, 0, 5, 0.1, "a", 0.2), worse))
                .containsExactly(0, 1);
        assertThat(survivors(1, 5, new FleetItem(2, 1, 0, 5, 0.1, "b", 0.1), worse))
                .containsExactly(0, 1);
        assertThat(survivors(1, 5, new FleetItem(2, 1, 0, 5, 0.1, "b", 0), worse))
                .containsExactly(0);
        assertThat(survivors(0, 5, new FleetItem(2, 1, 0, 5, 0.2, "b", 0.2), worse))
                .containsExactly(0);
    }

    /** The best fleet of all items against the best of those that survive, both by trying every fleet. */
    @Test
    void neverChangesTheOptimum() {
        int left = 0;
        for (int seed = 0; seed < 1_500; seed++) {
            var random = new RandomFleets(60_000 + seed);
            double z = seed % 2 == 0 ? 0 : 1;
            int instances = random.between(1, 4);
            FleetProblem problem = random.problem(random.between(2, 6), instances, z);
            double cap = random.usdPerTaskCap();
            List<Integer> survivors = new Dominance(problem, z, instances).survivors();
            List<Integer> all =
                    IntStream.range(0, problem.items().size()).boxed().toList();
            left += all.size() - survivors.size();

            int[] counts = new int[all.size()];
            double best = fastest(problem, cap, all, counts, 0);
            assertThat(fastest(problem, cap, survivors, counts, 0))
                    .as("rate, seed %d", seed)
                    .isCloseTo(best, within(1e-9));
        }
        assertThat(left).isGreaterThan(300);
    }

    private static double fastest(FleetProblem p, double cap, List<Integer> usable, int[] counts, int next) {
        if (next == usable.size()) {
            return value(p, cap, counts);
        }
        int item = usable.get(next);
        double best = -1;
        for (int n = 0; n <= p.items().get(item).max(); n++) {
            counts[item] = n;
            if (!fits(p, counts)) {
                break;
            }
            best = Math.max(best, fastest(p, cap, usable, counts, next + 1));
        }
        counts[item] = 0;
        return best;
    }

    private static boolean fits(FleetProblem p, int[] counts) {
        return p.rows().stream()
                .allMatch(row -> IntStream.range(0, counts.length)
                                .mapToDouble(i -> row.weights()[i] * counts[i])
                                .sum()
                        <= row.cap());
    }

    /** The expected rate, or -1 if the rate less z deviations does not carry the price. */
    private static double value(FleetProblem p, double cap, int[] counts) {
        double rate = p.jobManagerTasksPerSecond();
        double price = p.jobManagerUsdPerHour();
        double variance = 0;
        for (int i = 0; i < counts.length; i++) {
            FleetItem a = p.items().get(i);
            rate += counts[i] * a.tasksPerSecond();
            price += counts[i] * a.usdPerHour();
            variance += counts[i] * a.spread() * a.spread();
            for (int j = 0; j < counts.length; j++) {
                FleetItem b = p.items().get(j);
                variance += a.type().equals(b.type()) ? counts[i] * a.typeError() * counts[j] * b.typeError() : 0;
            }
        }
        return (rate - p.confidence() * Math.sqrt(variance)) * cap >= price / 3600 ? rate : -1;
    }

    private static List<Integer> survivors(double confidence, double most, FleetItem... items) {
        return new Dominance(new FleetProblem(List.of(items), List.of(), 0, 0, confidence), confidence, most)
                .survivors();
    }

    private static FleetItem item(double rate, double price, int max) {
        return new FleetItem(rate, price, 0, max, 0, "type", 0);
    }
}
