package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Offer;
import io.cloudpits.api.Progress;
import io.cloudpits.api.WorkerProgress;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps the ledger up to date with what the sources tell. Not safe for use by several threads. */
final class Accountant {
    private static final Duration TOKEN_SETTLES = Duration.ofSeconds(60);

    /** Stands in for a pool that was never offered, USD per hour: dearer than any instance there is. */
    private static final double NEVER_OFFERED = 1000;

    private final Ledger ledger;
    private final CostModel costs;
    private final Sources sources;
    private final Map<String, Double> charged = new TreeMap<>();

    Accountant(Ledger ledger, CostModel costs, Sources sources) {
        this.ledger = ledger;
        this.costs = costs;
        this.sources = sources;
    }

    /** Takes note of instances, of launches that did not happen after all, and of prices. */
    void update(Instant now) {
        sources.freshListing(now).ifPresent(this::observe);
        Set<CapacityPool> open = ledger.openPools();
        if (!open.isEmpty()) {
            sources.changes(open, ledger.stepsNeededSince()).ifPresent(changes -> ledger.settle(open, changes));
        }
    }

    private void observe(FleetListing listing) {
        ledger.observe(listing, this::ceiling);
        if (listing.complete()) {
            ledger.expected().forEach((token, at) -> {
                if (at.plus(TOKEN_SETTLES).isBefore(listing.asOf())) {
                    ledger.forget(token);
                }
            });
        }
    }

    /** Charges the tasks that instances have computed since they were charged last, where tasks cost. */
    void chargeTasks(Instant now, Collection<FleetInstance> instances) {
        if (costs.usdPerTask().isEmpty()) {
            return;
        }
        Map<String, WorkerProgress> workers =
                sources.freshProgress(now).map(Progress::workers).orElse(Map.of());
        for (FleetInstance i : instances) {
            WorkerProgress w = workers.get(i.id());
            if (w != null) {
                double before = charged.getOrDefault(i.id(), 0.0);
                ledger.chargeTasks(i.pool().availabilityZone(), Math.max(0, w.committedTasks() - before));
                charged.put(i.id(), w.committedTasks());
            }
        }
    }

    /** The most an instance of a pool can be charged, USD per hour. */
    double ceiling(CapacityPool pool) {
        return sources.lastOffer(pool).map(Offer::ceilingUsdPerHour).orElse(NEVER_OFFERED);
    }

    /** What an instance of a pool costs at present, all in, USD per hour. */
    double present(CapacityPool pool) {
        return sources.lastOffer(pool).map(Offer::usdPerHour).orElse(NEVER_OFFERED) + costs.extrasUsdPerHour();
    }
}
