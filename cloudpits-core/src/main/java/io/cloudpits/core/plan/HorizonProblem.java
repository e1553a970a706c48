package io.cloudpits.core.plan;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.VcpuQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns a situation into integer programs over a horizon {@code T}, the seconds that the rest of the run takes: start-up,
 * launch costs, interruptions and the money kept for a forced stop enter as effective rates and prices. The items are the
 * workers, each by itself, followed by the pools.
 *
 * <p>A new instance works {@code T - d} of the {@code T} seconds it is paid for, so its effective rate is {@code r (T - d) / T}
 * (DESIGN.md, "Start-up is not free").
 */
final class HorizonProblem {
    /** Up to this relative error an estimate counts as measured. */
    private static final double MEASURED = 0.15;

    private static final double HOUR = 3600;

    private final Situation situation;
    private final Map<CapacityPool, Integer> inPool = new TreeMap<>();
    private final Map<String, PoolOutlook> probes;
    private final List<FleetRow> rows;
    private final List<Leaving> leavings;

    HorizonProblem(Situation situation) {
        this.situation = situation;
        situation.workers().forEach(w -> inPool.merge(w.pool(), 1, Integer::sum));
        this.probes = cheapestProbes();
        this.rows = rows();
        this.leavings =
                situation.workers().stream().map(w -> Leaving.of(situation, w)).toList();
    }

    /**
     * The program for a horizon.
     *
     * @param seconds the horizon; infinite for a run so long that start-up does not matter
     * @param tailSeconds how many of them slots are idle at the end, because tasks come whole
     * @param keepAll whether every worker must stay
     * @param launches whether new instances may be launched; where workers may be ended too, a new instance must be better
     *     by the switching margin
     * @param confidence {@code z} of the lower confidence bound
     */
    FleetProblem over(double seconds, double tailSeconds, boolean keepAll, boolean launches, double confidence) {
        double doubt = keepAll || situation.workers().isEmpty()
                ? 0
                : situation.settings().switchingMargin();
        double delay = keepAll ? 0 : situation.launchDelaySeconds(1);
        List<FleetItem> items = new ArrayList<>();
        for (int i = 0; i < leavings.size(); i++) {
            items.add(item(situation.workers().get(i), leavings.get(i), tailSeconds, seconds, keepAll));
        }
        for (PoolOutlook p : situation.pools()) {
            items.add(item(p, delay, tailSeconds, seconds, launches, doubt));
        }
        double leavingUsd = leavings.stream().mapToDouble(Leaving::usd).sum();
        return new FleetProblem(
                items,
                rows,
                situation.jobManagerTasksPerSecond(),
                situation.jobManagerUsdPerHour()
                                * (1 + share(situation.settings().stopSeconds(), seconds))
                        + leavingUsd * share(HOUR, seconds),
                confidence);
    }

    /**
     * The tasks of a program over a horizon: those left, and the work that is lost unless workers are kept, who are credited
     * with it in {@link #over}.
     */
    double tasks(double seconds) {
        return situation.tasksLeft()
                + (Double.isInfinite(seconds)
                        ? 0
                        : leavings.stream().mapToDouble(Leaving::lostTasks).sum());
    }

    private FleetItem item(Worker w, Leaving leaving, double tail, double seconds, boolean keepAll) {
        double useful = useful(w.readyInSeconds() + tail, seconds)
                * situation.taskShape().steadiness(w.interruptionsPerHour(), w.readyInSeconds());
        double rate = w.rate().tasksPerSecond() * useful;
        double price = w.allInUsdPerHour()
                + w.usdPerTask() * rate * HOUR
                + w.ceilingUsdPerHour() * share(situation.settings().stopSeconds(), seconds);
        int min = keepAll ? 1 : 0;
        return new FleetItem(
                rate + leaving.lostTasks() * share(1, seconds),
                Math.max(0, price - leaving.usd() * share(HOUR, seconds)),
                min,
                1,
                w.rate().spread() * useful,
                w.pool().instanceType(),
                w.rate().error() * useful);
    }

    private FleetItem item(PoolOutlook p, double delay, double tail, double seconds, boolean launches, double doubt) {
        double idle = delay + p.startupSeconds();
        double useful = useful(idle + tail, seconds)
                * situation.taskShape().steadiness(p.interruptionsPerHour(), p.startupSeconds());
        double rate = p.rate().tasksPerSecond() * useful * (1 - doubt);
        double price = p.allInUsdPerHour()
                + p.usdPerTask() * rate * HOUR
                + p.usdPerLaunch() * share(HOUR, seconds)
                + p.ceilingUsdPerHour() * share(situation.settings().stopSeconds(), seconds);
        boolean finishesATask = idle + situation.taskShape().meanSeconds() <= seconds;
        int max = launches && rate > 0 && finishesATask ? most(p) : 0;
        return new FleetItem(
                rate,
                price,
                0,
                max,
                p.rate().spread() * useful,
                p.pool().instanceType(),
                p.rate().error() * useful);
    }

