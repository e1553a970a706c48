package io.cloudpits.api;

import java.time.Instant;
import java.util.Set;

/**
 * Tells what capacity pools cost, now and over time.
 *
 * <p>Safe for use by several threads. One call per method and tick: an implementation answers for all pools at once.
 */
public interface PriceSource {
    /**
     * The present offers.
     *
     * <p><b>Returns</b> at most one offer per pool, in no particular order, prices in USD per instance-hour. <b>Left
     * out</b>: pools without a known price, and types the provider does not know. <b>Fresh</b>: each offer carries the
     * instant of its price; {@code complete} says whether all pages of the answer arrived. <b>Cost</b>: one round of
     * calls to the provider.
     *
     * @param instanceTypes the types to answer for; empty means all the provider has
     * @throws CloudPitsException if no prices can be had at all
     */
    Offers offers(Set<String> instanceTypes);

    /**
     * The price steps of some pools since an instant, the price then in force included: what the ledger bills by.
     *
     * <p><b>Left out</b>: pools that never had a price. <b>Fresh</b>: {@code completeUntil} says up to when the answer is
     * final; asking again later gives the same steps up to there. <b>Cost</b>: one round of calls.
     *
     * @throws CloudPitsException if the history cannot be had at all
     */
    PriceChanges changes(Set<CapacityPool> pools, Instant since);
}
