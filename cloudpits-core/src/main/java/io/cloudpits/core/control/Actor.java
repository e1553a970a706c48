package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Decision;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.InstanceFleet;
import io.cloudpits.api.LaunchBatch;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.api.LaunchResult;
import io.cloudpits.api.Offer;
import io.cloudpits.api.Refusal;
import io.cloudpits.api.TerminationResult;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.HardCap;
import io.cloudpits.core.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Acts on the fleet under the hard cap: nothing is launched, and no lease reaches further, than the money left pays for at
 * the highest prices.
 */
final class Actor {
    /** A launch must leave every worker at least this lease, or it would end the run it is to speed up. */
    private static final double LEAST_LEASE_SECONDS = 60;

    private final RunSettings settings;
    private final InstanceFleet fleet;
    private final Sources sources;
    private final Ledger ledger;
    private final PoolBackoff backoff;
    private final String tokenPrefix;
    private int sequence;
    private Instant leaseHeld = Instant.MIN;
    private int launches;
    private int terminations;
    private Optional<Refusal> misconfigured = Optional.empty();

    Actor(
            RunSettings settings,
            InstanceFleet fleet,
            Sources sources,
            Ledger ledger,
            PoolBackoff backoff,
            Instant startedAt) {
        this.settings = settings;
        this.fleet = fleet;
        this.sources = sources;
        this.ledger = ledger;
        this.backoff = backoff;
        this.tokenPrefix = settings.runId() + '-' + Long.toString(startedAt.toEpochMilli(), 36) + '-';
    }

    /** The cap as things stand. */
    HardCap cap(Instant now, double budgetUsd) {
        return new HardCap(
                budgetUsd,
                ledger.spend(now).totalUsd(),
                ledger.topUpUsd(now),
                ledger.worstBurnUsdPerHour(),
                settings.stopLatency().toMillis() / 1000.0);
    }

    /** Launches what fits, and moves the lease of the run. Returns what was granted. */
    List<FleetInstance> launchAndRenew(
            Instant now,
            double budgetUsd,
            List<Decision> wanted,
            int room,
            Function<CapacityPool, Optional<Offer>> offers) {
        HardCap cap = cap(now, budgetUsd);
        List<LaunchRequest> requests = new ArrayList<>();
        HardCap with = cap;
        int free = room;
        for (Decision decision : wanted) {
            Offer offer = offers.apply(decision.pool()).orElse(null);
            if (offer == null) {
                continue;
            }
            int count = Math.min(decision.count(), free);
            while (count > 0 && plus(with, offer, count).leaseSeconds() < LEAST_LEASE_SECONDS) {
                count--;
            }
            if (count > 0) {
                with = plus(with, offer, count);
                free -= count;
                requests.add(
                        new LaunchRequest(tokenPrefix + ++sequence, decision.pool(), count, offer.ceilingUsdPerHour()));
            }
        }
        Instant lease = leaseEnd(now, with);
        boolean renewed = renew(now, lease);
        boolean safe = renewed || !leaseHeld.isAfter(lease);
        return requests.isEmpty() || !safe ? List.of() : launch(now, requests, lease);
    }

    private HardCap plus(HardCap cap, Offer offer, int count) {
        CostModel costs = settings.costModel();
        return cap.with(count * (offer.ceilingUsdPerHour() + costs.extrasUsdPerHour()), count * costs.usdPerLaunch());
    }

    private Instant leaseEnd(Instant now, HardCap cap) {
        double longest = settings.longestLease().toMillis() / 1000.0;
        double seconds = Math.max(0, Math.min(longest, cap.leaseSeconds()));
        return now.plus(Duration.ofMillis((long) (seconds * 1000)));
    }

    private boolean renew(Instant now, Instant until) {
        if (ledger.openInstances().isEmpty() && ledger.expected().isEmpty()) {
            leaseHeld = until;
            return true;
        }
        boolean renewed = sources.tryTo("renew the lease", () -> {
                    fleet.renewLease(settings.runId(), until);
                    return true;
                })
                .isPresent();
        leaseHeld = renewed || leaseHeld.isBefore(until) ? until : leaseHeld;
        return renewed;
    }

    private List<FleetInstance> launch(Instant now, List<LaunchRequest> requests, Instant lease) {
        Optional<LaunchResult> answer = sources.tryTo(
                "launch instances",
                () -> fleet.launch(new LaunchBatch(settings.runId(), requests, lease, settings.tags())));
        if (answer.isEmpty()) {
            return List.of();
        }
        LaunchResult result = answer.get();
        for (FleetInstance instance : result.launched()) {
            request(requests, instance.token()).ifPresent(r -> ledger.launched(instance, r.maxUsdPerHour()));
            backoff.granted(instance.pool());
        }
        for (String token : result.unknownTokens()) {
            request(requests, token).ifPresent(r -> ledger.expect(r, now));
        }
        for (Refusal refusal : result.refused()) {
            backoff.refused(refusal, now);
            if (refusal.kind() == Refusal.Kind.CONFIGURATION) {
                misconfigured = Optional.of(refusal);
            }
        }
        launches += result.launched().size();
        return result.launched();
    }

    private static Optional<LaunchRequest> request(List<LaunchRequest> requests, String token) {
        return requests.stream().filter(r -> r.token().equals(token)).findFirst();
    }

    /** Asks for terminations; what fails is asked again at the next tick. */
    void terminate(Set<String> ids) {
        if (!ids.isEmpty()) {
            Optional<TerminationResult> result =
                    sources.tryTo("terminate instances", () -> fleet.terminate(settings.runId(), ids));
            terminations += result.map(r -> r.accepted().size()).orElse(0);
        }
    }

    /** An instance of an unknown launch was found. */
    void found() {
        launches++;
    }

    Instant leaseHeld() {
        return leaseHeld;
    }

    int launches() {
        return launches;
    }

    int terminations() {
        return terminations;
    }

    /** A refusal that says that the configuration is wrong, if there was one. */
    Optional<Refusal> misconfigured() {
        return misconfigured;
    }
}
