package io.cloudpits.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Leaves out items that no optimal fleet needs. An item is dominated by others that are at least as fast, as cheap and as
 * light in every row, if these are together so many that any fleet using the item has room for one of them instead. With
 * uncertainty the others must also be of the same type and at least as sure.
 */
final class Dominance {
    private final FleetProblem problem;
    private final double confidence;
    private final double most;

    Dominance(FleetProblem problem, double confidence, double most) {
        this.problem = problem;
        this.confidence = confidence;
        this.most = most;
    }

    /** The indices of the items that matter, in order. */
    List<Integer> survivors() {
        List<Integer> kept = new ArrayList<>();
        List<FleetItem> items = problem.items();
        IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> items.get(i).usdPerHour())
                        .thenComparing(i -> -items.get(i).tasksPerSecond())
                        .thenComparing(i -> i))
                .filter(i -> items.get(i).max() > 0)
                .forEach(i -> {
                    if (items.get(i).min() > 0 || !isDominated(i, kept)) {
                        kept.add(i);
                    }
                });
        kept.sort(null);
        return kept;
    }

    private boolean isDominated(int item, List<Integer> kept) {
        double room = 0;
        for (int other : kept) {
            if (dominates(other, item)) {
                room += problem.items().get(other).max();
                if (room >= most) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean dominates(int a, int b) {
        FleetItem x = problem.items().get(a);
        FleetItem y = problem.items().get(b);
        if (x.tasksPerSecond() < y.tasksPerSecond() || x.usdPerHour() > y.usdPerHour()) {
            return false;
        }
        if (confidence > 0 && !isAsSure(x, y)) {
            return false;
        }
        for (FleetRow row : problem.rows()) {
            if (row.weights()[a] > row.weights()[b]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsSure(FleetItem x, FleetItem y) {
        boolean shared = x.typeError() == 0 || x.type().equals(y.type());
        return shared && x.spread() <= y.spread() && x.typeError() <= y.typeError();
    }
}
