package io.cloudpits.core.ledger;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Round figures for bills worked out by hand. Times are seconds after {@link #T0}; 0.36 USD/h is 0.0001 USD per second, 3.6
 * USD/h is 0.001, and the ceiling of 36 USD/h is 0.01.
 */
final class Bills {
    static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    static final CapacityPool SPOT = CapacityPool.spot("c5.large", "eu-west-1a");
    static final CapacityPool ON_DEMAND = CapacityPool.onDemand("c5.large", "eu-west-1a");
    static final double CEILING = 36;

    /** Nothing beside the price of the instances. */
    static final CostModel BARE = new CostModel(0, 0, 0, 0, Duration.ZERO, new TreeMap<>(), PriceChangeRule.IMMEDIATE);

    private Bills() {}

    static Instant at(double seconds) {
        return T0.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** A ledger without costs of a Job Manager. */
    static Ledger ledger(CostModel costs) {
        return new Ledger(costs, new JobManagerCost(0, 0), T0);
    }

    static FleetInstance running(String id, double launch) {
        return instance(id, SPOT, InstanceState.RUNNING, launch);
    }

    static FleetInstance instance(String id, CapacityPool pool, InstanceState state, double launch) {
        return new FleetInstance(id, pool, "token", state, at(launch), null, null, false, null, "");
    }

    static FleetInstance ended(String id, CapacityPool pool, double launch, double end, EndCause cause) {
        var told = new FleetInstance.End(at(end), cause);
        return new FleetInstance(id, pool, "token", InstanceState.ENDED, at(launch), told, null, false, null, "");
    }

    static FleetInstance stopped(String id, double launch, double end) {
        return ended(id, SPOT, launch, end, EndCause.REQUESTED);
    }

    /** A complete listing is observed. */
    static void list(Ledger ledger, double asOf, FleetInstance... instances) {
        ledger.observe(new FleetListing(List.of(instances), at(asOf), true), pool -> CEILING);
    }

    /** Price steps of the Spot pool are delivered, given as second, USD per hour, second, USD per hour .. */
    static void prices(Ledger ledger, double completeUntil, double... steps) {
        List<PriceChange> changes = new ArrayList<>();
        for (int i = 0; i < steps.length; i += 2) {
            changes.add(new PriceChange(SPOT, at(steps[i]), steps[i + 1]));
        }
        ledger.settle(Set.of(SPOT), new PriceChanges(changes, at(completeUntil)));
    }

    /** What one instance of the Spot pool costs that is over, when all its prices are delivered. */
    static Spend bill(CostModel costs, FleetInstance over, double... steps) {
        Ledger ledger = ledger(costs);
        list(ledger, 1_000_000, over);
        prices(ledger, 1_000_000, steps);
        return ledger.spend(at(1_000_000));
    }
}
