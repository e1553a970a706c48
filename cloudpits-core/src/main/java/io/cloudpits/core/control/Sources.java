package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.CloudPitsException;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Metrics;
import io.cloudpits.api.Offer;
import io.cloudpits.api.Offers;
import io.cloudpits.api.PriceChanges;
import io.cloudpits.api.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every source once per tick and keeps the last good answer with its time. A source that fails is logged and asked
 * again at the next tick; whatever it throws counts as a failure of the outside.
 */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final Duration METRICS_OVERLAP = Duration.ofMinutes(10);

    private final Ports ports;
    private final String runId;
    private @Nullable FleetListing listing;
    private @Nullable Offers offers;
    private @Nullable Progress progress;
    private @Nullable Metrics metrics;
    private final Map<CapacityPool, Offer> lastOffers = new TreeMap<>();
    private Instant listedAt = Instant.MIN;
    private Instant pricedAt = Instant.MIN;
    private Instant progressedAt = Instant.MIN;

    Sources(Ports ports, String runId) {
        this.ports = ports;
        this.runId = runId;
    }

    void read(Instant now, Set<String> types, Set<String> instanceIds) {
        tryTo("list instances", () -> ports.fleet().instances(runId)).ifPresent(answer -> {
            listing = answer;
            listedAt = now;
        });
        tryTo("read prices", () -> ports.prices().offers(types)).ifPresent(answer -> {
            offers = answer;
            pricedAt = now;
            answer.offers().forEach(o -> lastOffers.put(o.pool(), o));
        });
        tryTo("read progress", () -> ports.progress().progress()).ifPresent(answer -> {
            progress = answer;
            progressedAt = now;
        });
        metrics = instanceIds.isEmpty()
                ? Metrics.none(now)
                : tryTo("read metrics", () -> ports.metrics().since(instanceIds, now.minus(METRICS_OVERLAP)))
                        .orElse(null);
    }

    Optional<PriceChanges> changes(Set<CapacityPool> pools, Instant since) {
        return tryTo("read price changes", () -> ports.prices().changes(pools, since));
    }

    /** What a call answers, or nothing where it fails. */
    <T> Optional<T> tryTo(String what, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (CloudPitsException e) {
            LOG.warn("run {}: could not {}: {}", runId, what, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("run {}: could not {}", runId, what, e);
        }
        return Optional.empty();
    }

    /** The listing of this very tick. */
    Optional<FleetListing> freshListing(Instant now) {
        return listedAt.equals(now) ? Optional.ofNullable(listing) : Optional.empty();
    }

    /** The last listing, whatever its age. */
    Optional<FleetListing> lastListing() {
        return Optional.ofNullable(listing);
    }

    /** The last offers, if they are at most so old. */
    Optional<Offers> offers(Instant now, Duration longest) {
        return pricedAt.plus(longest).isBefore(now) ? Optional.empty() : Optional.ofNullable(offers);
    }

    /** The last offer ever seen of a pool. */
    Optional<Offer> lastOffer(CapacityPool pool) {
        return Optional.ofNullable(lastOffers.get(pool));
    }

    /** The progress of this very tick. */
    Optional<Progress> freshProgress(Instant now) {
        return progressedAt.equals(now) ? Optional.ofNullable(progress) : Optional.empty();
    }

    /** The last progress, whatever its age. */
    Optional<Progress> lastProgress() {
        return Optional.ofNullable(progress);
    }

    /** The metrics of this tick. */
    Optional<Metrics> metrics() {
        return Optional.ofNullable(metrics);
    }
}
