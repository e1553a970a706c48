package io.cloudpits.core.ledger;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceChanges;
import io.cloudpits.api.Require;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run has cost, and what it may still cost.
 *
 * <p>An instance is charged per second from launch to end, 60 s at least (the missing seconds at the price in force at its
 * end), at the price in force in each interval; not at all for its price when AWS interrupts it on Spot within its first
 * hour. Disk, address and metrics are charged for the same seconds in any case. Where prices or ends are not delivered
 * yet, the highest possible amount stands in and the sum is marked estimated: it is never less than the truth.
 *
 * <p>Does no I/O and has no clock. Not safe for use by several threads.
 */
public final class Ledger {
    private final CostModel costs;
    private final JobManagerCost jobManager;
    private final Instant startedAt;
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<CapacityPool, PoolPrices> prices = new TreeMap<>();
    private final Map<String, Expected> expected = new TreeMap<>();
    private final Set<String> closed = new TreeSet<>();
    private double closedUsd;
    private double tasksUsd;
    private Instant listedAt;
    private @Nullable Instant endedAt;

    /** A ledger whose Job Manager costs from an instant on. */
    public Ledger(CostModel costs, JobManagerCost jobManager, Instant startedAt) {
        this.costs = costs;
        this.jobManager = jobManager;
        this.startedAt = startedAt;
        this.listedAt = startedAt;
    }

    /**
     * Takes note of a listing: new instances, ends, and those that vanished from a complete listing.
     *
     * @param ceilings the most an instance of a pool can be charged, USD per hour, for instances not known as launched
     */
    public void observe(FleetListing listing, ToDoubleFunction<CapacityPool> ceilings) {
        Set<String> seen = new TreeSet<>();
        for (FleetInstance instance : listing.instances()) {
            seen.add(instance.id());
            adopt(instance, ceilings);
            Account account = accounts.get(instance.id());
            if (account != null) {
                account.seen(instance, listing.asOf());
            }
        }
        if (listing.complete()) {
            listedAt = listing.asOf();
            accounts.values().stream()
                    .filter(a -> !seen.contains(a.instance().id()))
                    .filter(a -> a.instance().launchedAt().isBefore(listing.asOf()))
                    .forEach(a -> a.missing(listing.asOf()));
        }
    }

    private void adopt(FleetInstance instance, ToDoubleFunction<CapacityPool> ceilings) {
        if (!accounts.containsKey(instance.id()) && !closed.contains(instance.id())) {
            launched(instance, ceilings.applyAsDouble(instance.pool()));
        }
    }

    /** Opens the account of a launched instance. A second call for the same instance changes nothing. */
    public void launched(FleetInstance instance, double ceilingUsdPerHour) {
        Require.positive("ceilingUsdPerHour of " + instance.pool(), ceilingUsdPerHour);
        if (!closed.contains(instance.id()) && !accounts.containsKey(instance.id())) {
            accounts.put(instance.id(), new Account(instance, ceilingUsdPerHour));
            Expected awaited = expected.get(instance.token());
            if (awaited != null) {
                expected.put(instance.token(), awaited.oneLess());
            }
        }
    }

    /** A launch whose outcome is not known: charged at its ceiling until its instances are seen or it is forgotten. */
    public void expect(LaunchRequest request, Instant at) {
        expected.put(request.token(), new Expected(request.count(), request.maxUsdPerHour(), at));
    }

    /** An expected launch is settled: what was not seen of it did not happen. */
    public void forget(String token) {
        expected.remove(token);
    }

    /** Launches whose outcome is not known, with the time of the call. */
    public Map<String, Instant> expected() {
        Map<String, Instant> since = new TreeMap<>();
        expected.forEach((token, e) -> since.put(token, e.at));
        return since;
    }

    /** Takes note of price steps of the asked pools. */
    public void settle(Set<CapacityPool> asked, PriceChanges changes) {
        for (PriceChange change : changes.changes()) {
            prices(change.pool()).add(change.at(), change.usdPerHour());
        }
        asked.forEach(pool -> prices(pool).complete(changes.completeUntil()));
        for (Account account : accounts.values()) {
            account.atMost(prices(account.instance().pool()).highest());
        }
        fold();
    }

