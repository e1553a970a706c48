package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.CloudPitsException;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceFleet;
import io.cloudpits.api.LaunchBatch;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.api.LaunchResult;
import io.cloudpits.api.MetricSource;
import io.cloudpits.api.Metrics;
import io.cloudpits.api.Offer;
import io.cloudpits.api.Offers;
import io.cloudpits.api.PriceChange;
import io.cloudpits.api.PriceChanges;
import io.cloudpits.api.PriceSource;
import io.cloudpits.api.ProgressSource;
import io.cloudpits.api.Refusal;
import io.cloudpits.api.TerminationResult;
import io.cloudpits.api.WorkerMetric;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.sim.SimulationSettings.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A provider on a virtual clock: prices, fleet, metrics and the jobs of one or more runs, with its own bill. Time passes
 * only in {@link #advanceTo}. Safe for use by several threads, one at a time.
 */
public final class SimulatedCloud implements InstanceFleet, PriceSource, MetricSource {
    private static final Duration LISTED_AFTER_END = Duration.ofHours(1);

    private final Market market;
    private final SimulationSettings settings;
    private final CostModel costs;
    private final @Nullable SharedQuota quota;
    private final Dice dice;
    private final InstanceFactory factory;
    private final InstanceViews views;
    private final MetricFeed feed;
    private final double penaltyRate;
    private final Map<String, SimulatedInstance> instances = new LinkedHashMap<>();
    private final List<SimulatedInstance> alive = new ArrayList<>();
    private final Map<String, SimulatedJob> jobs = new TreeMap<>();
    private final Map<String, Granted> byToken = new TreeMap<>();
    private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
    private int attempts;
    private Instant now;

    /** A provider whose clock stands at an instant; {@code quota} may be null for none. */
    public SimulatedCloud(
            Market market, SimulationSettings settings, CostModel costs, @Nullable SharedQuota quota, Instant startAt) {
        this.market = market;
        this.settings = settings;
        this.costs = costs;
        this.quota = quota;
        this.dice = new Dice(settings.seed());
        this.factory = new InstanceFactory(market, settings, costs, dice);
        this.views = new InstanceViews(market, settings);
        this.feed = new MetricFeed(settings, dice);
        this.penaltyRate = settings.penaltyPerInstance();
        this.now = startAt;
    }

    /** Begins a job whose tasks are computed by the instances of a run, and answers for its progress. */
    public synchronized ProgressSource start(String runId, JobScript script, double jobManagerTasksPerSecond) {
        SimulatedJob job = script.shape().isFluid()
                ? new FluidJob(script, jobManagerTasksPerSecond, penaltyRate)
                : new DiscreteJob(script, dice);
        jobs.put(runId, job);
        return () -> {
            check(Call.PROGRESS);
            return job.progress(now, ofRun(runId), settings.heartbeats());
        };
    }

    /** The virtual clock. */
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    /** When a run's job was done, or null. */
    public @Nullable Instant finishedAt(String runId) {
        SimulatedJob job = jobs.get(runId);
        return job == null ? null : job.finishedAt();
    }

    // ---- time

    /** Lets time pass up to an instant, or up to the finish of the first job that is done before. */
    public synchronized void advanceTo(Instant until) {
        long finished = finishedJobs();
        while (now.isBefore(until) && finishedJobs() == finished) {
            Instant next = nextEvent(until);
            jobs.forEach((runId, job) -> job.compute(now, next, ofRun(runId)));
            now = next;
            jobs.values().forEach(job -> job.apply(now));
            endDue();
        }
    }

    private long finishedJobs() {
        return jobs.values().stream().filter(j -> j.finishedAt() != null).count();
    }

    private Instant nextEvent(Instant until) {
        Instant next = until;
        for (SimulatedInstance i : alive) {
            next = SimulatedInstance.earlier(next, later(i.next(now)));
            next = SimulatedInstance.earlier(next, nextStep(market.at(i.pool).capacity()));
            next = SimulatedInstance.earlier(next, nextStep(market.at(i.pool).usdPerHour()));
        }
        for (Map.Entry<String, SimulatedJob> job : jobs.entrySet()) {
            next = SimulatedInstance.earlier(next, later(job.getValue().next(now, ofRun(job.getKey()))));
            next = SimulatedInstance.earlier(next, job.getValue().nextChange(now));
        }
        return next;
    }

    private Instant later(Instant at) {
        return at.isAfter(now) ? at : now.plusMillis(1);
    }

    private Instant nextStep(StepFunction f) {
        int i = f.indexAt(now) + 1;
        return i < f.size() ? f.instant(i) : Instant.MAX;
    }

    private Duration stopLatency() {
        return Duration.ofMillis(Math.round(settings.stopLatencySeconds() * 1000));
    }

    private void endDue() {
        for (SimulatedInstance i : List.copyOf(alive)) {
            if (due(i.stopAt)) {
                end(i, EndCause.REQUESTED);
            } else if (due(i.interruptedAt)) {
                end(i, EndCause.INTERRUPTED);
            } else if (due(i.failedAt)) {
                end(i, EndCause.FAILED);
            } else if (due(i.leaseEndAt)) {
                end(i, EndCause.SELF);
            } else if (price(i.pool) > i.maxUsdPerHour * (1 + 1e-12)) {
                end(i, EndCause.INTERRUPTED);
            }
        }
        shrink();
    }

    /** Takes back what a pool no longer holds, the youngest first; the whole pool where it is down. */
    private void shrink() {
        Map<CapacityPool, Integer> held = new TreeMap<>();
        for (SimulatedInstance i : List.copyOf(alive)) {
            int before = held.merge(i.pool, 1, Integer::sum);
            if (before > capacity(i.pool)) {
                end(i, EndCause.INTERRUPTED);
            }
        }
    }

    private boolean due(@Nullable Instant at) {
        return at != null && !at.isAfter(now);
    }

    private void end(SimulatedInstance i, EndCause cause) {
        i.endAt = now;
        i.cause = cause;
        alive.remove(i);
        SimulatedJob job = jobs.get(i.runId);
        if (job != null) {
            job.lost(i);
        }
        if (quota != null) {
            quota.giveBack(market.facts(i.pool.instanceType()).vcpus());
        }
    }

    private double price(CapacityPool pool) {
        return market.at(pool).usdPerHour().at(now).orElse(Double.POSITIVE_INFINITY);
    }

    private double capacity(CapacityPool pool) {
        return market.at(pool).capacity().at(now).orElse(0);
    }

    private List<SimulatedInstance> ofRun(String runId) {
        return jobs.size() == 1
                ? alive
                : alive.stream().filter(i -> i.runId.equals(runId)).toList();
    }

    // ---- calls

    private int check(Call call) {
        int number = calls.merge(call, 1, Integer::sum);
        if (settings.isDown(call, now) || dice.uniform("fail " + call, number, 0) < settings.callFailure()) {
            throw new CloudPitsException(call + " does not answer at " + now);
        }
        return number;
    }

    @Override
    public synchronized Offers offers(Set<String> instanceTypes) {
        int number = check(Call.OFFERS);
        List<Offer> offers = new ArrayList<>();
        int index = 0;
        for (Map.Entry<CapacityPool, PoolMarket> e : market.pools().entrySet()) {
            index++;
            var price = e.getValue().usdPerHour().at(now);
            boolean asked =
                    instanceTypes.isEmpty() || instanceTypes.contains(e.getKey().instanceType());
            boolean missing =
                    settings.missingPrice() > 0 && dice.uniform("missing", number, index) < settings.missingPrice();
            if (price.isPresent() && asked && !missing) {
                double ceiling = Math.max(price.getAsDouble(), e.getValue().ceilingUsdPerHour());
                offers.add(new Offer(e.getKey(), price.getAsDouble(), ceiling, now));
            }
        }
        return new Offers(offers, now, true);
    }

    @Override
    public synchronized PriceChanges changes(Set<CapacityPool> pools, Instant since) {
        check(Call.PRICE_CHANGES);
        Instant until = now.minusMillis(Math.round(settings.priceDelaySeconds() * 1000));
        List<PriceChange> changes = new ArrayList<>();
        for (CapacityPool pool : new TreeSet<>(pools)) {
            PoolMarket known = market.pools().get(pool);
            if (known == null) {
                continue;
            }
            StepFunction price = known.usdPerHour();
            Instant from = since.isBefore(until) ? since : until;
            for (int i = Math.max(0, price.indexAt(from)); i < price.size(); i++) {
                if (price.instant(i).isAfter(until)) {
                    break;
                }
                changes.add(new PriceChange(pool, price.instant(i), price.value(i)));
            }
        }
        changes.sort(Comparator.comparing(PriceChange::at));
        return new PriceChanges(changes, until);
    }

    @Override
    public synchronized Metrics since(Set<String> instanceIds, Instant since) {
        check(Call.METRICS);
        List<WorkerMetric> points = new ArrayList<>();
        for (String id : new TreeSet<>(instanceIds)) {
            SimulatedInstance i = instances.get(id);
            if (i != null) {
                feed.points(i, since, now, points);
            }
        }
        points.sort(Comparator.comparing(WorkerMetric::at).thenComparing(WorkerMetric::instanceId));
        return new Metrics(points, now, true);
    }

    @Override
    public synchronized FleetListing instances(String runId) {
        check(Call.LISTING);
        List<FleetInstance> listed = new ArrayList<>();
        for (SimulatedInstance i : instances.values()) {
            Instant end = i.endAt;
            if (i.runId.equals(runId)
                    && (end == null || !end.plus(LISTED_AFTER_END).isBefore(now))) {
                listed.add(views.of(i, now));
            }
        }
        return new FleetListing(listed, now, true);
    }

    @Override
    public synchronized LaunchResult launch(LaunchBatch batch) {
        int number = check(Call.LAUNCH);
        List<FleetInstance> launched = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        int index = 0;
        for (LaunchRequest request : batch.requests()) {
            index++;
            boolean silent =
                    settings.unknownOutcome() > 0 && dice.uniform("unknown", number, index) < settings.unknownOutcome();
            boolean happens = !silent || dice.uniform("happens", number, index) < 0.5;
            if (happens) {
                byToken.computeIfAbsent(request.token(), token -> grant(batch, request));
            }
            Granted granted = byToken.get(request.token());
            if (silent) {
                unknown.add(request.token());
            } else if (granted != null) {
                granted.instances.forEach(i -> launched.add(views.of(i, now)));
                refused.addAll(granted.refused);
            }
        }
        return new LaunchResult(launched, refused, unknown);
    }

    private Granted grant(LaunchBatch batch, LaunchRequest request) {
        List<SimulatedInstance> granted = new ArrayList<>();
        for (int n = 0; n < request.count(); n++) {
            Optional<Refusal> refusal = refusal(request, request.count() - n);
            if (refusal.isPresent()) {
                return new Granted(granted, List.of(refusal.get()));
            }
            granted.add(boot(batch, request));
        }
        return new Granted(granted, List.of());
    }

    /** Why the next instance of a request is not granted; takes its vCPUs where it is. */
    private Optional<Refusal> refusal(LaunchRequest request, int count) {
        CapacityPool pool = request.pool();
        if (!market.pools().containsKey(pool)) {
            return Optional.of(refusal(request, count, Refusal.Kind.POOL, "Unsupported"));
        }
        long held = alive.stream().filter(i -> i.pool.equals(pool)).count();
        if (price(pool) > request.maxUsdPerHour() * (1 + 1e-12)) {
            return Optional.of(refusal(request, count, Refusal.Kind.POOL, "SpotMaxPriceTooLow"));
        }
        boolean fails = dice.uniform("launch", ++attempts, 0) < settings.launchFailure();
        if (held + 1 > capacity(pool) || fails) {
            return Optional.of(refusal(request, count, Refusal.Kind.POOL, "InsufficientInstanceCapacity"));
        }
        return quota == null || quota.take(market.facts(pool.instanceType()).vcpus())
                ? Optional.empty()
                : Optional.of(refusal(request, count, Refusal.Kind.QUOTA, "MaxSpotInstanceCountExceeded"));
    }

    private SimulatedInstance boot(LaunchBatch batch, LaunchRequest request) {
        SimulatedJob job = jobs.get(batch.runId());
        int workers = job == null ? 0 : job.script().workersPerInstance();
        SimulatedInstance instance = factory.boot(instances.size() + 1, batch.runId(), request, now, workers);
        instance.leaseEndAt = leaseEnd(batch.leaseUntil());
        instances.put(instance.id, instance);
        alive.add(instance);
        return instance;
    }

    /** When an instance has ended by itself after a lease, which cannot end before the present. */
    private Instant leaseEnd(Instant lease) {
        return (lease.isAfter(now) ? lease : now).plus(stopLatency());
    }

    private static Refusal refusal(LaunchRequest request, int count, Refusal.Kind kind, String code) {
        return new Refusal(request.token(), request.pool(), count, kind, code, "simulated");
    }

    @Override
    public synchronized TerminationResult terminate(String runId, Set<String> instanceIds) {
        check(Call.TERMINATE);
        Set<String> accepted = new TreeSet<>();
        Map<String, String> failed = new TreeMap<>();
        for (String id : instanceIds) {
            SimulatedInstance i = instances.get(id);
            if (i == null || !i.runId.equals(runId)) {
                failed.put(id, "InvalidInstanceID.NotFound");
                continue;
            }
            accepted.add(id);
            if (i.isAlive() && i.stopAt == null) {
                i.stopAt = now.plus(stopLatency());
            }
        }
        return new TerminationResult(accepted, failed);
    }

    @Override
    public synchronized void renewLease(String runId, Instant until) {
        check(Call.LEASE);
        alive.stream().filter(i -> i.runId.equals(runId)).forEach(i -> i.leaseEndAt = leaseEnd(until));
    }

    /** The Job Manager gives an instance no new tasks. */
    public synchronized void drain(String instanceId) {
        SimulatedInstance i = instances.get(instanceId);
        if (i != null) {
            i.draining = true;
        }
    }

    /** Whether a draining instance holds nothing any more. */
    public synchronized boolean isEmpty(String instanceId) {
        SimulatedInstance i = instances.get(instanceId);
        SimulatedJob job = i == null ? null : jobs.get(i.runId);
        return i == null || job == null || job.inFlight(i) == 0;
    }

    // ---- what only an observer of the simulation sees

    /** What the provider charges a run's instances up to now, USD. */
    public synchronized double billUsd(String runId) {
        double usd = 0;
        for (SimulatedInstance i : instances.values()) {
            usd += i.runId.equals(runId) ? ProviderBill.usd(i, market.at(i.pool), costs, now) : 0;
        }
        return usd;
    }

    /** Instances of a run that have not ended. */
    public synchronized int aliveCount(String runId) {
        return (int) alive.stream().filter(i -> i.runId.equals(runId)).count();
    }

    /** Instances of a run that were ever launched. */
    public synchronized int launchCount(String runId) {
        return (int)
                instances.values().stream().filter(i -> i.runId.equals(runId)).count();
    }

    /** Instances of a run that were taken back. */
    public synchronized int interruptionCount(String runId) {
        return (int) instances.values().stream()
                .filter(i -> i.runId.equals(runId) && i.cause == EndCause.INTERRUPTED)
                .count();
    }

    /** Tokens that launched instances, each with how many. */
    public synchronized Map<String, Integer> launchedByToken() {
        Map<String, Integer> counts = new TreeMap<>();
        instances.values().forEach(i -> counts.merge(i.token, 1, Integer::sum));
        return counts;
    }

    /** The best realised speed factor of each pool, 1 at least: what the oracle may use. */
    public synchronized Map<CapacityPool, Double> bestSpeeds() {
        Map<CapacityPool, Double> best = new TreeMap<>();
        instances.values().forEach(i -> best.merge(i.pool, Math.max(1, i.speedFactor), Math::max));
        return best;
    }

    /** Lives of instances that were not charged, by pool: time that costs the oracle nothing. */
    public synchronized Map<CapacityPool, List<Instant[]>> freeTimes() {
        Map<CapacityPool, List<Instant[]>> free = new TreeMap<>();
        for (SimulatedInstance i : instances.values()) {
            Instant end = i.endAt;
            if (end != null
                    && i.cause == EndCause.INTERRUPTED
                    && Duration.between(i.launchedAt, end).toHours() < 1) {
                free.computeIfAbsent(i.pool, p -> new ArrayList<>()).add(new Instant[] {i.launchedAt, end});
            }
        }
        return free;
    }

    /** What became of a launch request whose outcome is settled: a repeated token gets it again. */
    private record Granted(List<SimulatedInstance> instances, List<Refusal> refused) {}
}
