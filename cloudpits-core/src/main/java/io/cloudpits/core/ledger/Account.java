package io.cloudpits.core.ledger;

import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.PurchaseOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The bill of one instance. Not safe for use by several threads. */
final class Account {
    private static final double MINIMUM_SECONDS = 60;
    private static final Duration FREE = Duration.ofHours(1);

    private FleetInstance instance;
    private double ceilingUsdPerHour;
    private @Nullable Instant missingSince;

    Account(FleetInstance instance, double ceilingUsdPerHour) {
        this.instance = instance;
        this.ceilingUsdPerHour = ceilingUsdPerHour;
    }

    FleetInstance instance() {
        return instance;
    }

    /** Takes over what a listing says of the instance. */
    void seen(FleetInstance now, Instant asOf) {
        instance = now;
        if (now.state() == InstanceState.ENDED) {
            missing(asOf);
        } else {
            missingSince = null;
        }
    }

    /** A complete listing did not have it, or told that it is over but not since when: it ended before. */
    void missing(Instant asOf) {
        if (missingSince == null && instance.end() == null) {
            missingSince = asOf;
        }
    }

    void atMost(double usdPerHour) {
        ceilingUsdPerHour = Math.max(ceilingUsdPerHour, usdPerHour);
    }

    double ceilingUsdPerHour() {
        return ceilingUsdPerHour;
    }

    /** Whether it may still be running and costing. */
    boolean isOpen() {
        return instance.end() == null && missingSince == null;
    }

    /** Whether its end and all prices up to it are known, so that the bill stands. */
    boolean isSettled(PoolPrices prices) {
        var end = instance.end();
        return end != null && !prices.completeUntil().isBefore(end.at());
    }

    /** What a forced stop at this instant would still add, because an instance is charged for a minute at least. */
    double topUpUsd(Instant now, double extrasUsdPerHour) {
        double rest = MINIMUM_SECONDS - PoolPrices.seconds(instance.launchedAt(), now);
        return isOpen() ? Math.max(0, rest) * (ceilingUsdPerHour + extrasUsdPerHour) / 3600 : 0;
    }

    /** The bill up to an instant. */
    PoolPrices.Charge bill(Instant now, PoolPrices prices, CostModel costs) {
        var end = instance.end();
        Instant last = end != null ? end.at() : missingSince != null ? missingSince : now;
        Instant to = last.isBefore(instance.launchedAt()) ? instance.launchedAt() : last;
        boolean over = !isOpen() || instance.isLeaving();
        boolean guessed = end == null && over;
        double life = PoolPrices.seconds(instance.launchedAt(), to);
        double topUp = over ? Math.max(0, MINIMUM_SECONDS - life) : 0;
        double extras = (life + topUp) * costs.extrasUsdPerHour() / 3600 + costs.usdPerLaunch();
        if (end != null && isFree(end)) {
            return new PoolPrices.Charge(extras, false);
        }
        var price = prices.between(instance.launchedAt(), to, ceilingUsdPerHour, costs.priceChanges());
        var rest = topUp > 0 ? prices.at(to, ceilingUsdPerHour) : new PoolPrices.Charge(0, false);
        return new PoolPrices.Charge(
                extras + price.usd() + topUp * rest.usd() / 3600, guessed || price.estimated() || rest.estimated());
    }

    private boolean isFree(FleetInstance.End end) {
        return end.cause() == EndCause.INTERRUPTED
                && instance.pool().purchaseOption() == PurchaseOption.SPOT
                && Duration.between(instance.launchedAt(), end.at()).compareTo(FREE) < 0;
    }
}