    /** Keeps a worker instead of launching another instance of its type that is no cheaper and hardly faster. */
    int[] withoutPointlessSwaps(int[] counts) {
        int[] kept = counts.clone();
        int workers = situation.workers().size();
        for (int i = 0; i < workers; i++) {
            for (int j = workers; j < kept.length && kept[i] == 0; j++) {
                if (kept[j] > 0
                        && isPointless(
                                situation.workers().get(i), situation.pools().get(j - workers))) {
                    kept[i] = 1;
                    kept[j]--;
                }
            }
        }
        return kept;
    }

    private boolean isPointless(Worker w, PoolOutlook p) {
        double margin = 1 - situation.settings().switchingMargin();
        return w.pool().instanceType().equals(p.pool().instanceType())
                && w.allInUsdPerHour() * margin <= p.allInUsdPerHour()
                && w.rate().tasksPerSecond() >= p.rate().tasksPerSecond() * margin
                && w.readyInSeconds() <= p.startupSeconds();
    }

    /** The most instances that may be launched in a pool. */
    private int most(PoolOutlook p) {
        if (unmeasured(p.rate())) {
            return probes.get(p.pool().instanceType()) == p ? 1 : 0;
        }
        int free = situation.limits().poolCap() - inPool.getOrDefault(p.pool(), 0);
        return Math.max(0, Math.min(p.room(), free));
    }

    /** The share of the horizon that is left for work after a start-up. */
    private static double useful(double startupSeconds, double horizon) {
        return Math.max(0, 1 - share(startupSeconds, horizon));
    }

    private static double share(double seconds, double horizon) {
        return Double.isInfinite(horizon) ? 0 : seconds / horizon;
    }

    private List<FleetRow> rows() {
        List<FleetRow> all = new ArrayList<>();
        all.add(row("instances", (type, pool) -> 1, situation.limits().maxInstances()));
        for (VcpuQuota quota : situation.limits().quotas()) {
            all.add(row(
                    quota.name(),
                    (type, pool) -> quota.counts(type, pool.purchaseOption()) ? type.vcpus() : 0,
                    quota.vcpus()));
        }
        crowded()
                .forEach((pool, count) -> all.add(row(
                        pool.toString(),
                        (type, p) -> p.equals(pool) ? 1 : 0,
                        situation.limits().poolCap())));
        probes().ifPresent(all::add);
        return all;
    }

    /** Pools that hold more instances than they may, which happens when limits are lowered. */
    private Map<CapacityPool, Integer> crowded() {
        Map<CapacityPool, Integer> over = new TreeMap<>(inPool);
        over.values().removeIf(count -> count <= situation.limits().poolCap());
        return over;
    }

    /** Probes of unmeasured types are at most an eighth of the fleet. */
    private Optional<FleetRow> probes() {
        if (situation.pools().stream().noneMatch(p -> unmeasured(p.rate()))) {
            return Optional.empty();
        }
        double[] weights =
                new double[situation.workers().size() + situation.pools().size()];
        int i = 0;
        for (Worker w : situation.workers()) {
            weights[i++] = unmeasured(w.rate()) ? 1 : 0;
        }
        for (PoolOutlook p : situation.pools()) {
            weights[i++] = unmeasured(p.rate()) ? 1 : 0;
        }
        return Optional.of(
                new FleetRow("probes", weights, Math.max(1, situation.limits().maxInstances() / 8)));
    }

    /** An unmeasured type is probed by one instance, in its cheapest pool. */
    private Map<String, PoolOutlook> cheapestProbes() {
        Map<String, PoolOutlook> cheapest = new TreeMap<>();
        situation.pools().stream()
                .filter(p -> p.room() > 0 && unmeasured(p.rate()))
                .forEach(p -> cheapest.merge(
                        p.pool().instanceType(), p, (a, b) -> b.allInUsdPerHour() < a.allInUsdPerHour() ? b : a));
        situation.workers().forEach(w -> cheapest.remove(w.pool().instanceType()));
        return cheapest;
    }

    static boolean unmeasured(RateEstimate rate) {
        return rate.basis().compareTo(RateEstimate.Basis.HISTORY) < 0
                && rate.error() > MEASURED * rate.tasksPerSecond();
    }

    private FleetRow row(String name, Weight weight, double cap) {
        double[] weights =
                new double[situation.workers().size() + situation.pools().size()];
        int i = 0;
        for (Worker w : situation.workers()) {
            weights[i++] = weight.of(w.facts(), w.pool());
        }
        for (PoolOutlook p : situation.pools()) {
            weights[i++] = weight.of(p.facts(), p.pool());
        }
        return new FleetRow(name, weights, cap);
    }

    private interface Weight {
        double of(InstanceTypeFacts type, CapacityPool pool);
    }
}
