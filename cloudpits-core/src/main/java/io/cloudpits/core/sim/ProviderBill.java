package io.cloudpits.core.sim;

import io.cloudpits.api.EndCause;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.PriceChangeRule;
import java.time.Duration;
import java.time.Instant;

/**
 * What the simulated provider charges for an instance, worked out from the market itself and without the ledger's code, so
 * that each can be held against the other.
 */
final class ProviderBill {
    private static final long MINIMUM_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 3_600_000;

    private ProviderBill() {}

    /** USD charged for an instance up to an instant, task costs included. */
    static double usd(SimulatedInstance i, PoolMarket pool, CostModel costs, Instant now) {
        Instant end = i.endAt;
        Instant to = end == null ? now : end;
        long life = Math.max(0, Duration.between(i.launchedAt, to).toMillis());
        long paid = end == null ? life : Math.max(life, MINIMUM_MILLIS);
        double extras = costs.extrasUsdPerHour() * paid / HOUR_MILLIS + costs.usdPerLaunch();
        double tasks = i.committed * costs.usdPerTaskIn(i.pool.availabilityZone());
        boolean free = end != null
                && i.cause == EndCause.INTERRUPTED
                && i.pool.purchaseOption() == PurchaseOption.SPOT
                && life < HOUR_MILLIS;
        return extras + tasks + (free ? 0 : price(i, pool, costs.priceChanges(), to, paid - life));
    }

    private static double price(
            SimulatedInstance i, PoolMarket pool, PriceChangeRule rule, Instant to, long topUpMillis) {
        StepFunction price = pool.usdPerHour();
        long from = i.launchedAt.toEpochMilli();
        long until = to.toEpochMilli();
        double usdMillis = 0;
        if (rule == PriceChangeRule.NEXT_INSTANCE_HOUR) {
            for (long hour = from; hour < until; hour += HOUR_MILLIS) {
                double inForce = price.at(Instant.ofEpochMilli(hour)).orElseThrow();
                usdMillis += inForce * Math.min(HOUR_MILLIS, until - hour);
            }
        } else {
            int step = price.indexAt(i.launchedAt);
            while (from < until) {
                long next = step + 1 < price.size() ? price.instant(step + 1).toEpochMilli() : Long.MAX_VALUE;
                usdMillis += price.value(step) * (Math.min(next, until) - from);
                from = Math.min(next, until);
                step++;
            }
        }
        usdMillis += topUpMillis > 0 ? topUpMillis * price.at(to).orElseThrow() : 0;
        return usdMillis / HOUR_MILLIS;
    }
}
