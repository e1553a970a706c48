package io.cloudpits.core.plan;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.Forecast;
import io.cloudpits.api.Reason;
import io.cloudpits.api.Require;
import io.cloudpits.api.VcpuQuota;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The seed's rule, {@code seed}: every instance by itself must deliver the tasks per dollar that the rest of the job needs of
 * the rest of the money, {@code (mean - stddev) / price >= tasks left / USD left}; a new one strictly more, by its history.
 * Candidates are ranked by absolute throughput, the fastest first, and launches go round them, a fifth of the wanted
 * instances each per round, five rounds at most. An instance that misses the ratio {@code patience} times is ended (minus one
 * per bad interval, plus one per good one, never above the patience).
 *
 * <p>Faults of the seed left out: fewer than five instances launch too; spent money makes everything fail instead of
 * everything pass; instances that still start are not judged; pools without a price never enter. Raising the budget is the
 * run's budget policy. Without a budget every ratio is met. Safe for use by several threads.
 */
public final class SeedStrategy implements Strategy {
    private static final int ROUNDS = 5;
    private static final double HOUR = 3600;

    private final int patience;

    /** The rule with a patience of 1, the seed's default. */
    public SeedStrategy() {
        this(1);
    }

    /** The rule with another patience ({@code valid_count}); at least 1. */
    public SeedStrategy(int patience) {
        this.patience = Require.atLeast("patience", patience, 1);
    }

    @Override
    public String name() {
        return "seed";
    }

    @Override
    public Plan plan(Situation s) {
        double ratio = ratio(s);
        Map<String, Integer> counters = new TreeMap<>();
        List<Decision> decisions = new ArrayList<>();
        List<Worker> kept = new ArrayList<>();
        for (Worker w : s.workers()) {
            judge(s, w, ratio, counters, decisions, kept);
        }
        List<PoolOutlook> candidates = candidates(s, kept, ratio);
        decisions.addAll(launches(s, candidates, ratio));
        boolean feasible = !kept.isEmpty() || !candidates.isEmpty() || s.tasksLeft() == 0;
        return new Plan(feasibility(s, feasible, ratio), decisions, forecast(s, kept, decisions), counters);
    }

    /** Tasks per USD that the rest of the money must buy; infinite once it is spent. */
    private static double ratio(Situation s) {
        double left = s.leftUsd();
        return left <= 0 ? Double.POSITIVE_INFINITY : Double.isInfinite(left) ? 0 : s.tasksLeft() / left;
    }

    private static double sure(RateEstimate rate) {
        return Math.max(0, rate.tasksPerSecond() - rate.spread());
    }

    private static double perUsd(double tasksPerSecond, double usdPerHour) {
        return usdPerHour > 0 ? tasksPerSecond * HOUR / usdPerHour : Double.POSITIVE_INFINITY;
    }

    private void judge(
            Situation s,
            Worker w,
            double ratio,
            Map<String, Integer> counters,
            List<Decision> decisions,
            List<Worker> kept) {
        double delivers = perUsd(sure(w.rate()), w.allInUsdPerHour());
        boolean judged = w.isReady();
        boolean good = !judged || delivers >= ratio;
        int before = Math.min(patience, s.counters().getOrDefault(w.id(), patience));
        int left = !judged ? before : good ? Math.min(patience, before + 1) : before - 1;
        boolean stays = left > 0;
        if (stays) {
            kept.add(w);
            counters.put(w.id(), left);
        }
        Reason.Code code = good ? Reason.Code.ABOVE_RATIO : Reason.Code.BELOW_RATIO;
        Action action = stays ? Action.KEEP : w.tasksInFlight() > 0 ? Action.DRAIN : Action.TERMINATE;
        decisions.add(Decision.about(action, w.pool(), w.id(), reason(code, delivers, ratio)));
    }

    private static Reason reason(Reason.Code code, double delivers, double needed) {
        return new Reason(
                code,
                String.format(Locale.ROOT, "delivers %.5g tasks/USD, %.5g are needed", delivers, needed),
                Map.of("tasksPerUsd", delivers, "neededTasksPerUsd", needed));
    }

    /** Pools that pass, the fastest first; one in whose pool an instance works already is judged by that one. */
    private static List<PoolOutlook> candidates(Situation s, List<Worker> kept, double ratio) {
        Map<CapacityPool, Double> live = new TreeMap<>();
        kept.stream().filter(Worker::isReady).forEach(w -> live.put(w.pool(), sure(w.rate())));
        return s.pools().stream()
                .filter(p -> p.room() > 0)
                .filter(p -> perUsd(sure(p.rate()), p.allInUsdPerHour()) > ratio)
                .sorted(Comparator.comparingDouble((PoolOutlook p) ->
                                -live.getOrDefault(p.pool(), p.rate().tasksPerSecond()))
                        .thenComparing(PoolOutlook::pool))
                .toList();
    }