    /** Moves bills that stand into one sum, so that a long run stays cheap to account. */
    private void fold() {
        for (Account account : List.copyOf(accounts.values())) {
            PoolPrices pool = prices(account.instance().pool());
            if (!account.isSettled(pool)) {
                continue;
            }
            var bill = account.bill(Instant.MAX, pool, costs);
            if (!bill.estimated()) {
                closedUsd += bill.usd();
                closed.add(account.instance().id());
                accounts.remove(account.instance().id());
            }
        }
    }

    private PoolPrices prices(CapacityPool pool) {
        return prices.computeIfAbsent(pool, p -> new PoolPrices());
    }

    /** Charges tasks computed in a zone. */
    public void chargeTasks(String zone, double tasks) {
        tasksUsd += Require.nonNegative("tasks", tasks) * costs.usdPerTaskIn(zone);
    }

    /** Stops the Job Manager's meter. */
    public void close(Instant at) {
        endedAt = at;
    }

    /** What the run has cost up to an instant. */
    public Spend spend(Instant now) {
        double workers = closedUsd;
        boolean estimated = false;
        for (Account account : accounts.values()) {
            var bill = account.bill(now, prices(account.instance().pool()), costs);
            workers += bill.usd();
            estimated |= bill.estimated() || (account.isOpen() && listedAt.isBefore(now));
        }
        for (Expected e : expected.values()) {
            double seconds = Math.max(60, PoolPrices.seconds(e.at, now));
            workers += e.count * (seconds * (e.ceiling + costs.extrasUsdPerHour()) / 3600 + costs.usdPerLaunch());
            estimated |= e.count > 0;
        }
        Instant to = endedAt != null && endedAt.isBefore(now) ? endedAt : now;
        double manager = Math.max(0, PoolPrices.usd(startedAt, to, jobManager.usdPerHour()));
        return new Spend(workers, manager, tasksUsd, estimated);
    }

    /** Pools whose price steps are still needed. */
    public Set<CapacityPool> openPools() {
        Set<CapacityPool> pools = new TreeSet<>();
        accounts.values().forEach(a -> pools.add(a.instance().pool()));
        return pools;
    }

    /** The instant since which price steps are still needed: where a pool was settled last, or an instance launched. */
    public Instant stepsNeededSince() {
        Instant since = Instant.MAX;
        for (Account a : accounts.values()) {
            Instant settled = prices(a.instance().pool()).completeUntil();
            Instant needed =
                    settled.isBefore(a.instance().launchedAt()) ? a.instance().launchedAt() : settled;
            since = needed.isBefore(since) ? needed : since;
        }
        return since;
    }

    /** Ids of the instances that may still be running and costing. */
    public Set<String> openInstances() {
        Set<String> open = new TreeSet<>();
        accounts.values().stream()
                .filter(Account::isOpen)
                .forEach(a -> open.add(a.instance().id()));
        return open;
    }

    /** The most that everything which may be running can cost, USD per hour, the Job Manager included. */
    public double worstBurnUsdPerHour() {
        double burn = jobManager.usdPerHour();
        for (Account a : accounts.values()) {
            burn += a.isOpen() ? a.ceilingUsdPerHour() + costs.extrasUsdPerHour() : 0;
        }
        for (Expected e : expected.values()) {
            burn += e.count * (e.ceiling + costs.extrasUsdPerHour());
        }
        return burn;
    }

    /** What a forced stop at this instant would add, because an instance is charged for a minute at least, USD. */
    public double topUpUsd(Instant now) {
        return accounts.values().stream()
                .mapToDouble(a -> a.topUpUsd(now, costs.extrasUsdPerHour()))
                .sum();
    }

    private record Expected(int count, double ceiling, Instant at) {
        Expected oneLess() {
            return new Expected(Math.max(0, count - 1), ceiling, at);
        }
    }
}
