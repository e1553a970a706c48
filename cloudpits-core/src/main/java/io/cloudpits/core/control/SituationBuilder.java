package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Offer;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.core.learn.Estimator;
import io.cloudpits.core.learn.WorkerLog;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.plan.PlanSettings;
import io.cloudpits.core.plan.PoolOutlook;
import io.cloudpits.core.plan.Situation;
import io.cloudpits.core.plan.Worker;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Puts together what a strategy may look at. */
final class SituationBuilder {
    private static final int PLENTY = 1_000_000;

    private final RunSettings settings;
    private final Estimator estimator;
    private final WorkerLog log;
    private final Map<String, InstanceTypeFacts> facts = new TreeMap<>();

    SituationBuilder(RunSettings settings, Estimator estimator, WorkerLog log) {
        this.settings = settings;
        this.estimator = estimator;
        this.log = log;
        settings.catalog().forEach(f -> facts.put(f.name(), f));
    }

    /** The pools from which instances may be launched now. */
    List<PoolOutlook> pools(Collection<Offer> offers, Limits limits, Predicate<CapacityPool> usable) {
        return offers.stream()
                .filter(o -> limits.allows(o.pool()) && usable.test(o.pool()))
                .filter(o -> settings.requirements()
                        .objection(facts(o.pool().instanceType()))
                        .isEmpty())
                .sorted(Comparator.comparing(Offer::pool))
                .map(this::outlook)
                .toList();
    }

    private PoolOutlook outlook(Offer offer) {
        CostModel costs = settings.costModel();
        CapacityPool pool = offer.pool();
        return new PoolOutlook(
                pool,
                facts(pool.instanceType()),
                offer.usdPerHour(),
                offer.usdPerHour() + costs.extrasUsdPerHour(),
                offer.ceilingUsdPerHour() + costs.extrasUsdPerHour(),
                estimator.type(pool.instanceType()),
                log.startupSeconds() + costs.staging().toSeconds(),
                costs.usdPerLaunch(),
                costs.usdPerTaskIn(pool.availabilityZone()),
                hazard(pool),
                PLENTY);
    }

    /** The instances that start or work. */
    List<Worker> workers(Instant now, List<FleetInstance> staying, Function<CapacityPool, Optional<Offer>> lastOffer) {
        return staying.stream()
                .sorted(Comparator.comparing(FleetInstance::id))
                .flatMap(i -> lastOffer.apply(i.pool()).map(o -> worker(now, i, o)).stream())
                .toList();
    }

    private Worker worker(Instant now, FleetInstance i, Offer offer) {
        CostModel costs = settings.costModel();
        String type = i.pool().instanceType();
        return new Worker(
                i.id(),
                i.pool(),
                facts(type),
                Math.max(0, java.time.Duration.between(i.launchedAt(), now).toMillis() / 1000.0),
                log.readyInSeconds(i.id(), now),
                offer.usdPerHour() + costs.extrasUsdPerHour(),
                offer.ceilingUsdPerHour() + costs.extrasUsdPerHour(),
                estimator.instance(i.id(), type),
                costs.usdPerTaskIn(i.pool().availabilityZone()),
                hazard(i.pool()),
                log.tasksInFlight(i.id()));
    }

    Situation situation(
            Instant now,
            Objective objective,
            Limits limits,
            double spentUsd,
            double tasksLeft,
            int leaving,
            double leavingUsd,
            List<PoolOutlook> pools,
            List<Worker> workers,
            Map<String, Integer> counters) {
        return new Situation(
                now,
                objective,
                spentUsd,
                tasksLeft,
                settings.jobManager().usdPerHour(),
                settings.jobManager().tasksPerSecond(),
                limits,
                leaving,
                leavingUsd,
                pools,
                workers,
                log.taskShape(settings.taskShape()),
                planSettings(),
                counters);
    }

    /** The plan settings, whose workers per instance are those of the requirements unless set. */
    private PlanSettings planSettings() {
        PlanSettings set = settings.planSettings();
        int workers = set.workersPerInstance() > 0
                ? set.workersPerInstance()
                : settings.requirements().workersPerInstance();
        return new PlanSettings(set.confidence(), set.switchingMargin(), set.stopSeconds(), workers);
    }

    private double hazard(CapacityPool pool) {
        return pool.purchaseOption() == PurchaseOption.ON_DEMAND
                ? 0
                : settings.interruptionsPerHour().getOrDefault(pool.instanceType(), 0.0);
    }

    InstanceTypeFacts facts(String type) {
        InstanceTypeFacts known = facts.get(type);
        return known != null ? known : InstanceTypeFacts.unknown(type);
    }
}