    private static List<Decision> launches(Situation s, List<PoolOutlook> candidates, double ratio) {
        int free = s.limits().maxInstances() - s.workers().size() - s.leavingInstances();
        int wanted = s.tasksLeft() > 0 ? free : 0;
        int share = Math.max(1, wanted / ROUNDS);
        var room = new Room(s);
        Map<CapacityPool, Integer> counts = new TreeMap<>();
        for (int round = 0; round < ROUNDS && wanted > 0; round++) {
            for (PoolOutlook p : candidates) {
                int count = room.take(p, Math.min(share, wanted));
                wanted -= count;
                if (count > 0) {
                    counts.merge(p.pool(), count, Integer::sum);
                }
            }
        }
        List<Decision> launches = new ArrayList<>();
        for (PoolOutlook p : candidates) {
            Integer count = counts.get(p.pool());
            if (count != null) {
                double delivers = perUsd(sure(p.rate()), p.allInUsdPerHour());
                launches.add(Decision.launch(p.pool(), count, reason(Reason.Code.ABOVE_RATIO, delivers, ratio)));
            }
        }
        return launches;
    }

    /** Under the rule the job is feasible when one candidate passes: with tasks left / its tasks per USD. */
    private static Feasibility feasibility(Situation s, boolean feasible, double ratio) {
        double least = s.pools().stream()
                .mapToDouble(p -> perUsd(sure(p.rate()), p.allInUsdPerHour()))
                .filter(perUsd -> perUsd > 0)
                .map(perUsd -> s.tasksLeft() / perUsd)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        String words = String.format(
                Locale.ROOT,
                "%s: %.5g tasks/USD are needed; the best pool finishes for %.4f USD",
                feasible ? "some instance delivers enough" : "no instance delivers enough",
                ratio,
                least);
        return new Feasibility(feasible, least, Double.POSITIVE_INFINITY, words);
    }

    private static Forecast forecast(Situation s, List<Worker> kept, List<Decision> decisions) {
        int[] counts = new int[s.workers().size() + s.pools().size()];
        for (int i = 0; i < s.workers().size(); i++) {
            counts[i] = kept.contains(s.workers().get(i)) ? 1 : 0;
        }
        for (int i = 0; i < s.pools().size(); i++) {
            CapacityPool pool = s.pools().get(i).pool();
            Optional<Decision> launch = decisions.stream()
                    .filter(d -> d.action() == Action.LAUNCH && d.pool().equals(pool))
                    .findFirst();
            counts[s.workers().size() + i] = launch.map(Decision::count).orElse(0);
        }
        return Outlook.of(s, counts);
    }

    /** What the limits leave; instances that are ended now still count. */
    private static final class Room {
        private final Situation s;
        private final Map<CapacityPool, Integer> inPool = new TreeMap<>();
        private final Map<CapacityPool, Integer> launched = new TreeMap<>();
        private final Map<VcpuQuota, Integer> used = new java.util.HashMap<>();

        Room(Situation s) {
            this.s = s;
            s.workers().forEach(w -> inPool.merge(w.pool(), 1, Integer::sum));
            for (VcpuQuota quota : s.limits().quotas()) {
                used.put(
                        quota,
                        s.workers().stream()
                                .filter(w -> quota.counts(w.facts(), w.pool().purchaseOption()))
                                .mapToInt(w -> w.facts().vcpus())
                                .sum());
            }
        }

        int take(PoolOutlook p, int wanted) {
            int more = launched.getOrDefault(p.pool(), 0);
            int there = inPool.getOrDefault(p.pool(), 0) + more;
            int count = Math.min(wanted, Math.min(p.room() - more, s.limits().poolCap() - there));
            for (VcpuQuota quota : s.limits().quotas()) {
                int each = quota.counts(p.facts(), p.pool().purchaseOption())
                        ? p.facts().vcpus()
                        : 0;
                if (each > 0) {
                    count = Math.min(count, (quota.vcpus() - used.getOrDefault(quota, 0)) / each);
                }
            }
            int taken = Math.max(0, count);
            launched.merge(p.pool(), taken, Integer::sum);
            for (VcpuQuota quota : s.limits().quotas()) {
                boolean counts = quota.counts(p.facts(), p.pool().purchaseOption());
                used.merge(quota, counts ? taken * p.facts().vcpus() : 0, Integer::sum);
            }
            return taken;
        }
    }
}
