package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Forecast;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Offer;
import io.cloudpits.api.Offers;
import io.cloudpits.api.Progress;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunHandle;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.RunPhase;
import io.cloudpits.api.RunStatus;
import io.cloudpits.api.ThroughputSample;
import io.cloudpits.api.WorkerProgress;
import io.cloudpits.core.learn.Canaries;
import io.cloudpits.core.learn.Estimator;
import io.cloudpits.core.learn.Health;
import io.cloudpits.core.learn.LivenessSettings;
import io.cloudpits.core.learn.Measured;
import io.cloudpits.core.learn.WorkerLog;
import io.cloudpits.core.ledger.Ledger;
import io.cloudpits.core.ledger.Spend;
import io.cloudpits.core.plan.Plan;
import io.cloudpits.core.plan.PoolOutlook;
import io.cloudpits.core.plan.Situation;
import io.cloudpits.core.plan.TailAdvice;
import io.cloudpits.core.plan.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of a run: observe, account, learn, plan, act, record. Owns no thread: whoever embeds it calls {@link #tick},
 * best when {@link #nextTick} says so and at once when the job is done; or leaves that to {@link Runner}. Safe for use by
 * several threads; ticks never overlap.
 */
public final class Controller implements RunHandle {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration OLDEST_PRICES = Duration.ofMinutes(15);
    private static final Duration TOKEN_SETTLES = Duration.ofSeconds(60);
    private static final Duration SAMPLE_EVERY = Duration.ofMinutes(5);
    private static final int HOPELESS = 3;

    private final RunSettings settings;
    private final Ports ports;
    private final Clock clock;
    private final Callbacks callbacks;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Wishes wishes;
    private final Instant startedAt;
    private final Ledger ledger;
    private final Sources sources;
    private final PoolBackoff backoff = new PoolBackoff();
    private final Departures departures = new Departures();
    private final WorkerLog log;
    private final Actor actor;
    private final Set<CapacityPool> quarantined = new TreeSet<>();
    private final Set<String> ready = new TreeSet<>();
    private final Set<String> duplicated = new TreeSet<>();
    private final Map<String, FleetInstance> present = new TreeMap<>();
    private final Map<String, Double> charged = new TreeMap<>();
    private final Map<String, Instant> sampled = new TreeMap<>();
    private @Nullable Estimator estimator;
    private @Nullable SituationBuilder builder;
    private OptionalDouble expectedTasks = OptionalDouble.empty();
    private Map<String, Integer> counters = Map.of();
    private List<Decision> decisions = List.of();
    private @Nullable Forecast forecast;
    private @Nullable Instant firstCanary;
    private @Nullable Instant waitingSince;
    private int neverReported;
    private boolean everReported;
    private int interruptions;
    private RunPhase phase = RunPhase.RUNNING;
    private RunPhase outcome = RunPhase.RUNNING;
    private String explanation = "not started";
    private double budgetUsd;
    private Instant nextTick;
    private volatile RunStatus status;

    /**
     * A run that begins now. Its Job Manager costs from now on.
     *
     * @param listener told of instances and ticks on {@code callbacks}
     * @param callbacks runs the listener; a direct executor makes the tick wait for it
     */
    public Controller(RunSettings settings, Ports ports, RunListener listener, Executor callbacks, Clock clock) {
        this.settings = settings;
        this.ports = ports;
        this.clock = clock;
        this.callbacks = new Callbacks(listener, callbacks);
        this.startedAt = clock.instant();
        this.nextTick = startedAt;
        this.wishes = new Wishes(settings.objective(), settings.limits(), false, false);
        this.budgetUsd = settings.objective().budgetUsd();
        this.ledger = new Ledger(settings.costModel(), settings.jobManager(), startedAt);
        this.sources = new Sources(ports, settings.runId());
        double taskSeconds = settings.taskShape().meanSeconds();
        this.log = new WorkerLog(
                LivenessSettings.of(settings.startup(), taskSeconds),
                settings.taskShape().coefficientOfVariation());
        this.actor = new Actor(settings, ports.fleet(), sources, ledger, backoff, startedAt);
        this.status = report(startedAt);
    }

    /**
     * One pass of the loop. Never throws on account of a source or listener that fails; does nothing once the run is over.
     */
    public RunStatus tick() {
        turn.lock();
        try {
            if (!phase.isOver()) {
                Instant now = clock.instant();
                pass(now, wishes);
                status = report(now);
                RunStatus told = status;
                callbacks.call("", listener -> listener.ticked(told));
            }
            return status;
        } finally {
            turn.unlock();
        }
    }

    private void pass(Instant now, Wishes wanted) {
        Set<String> types = new TreeSet<>(wanted.limits.instanceTypes());
        sources.read(now, types, ledger.openInstances());
        account(now);
        if (phase == RunPhase.RUNNING && wanted.detached) {
            over(RunPhase.DETACHED, "left by the caller; the workers' lease ends at " + actor.leaseHeld());
            return;
        }
        if (phase == RunPhase.RUNNING) {
            run(now, wanted);
        }
        if (phase == RunPhase.ENDING) {
            end(now);
        }
    }

    // ---- observe, account, learn

    private void account(Instant now) {
        sources.freshListing(now).ifPresent(listing -> {
            follow(listing, now);
            ledger.observe(listing, this::ceiling);
            if (listing.complete()) {
                ledger.expected().forEach((token, at) -> {
                    if (at.plus(TOKEN_SETTLES).isBefore(listing.asOf())) {
                        ledger.forget(token);
                    }
                });
            }
        });
        Set<CapacityPool> open = ledger.openPools();
        if (!open.isEmpty()) {
            sources.changes(open, ledger.stepsNeededSince()).ifPresent(changes -> ledger.settle(open, changes));
        }
        chargeTasks(now);
        FleetListing listing = sources.freshListing(now).orElse(new FleetListing(List.of(), now, false));
        log.observe(
                now,
                listing,
                sources.freshProgress(now).orElse(null),
                sources.metrics().orElse(null));
        learn(now);
    }

    private double ceiling(CapacityPool pool) {
        return sources.lastOffer(pool).map(Offer::ceilingUsdPerHour).orElse(1000.0);
    }

    private void chargeTasks(Instant now) {
        if (settings.costModel().usdPerTask().isEmpty()) {
            return;
        }
        Map<String, WorkerProgress> workers =
                sources.freshProgress(now).map(Progress::workers).orElse(Map.of());
        present.values().forEach(i -> {
            WorkerProgress w = workers.get(i.id());
            if (w != null) {
                double before = charged.getOrDefault(i.id(), 0.0);
                ledger.chargeTasks(i.pool().availabilityZone(), Math.max(0, w.committedTasks() - before));
                charged.put(i.id(), w.committedTasks());
            }
        });
    }

    /** Tells the listener what became of the instances. */
    private void follow(FleetListing listing, Instant now) {
        Set<String> seen = new TreeSet<>();
        for (FleetInstance i : listing.instances()) {
            seen.add(i.id());
            boolean alive = i.state() != InstanceState.ENDED;
            if (alive && !present.containsKey(i.id()) && ledger.expected().containsKey(i.token())) {
                actor.found();
            }
            if (alive) {
                present.put(i.id(), i);
            } else if (present.remove(i.id()) != null) {
                ended(i, now);
            }
            if (i.state() == InstanceState.RUNNING && i.privateAddress() != null && ready.add(i.id())) {
                callbacks.call(i.id(), listener -> listener.ready(i));
            }
        }
        if (listing.complete()) {
            List<FleetInstance> vanished = present.values().stream()
                    .filter(i -> !seen.contains(i.id())
                            && i.launchedAt().plus(TOKEN_SETTLES).isBefore(now))
                    .toList();
            vanished.forEach(i -> {
                present.remove(i.id());
                ended(i, now);
            });
        }
    }

    private void ended(FleetInstance i, Instant now) {
        boolean interrupted =
                i.ended().filter(e -> e.cause() == EndCause.INTERRUPTED).isPresent();
        boolean announced = departures.isTerminating(i.id());
        if (interrupted) {
            interruptions++;
            backoff.interrupted(i.pool(), now);
        }
        departures.gone(i.id());
        if (!announced) {
            Reason reason = Reason.of(
                    interrupted ? Reason.Code.INTERRUPTION : Reason.Code.RUN_ENDED,
                    interrupted ? "AWS took it back" : "it ended without being asked to");
            callbacks.call(i.id(), listener -> listener.gone(i, reason));
        }
    }

    private void learn(Instant now) {
        if (estimator == null) {
            sources.tryTo("read the performance history", () -> ports.history().throughput(settings.workload()))
                    .ifPresent(history -> {
                        double seconds = settings.taskShape().meanSeconds();
                        estimator = new Estimator(settings.catalog(), history, seconds > 0 ? 1 / seconds : 1);
                        builder = new SituationBuilder(settings, estimator, log);
                    });
            expectedTasks = settings.expectedTasks().isPresent()
                    ? settings.expectedTasks()
                    : sources.tryTo("read task counts", () -> ports.history().meanTaskCount(settings.workload()))
                            .orElse(OptionalDouble.empty());
        }
        if (estimator != null) {
            estimator.learn(log.measured());
            record(now, false);
        }
    }

    private void record(Instant now, boolean last) {
        List<ThroughputSample> samples = new ArrayList<>();
        for (Measured m : log.measured()) {
            Instant due = sampled.getOrDefault(m.instanceId(), startedAt).plus(SAMPLE_EVERY);
            if (m.tasksPerSecond() > 0 && (last || !now.isBefore(due))) {
                samples.add(new ThroughputSample(m.instanceType(), m.instanceId(), m.tasksPerSecond(), now));
            }
        }
        if (!samples.isEmpty()) {
            boolean recorded = sources.tryTo("record throughput", () -> {
                        ports.history().record(settings.workload(), samples);
                        return true;
                    })
                    .isPresent();
            samples.stream().filter(s -> recorded).forEach(s -> sampled.put(s.instanceId(), now));
        }
    }

    // ---- decide

    private void run(Instant now, Wishes wanted) {
        if (settings.objective().budgetUsd() != wanted.objective.budgetUsd()) {
            budgetUsd = Math.max(budgetUsd, wanted.objective.budgetUsd());
        }
        double money = wanted.budgetUsd(budgetUsd, settings.objective());
        Optional<Progress> progress = sources.freshProgress(now);
        if (progress.isPresent() && TasksLeft.of(progress.get(), expectedTasks) <= 0) {
            ending(RunPhase.FINISHED, "all tasks are done");
        } else if (wanted.cancelled) {
            ending(RunPhase.CANCELLED, "cancelled by the caller");
        } else if (actor.misconfigured().isPresent()) {
            var refusal = actor.misconfigured().get();
            ending(RunPhase.FAILED, "the configuration is wrong: " + refusal.code() + ": " + refusal.message());
        } else {
            var cap = actor.cap(now, money);
            double shortest = settings.shortestTick().toMillis() / 1000.0;
            if (cap.leaseSeconds() < shortest) {
                ending(
                        RunPhase.BUDGET_EXHAUSTED,
                        String.format(
                                Locale.ROOT,
                                "%.4f of %.4f USD are spent; what is left pays for less than another %.0f s at the"
                                        + " highest prices",
                                cap.spentUsd(),
                                money,
                                shortest));
            } else {
                plan(now, wanted, money, progress);
            }
        }
    }

    private void plan(Instant now, Wishes wanted, double money, Optional<Progress> progress) {
        Optional<FleetListing> listing = sources.freshListing(now);
        Optional<Offers> offers = sources.offers(now, OLDEST_PRICES);
        List<Decision> launches = List.of();
        int room = 0;
        if (listing.isPresent() && progress.isPresent() && offers.isPresent() && builder != null) {
            List<FleetInstance> staying = staying(now);
            List<PoolOutlook> pools = builder.pools(offers.get().offers(), wanted.limits, pool -> isUsable(pool, now));
            List<Worker> workers = builder.workers(now, staying, sources::lastOffer);
            int awaited = ledger.expected().size();
            int leaving = present.size() - staying.size() + awaited;
            room = Math.max(0, wanted.limits.maxInstances() - present.size() - awaited);
            double left = TasksLeft.of(progress.get(), expectedTasks);
            if (!hopeful(now, workers, money)) {
                return;
            }
            Situation s = builder.situation(
                    now,
                    money == Double.POSITIVE_INFINITY ? wanted.objective : wanted.objective.withBudgetUsd(money),
                    wanted.limits,
                    ledger.spend(now).totalUsd(),
                    left,
                    leaving,
                    leavingUsd(now, staying),
                    pools,
                    workers,
                    counters);
            launches = decide(now, s, room, offers.get());
        } else {
            decisions = List.of();
            explanation = "waiting for data: "
                    + (listing.isEmpty() ? "the list of instances " : "")
                    + (progress.isEmpty() ? "progress " : "")
                    + (offers.isEmpty() ? "prices " : "")
                    + (builder == null ? "performance history" : "");
        }
        if (phase == RunPhase.RUNNING) {
            List<FleetInstance> granted = actor.launchAndRenew(now, money, launches, room, sources::lastOffer);
            granted.forEach(i -> present.put(i.id(), i));
            departures.due(now).forEach(this::terminate);
            actor.terminate(departures.terminating());
            schedule(now, money);
        }
    }

    /** The instances that are neither leaving nor announced to be taken back; ends the silent and failing ones. */
    private List<FleetInstance> staying(Instant now) {
        List<FleetInstance> staying = new ArrayList<>();
        for (FleetInstance i : List.copyOf(present.values())) {
            if (i.isLeaving() || i.interruptionAt() != null || departures.isLeaving(i.id())) {
                continue;
            }
            Health health = log.health(i.id());
            everReported |= health == Health.WORKING;
            if (health == Health.NEVER_REPORTED) {
                neverReported++;
                backoff.interrupted(i.pool(), now);
                terminate(i.id(), Reason.of(Reason.Code.NEVER_REPORTED, silence(i, "never reported")));
            } else if (health == Health.STOPPED_REPORTING) {
                terminate(i.id(), Reason.of(Reason.Code.STOPPED_REPORTING, silence(i, "stopped reporting")));
            } else if (log.isFailing(i.id())) {
                quarantined.add(i.pool());
                String words = String.format(
                        Locale.ROOT, "%.0f %% of its tasks failed, more than 20 %%", 100 * log.failedShare(i.id()));
                terminate(i.id(), Reason.of(Reason.Code.QUARANTINED, words));
            } else {
                staying.add(i);
            }
        }
        return staying;
    }

    private static String silence(FleetInstance i, String what) {
        return i.id() + " " + what + (i.providerNote().isEmpty() ? "" : "; AWS says: " + i.providerNote());
    }

    private boolean isUsable(CapacityPool pool, Instant now) {
        return !quarantined.contains(pool) && !backoff.isBackedOff(pool, now);
    }

    private double leavingUsd(Instant now, List<FleetInstance> staying) {
        Set<String> kept = new TreeSet<>();
        staying.forEach(i -> kept.add(i.id()));
        double latency = settings.stopLatency().toMillis() / 3_600_000.0;
        return present.values().stream()
                .filter(i -> !kept.contains(i.id()))
                .mapToDouble(i -> ceiling(i.pool()) * (latency + 60 / 3600.0))
                .sum();
    }

    /** Whether the run may go on: the canaries may live, and the image works at all. */
    private boolean hopeful(Instant now, List<Worker> workers, double money) {
        if (!everReported && neverReported >= HOPELESS) {
            ending(
                    RunPhase.FAILED,
                    neverReported + " instances were launched and none has ever reported; the image or its network"
                            + " does not work");
            return false;
        }
        if (!isProving()) {
            return true;
        }
        double waited = firstCanary == null ? 0 : seconds(firstCanary, now);
        var verdict = Canaries.judge(
                log.anyCommit(),
                log.anyHeartbeat(),
                waited,
                log.firstPatience(),
                settings.taskShape().meanSeconds(),
                ledger.spend(now).workersUsd(),
                money);
        if (verdict.outcome() == Canaries.Outcome.FAILED || (neverReported > 0 && workers.isEmpty())) {
            ending(RunPhase.FAILED, "the program does not work on the instances: " + verdict.words());
            return false;
        }
        explanation = verdict.words();
        return true;
    }

    /** Whether it is still to be shown that the program works: nothing measured before, no commit yet. */
    private boolean isProving() {
        return estimator != null && !estimator.isMeasured() && !log.anyCommit();
    }

    private List<Decision> decide(Instant now, Situation first, int room, Offers offers) {
        if (isProving()) {
            decisions = CanaryChoice.choose(
                    first.pools(),
                    first.workers(),
                    room,
                    log.firstPatience(),
                    first.objective().budgetUsd());
            firstCanary = firstCanary == null && !decisions.isEmpty() ? now : firstCanary;
            return decisions;
        }
        Situation s = first;
        Plan plan = settings.strategy().plan(s);
        while (!plan.feasibility().feasible() && raised(s)) {
            s = withBudget(s, budgetUsd);
            plan = settings.strategy().plan(s);
        }
        forecast = plan.outlook().orElse(null);
        explanation = plan.feasibility().words();
        decisions = plan.decisions();
        counters = plan.counters();
        if (plan.only(Action.LAUNCH).isEmpty()
                && s.workers().isEmpty()
                && !plan.feasibility().feasible()) {
            giveUpWhenSure(now, s, offers, plan);
        } else {
            waitingSince = null;
        }
        plan.only(Action.TERMINATE).forEach(d -> terminate(String.valueOf(d.instanceId()), d.reason()));
        for (Decision d : plan.only(Action.DRAIN)) {
            drain(now, s, d);
        }
        TailAdvice tail = TailAdvice.of(s);
        tail.release().forEach(id -> terminate(id, Reason.of(Reason.Code.TAIL, "holds none of the last tasks")));
        tail.duplicate().stream().filter(duplicated::add).map(present::get).forEach(i -> {
            if (i != null) {
                callbacks.call(i.id(), listener -> listener.duplicate(i));
            }
        });
        return tail.release().isEmpty() ? plan.only(Action.LAUNCH) : List.of();
    }

    private boolean raised(Situation s) {
        if (!s.objective().hasBudget()) {
            return false;
        }
        double from = s.objective().budgetUsd();
        double to = settings.budgetPolicy().next(from);
        if (to <= from) {
            return false;
        }
        budgetUsd = to;
        LOG.info("run {}: budget raised from {} to {} USD", settings.runId(), from, to);
        callbacks.call("", listener -> listener.budgetRaised(from, to));
        return true;
    }

    private static Situation withBudget(Situation s, double usd) {
        return new Situation(
                s.now(),
                s.objective().withBudgetUsd(usd),
                s.spentUsd(),
                s.tasksLeft(),
                s.jobManagerUsdPerHour(),
                s.jobManagerTasksPerSecond(),
                s.limits(),
                s.leavingInstances(),
                s.leavingUsd(),
                s.pools(),
                s.workers(),
                s.taskShape(),
                s.settings(),
                s.counters());
    }

    /** Infeasible with nothing running: at once if the market was seen whole, else after some patience. */
    private void giveUpWhenSure(Instant now, Situation s, Offers offers, Plan plan) {
        waitingSince = waitingSince == null ? now : waitingSince;
        boolean whole = offers.complete()
                && offers.offers().stream().allMatch(o -> isUsable(o.pool(), now))
                && actor.launches() == 0;
        boolean waited = Duration.between(waitingSince, now).compareTo(settings.patience()) >= 0;
        if (whole || (waited && s.leavingInstances() == 0)) {
            ending(RunPhase.INFEASIBLE, plan.feasibility().words());
        }
    }

    private void drain(Instant now, Situation s, Decision d) {
        FleetInstance i = present.get(String.valueOf(d.instanceId()));
        if (i == null) {
            return;
        }
        double worth = log.tasksInFlight(i.id()) * Math.max(0, s.leftUsd()) / Math.max(1, s.tasksLeft());
        double usdPerSecond = ceiling(i.pool()) / 3600;
        double task = log.meanTaskSeconds(i.id()).orElse(s.taskShape().meanSeconds());
        double wait = Math.min(1.5 * task, worth / usdPerSecond);
        if (!(wait > 10)) {
            terminate(i.id(), d.reason());
            return;
        }
        Instant deadline = now.plus(Duration.ofMillis((long) (wait * 1000)));
        if (departures.drain(i, deadline, d.reason())) {
            callbacks.call(i.id(), listener -> listener.draining(i, deadline, () -> departures.drained(i.id())));
        }
    }

    private void terminate(String id, Reason reason) {
        FleetInstance i = present.get(id);
        if (i != null && departures.terminate(id, reason)) {
            callbacks.call(id, listener -> listener.gone(i, reason));
        }
    }

    /** The next tick comes sooner when the lease is short or something is on its way out. */
    private void schedule(Instant now, double money) {
        double lease = actor.cap(now, money).leaseSeconds();
        double interval = Math.min(settings.tickInterval().toMillis() / 1000.0, lease / 3);
        if (departures.isDraining() || !departures.terminating().isEmpty()) {
            interval /= 3;
        }
        double shortest = settings.shortestTick().toMillis() / 1000.0;
        nextTick = now.plus(Duration.ofMillis((long) (1000 * Math.max(shortest, interval))));
    }

    // ---- end

    private void ending(RunPhase then, String why) {
        phase = RunPhase.ENDING;
        outcome = then;
        explanation = why;
        decisions = List.of();
        LOG.info("run {} ends, {}: {}", settings.runId(), then, why);
    }

    /** Terminates everything until nothing is left; what cannot be reached ends with its lease. */
    private void end(Instant now) {
        Reason reason = Reason.of(Reason.Code.RUN_ENDED, explanation);
        Set<String> ids = new TreeSet<>(ledger.openInstances());
        ids.addAll(present.keySet());
        ids.forEach(id -> terminate(id, reason));
        boolean quiet = sources.freshListing(now).filter(FleetListing::complete).isPresent()
                && ids.isEmpty()
                && ledger.expected().isEmpty();
        Instant surely = actor.leaseHeld() == Instant.MIN
                ? Instant.MAX
                : actor.leaseHeld().plus(settings.stopLatency()).plus(TOKEN_SETTLES);
        if (quiet || (now.isAfter(surely) && sources.freshListing(now).isEmpty())) {
            record(now, true);
            recordTaskCount(now);
            ledger.close(now);
            over(outcome, explanation);
        } else {
            actor.terminate(ids);
            nextTick = now.plus(settings.shortestTick());
        }
    }

    private void recordTaskCount(Instant now) {
        double done = sources.lastProgress().map(Progress::tasksDone).orElse(0.0);
        if (outcome == RunPhase.FINISHED && done > 0) {
            sources.tryTo("record the task count", () -> {
                ports.history().recordTaskCount(settings.workload(), done, now);
                return true;
            });
        }
    }

    private void over(RunPhase how, String why) {
        phase = how;
        explanation = why;
    }

    private RunStatus report(Instant now) {
        Spend spend = ledger.spend(now);
        Optional<Progress> progress = sources.lastProgress();
        Wishes wanted = wishes;
        return new RunStatus(
                settings.runId(),
                phase,
                explanation,
                now,
                startedAt,
                spend.totalUsd(),
                spend.estimated(),
                wanted.budgetUsd(budgetUsd, settings.objective()),
                progress.map(Progress::tasksDone).orElse(0.0),
                progress.map(Progress::tasksTotal).orElse(null),
                List.copyOf(present.values()),
                decisions,
                phase.isOver() ? null : forecast,
                actor.launches(),
                actor.terminations(),
                interruptions);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    // ---- the handle

    /** When the next tick is due. */
    public Instant nextTick() {
        return nextTick;
    }

    @Override
    public RunStatus status() {
        return status;
    }

    @Override
    public void budgetUsd(double usd) {
        change(w -> w.withObjective(w.objective.withBudgetUsd(usd)));
    }

    @Override
    public void deadline(Instant at) {
        change(w -> w.withObjective(w.objective.withDeadline(at)));
    }

    @Override
    public void limits(Limits limits) {
        change(w -> new Wishes(w.objective, limits, w.cancelled, w.detached));
    }

    @Override
    public void cancel() {
        change(w -> new Wishes(w.objective, w.limits, true, w.detached));
    }

    @Override
    public void close(CloseMode mode) {
        change(w -> new Wishes(
                w.objective,
                w.limits,
                w.cancelled || mode == CloseMode.TERMINATE,
                w.detached || mode == CloseMode.DETACH));
    }

    private void change(UnaryOperator<Wishes> to) {
        synchronized (callbacks) {
            wishes = to.apply(wishes);
        }
    }

    /** What the caller wants by now. */
    private record Wishes(Objective objective, Limits limits, boolean cancelled, boolean detached) {
        Wishes withObjective(Objective other) {
            return new Wishes(other, limits, cancelled, detached);
        }

        /** The caller's budget if it was changed, else the run's, which its policy may have raised. */
        double budgetUsd(double raised, Objective original) {
            return objective.budgetUsd() == original.budgetUsd() ? raised : objective.budgetUsd();
        }
    }
}
