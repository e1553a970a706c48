package io.cloudpits.core.plan;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Require;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one can choose between before a run: time and cost of every type by itself, and of the best mixes over budgets. Pure;
 * safe for use by several threads.
 */
public final class Frontier {
    private Frontier() {}

    /**
     * The seed's table: every type by itself in its cheapest pool, {@code time = tasks / (rJ + r n (1 - (n - 1) loss))} and {@code
     * cost = time (n p + pJ)}, the fastest first.
     *
     * @param instances {@code n}
     * @param lossPerInstance what each further instance takes off all, as a share; the seed's is 0.001
     */
    public static List<Point> perType(Situation s, int instances, double lossPerInstance) {
        Require.atLeast("instances", instances, 1);
        Require.between("lossPerInstance", lossPerInstance, 0, 1);
        Map<String, PoolOutlook> cheapest = new TreeMap<>();
        for (PoolOutlook p : s.pools()) {
            cheapest.merge(p.pool().instanceType(), p, (a, b) -> b.allInUsdPerHour() < a.allInUsdPerHour() ? b : a);
        }
        List<Point> points = new ArrayList<>();
        for (PoolOutlook p : cheapest.values()) {
            double loss = Math.max(0, 1 - (instances - 1) * lossPerInstance);
            double rate = s.jobManagerTasksPerSecond() + p.rate().tasksPerSecond() * instances * loss;
            if (rate > 0) {
                double seconds = s.tasksLeft() / rate;
                double usd = seconds * (instances * p.allInUsdPerHour() + s.jobManagerUsdPerHour()) / 3600;
                points.add(new Point(seconds, usd, Map.of(p.pool(), instances)));
            }
        }
        points.sort(Comparator.comparingDouble(Point::seconds).thenComparingDouble(Point::usd));
        return points;
    }

    /**
     * The best mixes, from the least budget with which the job can be done to the one beyond which money buys no more speed, in
     * steps of equal ratio. Points that are hardly faster (0.1 %) than a cheaper one are left out.
     *
     * @param steps how many budgets to try; at least 2
     */
    public static List<Point> mixes(Situation s, int steps) {
        Require.atLeast("steps", steps, 2);
        var problem = new HorizonProblem(s);
        Optional<FleetOption> cheapest = new FleetSearch(s, problem, new Goal.Cheapest()).bestOfAll(false, true);
        Optional<FleetOption> fastest =
                new FleetSearch(s, problem, new Goal.Fastest(Double.MAX_VALUE)).best(false, true, 0);
        if (cheapest.isEmpty() || fastest.isEmpty()) {
            return List.of();
        }
        double least = cheapest.get().neededUsd() * (1 + 1e-9);
        double most = Math.max(least, fastest.get().neededUsd());
        List<FleetOption> options = new ArrayList<>(List.of(cheapest.get()));
        for (int i = 0; i < steps; i++) {
            double budget = least * Math.pow(most / least, (double) i / (steps - 1));
            new FleetSearch(s, problem, new Goal.Fastest(budget))
                    .best(false, true, 0)
                    .ifPresent(options::add);
        }
        options.add(fastest.get());
        return undominated(s, options);
    }

    private static List<Point> undominated(Situation s, List<FleetOption> options) {
        List<FleetOption> byCost = options.stream()
                .sorted(Comparator.comparingDouble(FleetOption::usd).thenComparingDouble(FleetOption::seconds))
                .toList();
        List<Point> points = new ArrayList<>();
        double soonest = Double.POSITIVE_INFINITY;
        for (FleetOption option : byCost) {
            if (option.seconds() < soonest * (1 - 1e-3)) {
                soonest = option.seconds();
                points.add(new Point(option.seconds(), option.usd(), fleet(s, option)));
            }
        }
        return points;
    }

    private static Map<CapacityPool, Integer> fleet(Situation s, FleetOption option) {
        Map<CapacityPool, Integer> fleet = new TreeMap<>();
        for (int i = 0; i < option.counts().length; i++) {
            if (option.counts()[i] > 0) {
                CapacityPool pool = i < s.workers().size()
                        ? s.workers().get(i).pool()
                        : s.pools().get(i - s.workers().size()).pool();
                fleet.merge(pool, option.counts()[i], Integer::sum);
            }
        }
        return fleet;
    }

    /**
     * A choice.
     *
     * @param seconds until the job is done, start-up included for mixes
     * @param usd what it costs, the Job Manager included
     * @param fleet instances by pool
     */
    public record Point(double seconds, double usd, Map<CapacityPool, Integer> fleet) {
        public Point {
            fleet = java.util.Collections.unmodifiableMap(new TreeMap<>(fleet));
        }
    }
}
