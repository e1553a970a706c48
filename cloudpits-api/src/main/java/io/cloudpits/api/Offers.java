package io.cloudpits.api;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * One reading of the market.
 *
 * @param offers at most one offer per pool; a pool whose price is not known is left out
 * @param asOf when the reading was made
 * @param complete false when a part of the answer is missing, so that absence of a pool means nothing
 */
public record Offers(List<Offer> offers, Instant asOf, boolean complete) {
    public Offers {
        offers = List.copyOf(offers);
        var seen = new HashSet<CapacityPool>();
        for (Offer offer : offers) {
            if (!seen.add(offer.pool())) {
                throw Require.bad("offers", offer.pool(), "at most one offer per pool");
            }
        }
    }
}
