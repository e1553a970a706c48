package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Require;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A market to simulate: pools with their prices and capacity over time, and what each instance type truly delivers.
 *
 * @param pools what happens in each pool
 * @param types facts of the types; a type that is missing here is known by its name alone
 * @param tasksPerSecond true mean throughput of one instance by type; a type that is missing here cannot run the program
 */
public record Market(
        SortedMap<CapacityPool, PoolMarket> pools,
        SortedMap<String, InstanceTypeFacts> types,
        SortedMap<String, Double> tasksPerSecond) {
    public Market {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        tasksPerSecond = Collections.unmodifiableSortedMap(new TreeMap<>(tasksPerSecond));
        for (Map.Entry<String, Double> e : tasksPerSecond.entrySet()) {
            Require.positive("tasksPerSecond of " + e.getKey(), e.getValue());
        }
    }

    /** Facts of a type, or its bare name. */
    public InstanceTypeFacts facts(String type) {
        InstanceTypeFacts known = types.get(type);
        return known != null ? known : InstanceTypeFacts.unknown(type);
    }

    /** What happens in a pool; the pool must be one of the market's. */
    PoolMarket at(CapacityPool pool) {
        PoolMarket known = pools.get(pool);
        if (known == null) {
            throw Require.bad("pool", pool, "one of the market's");
        }
        return known;
    }
}
