package io.cloudpits.core.control;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.Forecast;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Offers;
import io.cloudpits.api.Progress;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunHandle;
import io.cloudpits.api.RunListener;
import io.cloudpits.api.RunPhase;
import io.cloudpits.api.RunStatus;
import io.cloudpits.core.learn.Estimator;
import io.cloudpits.core.learn.LivenessSettings;
import io.cloudpits.core.learn.WorkerLog;
import io.cloudpits.core.ledger.HardCap;
import io.cloudpits.core.ledger.Ledger;
import io.cloudpits.core.ledger.Spend;
import io.cloudpits.core.plan.Leaving;
import io.cloudpits.core.plan.Situation;
import io.cloudpits.core.plan.TaskShape;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
    private static final Duration ENDS_ARE_TOLD = Duration.ofSeconds(60);

    private final RunSettings settings;
    private final Clock clock;
    private final Callbacks callbacks;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Wishes wishes;
    private final Instant startedAt;
    private final Ledger ledger;
    private final Accountant accountant;
    private final Sources sources;
    private final PoolBackoff backoff = new PoolBackoff();
    private final WorkerLog log;
    private final Experience experience;
    private final Crew crew;
    private final Purse purse;
    private final Decider decider;
    private final Actor actor;
    private List<Decision> decisions = List.of();
    private @Nullable Forecast forecast;
    private @Nullable Instant leavingSince;
    private @Nullable Instant aloneSince;
    private RunPhase phase = RunPhase.RUNNING;
    private RunPhase outcome = RunPhase.RUNNING;
    private String explanation = "not started";
    private volatile Instant nextTick;
    private volatile RunStatus status;

    /**
     * A run that begins now. Its Job Manager costs from now on.
     *
     * @param listener told of instances and ticks on {@code callbacks}
     * @param callbacks runs the listener; a direct executor makes the tick wait for it
     */
    public Controller(RunSettings settings, Ports ports, RunListener listener, Executor callbacks, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.callbacks = new Callbacks(listener, callbacks);
        this.startedAt = clock.instant();
        this.nextTick = startedAt;
        this.wishes = new Wishes(settings.objective(), settings.limits(), false, false);
        this.ledger = new Ledger(settings.costModel(), settings.jobManager(), startedAt);
        this.sources = new Sources(ports, settings.runId());
        this.accountant = new Accountant(ledger, settings.costModel(), sources);
        TaskShape tasks = settings.taskShape();
        this.log = new WorkerLog(
                LivenessSettings.of(settings.startup(), tasks.meanSeconds()), tasks.coefficientOfVariation());
        this.experience = new Experience(settings, ports.history(), sources, log, startedAt);
        this.crew = new Crew(this.callbacks, backoff, log);
        this.purse = new Purse(settings.budgetPolicy(), settings.objective());
        this.decider = new Decider(settings, crew, log, purse, this.callbacks);
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
        observe(now, wanted);
        if (phase == RunPhase.RUNNING && wanted.detached()) {
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

    /** Observe, account, learn. */
    private void observe(Instant now, Wishes wanted) {
        sources.read(now, new TreeSet<>(wanted.limits().instanceTypes()), ledger.openInstances());
        Optional<FleetListing> listing = sources.freshListing(now);
        listing.ifPresent(seen -> crew.follow(seen, now).stream()
                .filter(i -> ledger.expected().containsKey(i.token()))
                .forEach(i -> actor.found()));
        accountant.update(now);
        accountant.chargeTasks(now, crew.present());
        log.observe(
                now,
                listing.orElse(new FleetListing(List.of(), now, false)),
                sources.freshProgress(now).orElse(null),
                sources.metrics().orElse(null));
        experience.learn(now);
    }

    // ---- while it runs

    private void run(Instant now, Wishes wanted) {
        purse.follow(wanted.objective());
        boolean alone = crew.present().isEmpty();
        aloneSince = !alone ? null : aloneSince == null ? now : aloneSince;
        Optional<Progress> progress = sources.freshProgress(now);
        HardCap cap = actor.cap(now, purse.usd());
        double shortest = seconds(settings.shortestTick());
        if (progress.isPresent() && TasksLeft.of(progress.get(), experience.expectedTasks()) <= 0) {
            ending(RunPhase.FINISHED, "all tasks are done");
        } else if (wanted.cancelled()) {
            ending(RunPhase.CANCELLED, "cancelled by the caller");
        } else if (actor.misconfigured().isPresent()) {
            var refusal = actor.misconfigured().get();
            ending(RunPhase.FAILED, "the configuration is wrong: " + refusal.code() + ": " + refusal.message());
        } else if (aloneSince != null && !now.isBefore(aloneSince.plus(settings.capacityPatience()))) {
            ending(RunPhase.FAILED, "no instance could be had since " + aloneSince);
        } else if (cap.leaseSeconds() < shortest) {
            ending(RunPhase.BUDGET_EXHAUSTED, exhausted(cap, shortest));
        } else {
            steer(now, wanted, progress);
        }
    }

    private static String exhausted(HardCap cap, double shortest) {
        return String.format(
                Locale.ROOT,
                "%.4f of %.4f USD are spent; what is left pays for less than another %.0f s at the highest prices",
                cap.spentUsd(),
                cap.budgetUsd(),
                shortest);
    }

    /** Plan and act. */
    private void steer(Instant now, Wishes wanted, Optional<Progress> progress) {
        Optional<FleetListing> listing = sources.freshListing(now);
        Optional<Offers> offers = sources.offers(now, OLDEST_PRICES);
        Optional<Estimator> estimator = experience.estimator();
        List<Decision> launches = List.of();
        int room = 0;
        if (listing.isPresent() && progress.isPresent() && offers.isPresent() && estimator.isPresent()) {
            int awaited = ledger.expected().size();
            room = Math.max(0, wanted.limits().maxInstances() - crew.present().size() - awaited);
            launches = plan(now, wanted, progress.get(), offers.get(), estimator.get(), awaited, room);
        } else {
            decisions = List.of();
            explanation = "waiting for data: "
                    + (listing.isEmpty() ? "the list of instances " : "")
                    + (progress.isEmpty() ? "progress " : "")
                    + (offers.isEmpty() ? "prices " : "")
                    + (estimator.isEmpty() ? "performance history" : "");
        }
        if (phase == RunPhase.RUNNING) {
            crew.joined(actor.launchAndRenew(now, purse.usd(), launches, room, sources::lastOffer));
            actor.terminate(crew.toTerminate(now));
            nextTick = now.plus(interval(now));
        }
    }

    /** Decides, carries out the ends, and returns the launches. */
    private List<Decision> plan(
            Instant now, Wishes wanted, Progress progress, Offers offers, Estimator estimator, int awaited, int room) {
        var builder = new SituationBuilder(settings, estimator, log);
        List<FleetInstance> staying = crew.staying(now);
        List<FleetInstance> allowed =
                staying.stream().filter(i -> wanted.limits().allows(i.pool())).toList();
        Situation s = builder.situation(
                now,
                Double.isInfinite(purse.usd())
                        ? wanted.objective()
                        : wanted.objective().withBudgetUsd(purse.usd()),
                wanted.limits(),
                ledger.spend(now).totalUsd(),
                TasksLeft.of(progress, experience.expectedTasks()),
                crew.present().size() - allowed.size() + awaited,
                leavingUsd(now, allowed),
                builder.pools(
                        offers.offers(),
                        wanted.limits(),
                        pool -> !crew.isQuarantined(pool) && !backoff.isBackedOff(pool, now)),
                builder.workers(now, allowed, sources::lastOffer),
                decider.counters());
        Decider.Outcome decided = decider.decide(
                s,
                new Decider.Circumstances(
                        room,
                        estimator.isMeasured(),
                        ledger.spend(now).workersUsd(),
                        actor.launches(),
                        offers.complete(),
                        () -> builder.pools(offers.offers(), wanted.limits(), pool -> !crew.isQuarantined(pool))));
        explanation = decided.explanation();
        decisions = decided.decisions();
        forecast = decided.forecast();
        if (decided.ending().isPresent()) {
            ending(decided.ending().get(), decided.explanation());
            return List.of();
        }
        staying.stream()
                .filter(i -> !wanted.limits().allows(i.pool()))
                .forEach(i -> drain(i, s, Reason.of(Reason.Code.LIMIT, "the limits no longer allow " + i.pool())));
        carryOut(decided, s);
        return decided.only(Action.LAUNCH);
    }

    private void carryOut(Decider.Outcome decided, Situation s) {
        decided.only(Action.TERMINATE).forEach(d -> crew.terminate(String.valueOf(d.instanceId()), d.reason()));
        decided.only(Action.DRAIN)
                .forEach(d -> crew.find(String.valueOf(d.instanceId())).ifPresent(i -> drain(i, s, d.reason())));
        decided.duplicate().forEach(crew::duplicate);
    }

    /** Lets an instance finish what it holds if that pays, with some patience; ends it at once otherwise. */
    private void drain(FleetInstance i, Situation s, Reason reason) {
        Leaving leaving = Leaving.of(s, log.tasksInFlight(i.id()), accountant.present(i.pool()));
        if (leaving.seconds() > seconds(settings.shortestTick())) {
            crew.drain(i, s.now().plus(Duration.ofMillis((long) (1250 * leaving.seconds()))), reason);
        } else {
            crew.terminate(i.id(), reason);
        }
    }

    /** What the instances that do not stay will still cost. */
    private double leavingUsd(Instant now, List<FleetInstance> staying) {
        Set<String> kept = new TreeSet<>();
        staying.forEach(i -> kept.add(i.id()));
        double latency = seconds(settings.stopLatency()) + 60;
        return crew.present().stream()
                .filter(i -> !kept.contains(i.id()))
                .mapToDouble(i -> accountant.ceiling(i.pool())
                        * (seconds(Duration.between(now, crew.leavesAt(i.id(), now))) + latency)
                        / 3600)
                .sum();
    }

    /** The next tick comes sooner when the lease is short or something is on its way out. */
    private Duration interval(Instant now) {
        double lease = actor.cap(now, purse.usd()).leaseSeconds();
        double interval = Math.min(seconds(settings.tickInterval()), lease / 3);
        interval = crew.hasLeaving() ? interval / 3 : interval;
        return Duration.ofMillis((long) (1000 * Math.max(seconds(settings.shortestTick()), interval)));
    }

    // ---- when it ends

    private void ending(RunPhase then, String why) {
        phase = RunPhase.ENDING;
        outcome = then;
        explanation = why;
        decisions = List.of();
        LOG.info("run {} ends, {}: {}", settings.runId(), then, why);
    }

    /**
     * Terminates everything until nothing is left and all ends are told; what cannot be reached ends with its lease. The wait is
     * part of what the hard cap provides for, so it ends with the lease at the latest.
     */
    private void end(Instant now) {
        Reason reason = Reason.of(Reason.Code.RUN_ENDED, explanation);
        Set<String> ids = new TreeSet<>(ledger.openInstances());
        crew.present().forEach(i -> ids.add(i.id()));
        ids.forEach(id -> crew.terminate(id, reason));
        boolean seen = sources.freshListing(now).filter(FleetListing::complete).isPresent();
        boolean leaving = seen
                && crew.present().stream().allMatch(FleetInstance::isLeaving)
                && ledger.expected().isEmpty();
        leavingSince = leaving && leavingSince == null ? now : leavingSince;
        boolean told = leaving && ids.isEmpty();
        boolean waited = leaving && leavingSince != null && !now.isBefore(leavingSince.plus(ENDS_ARE_TOLD));
        Instant surely = actor.leaseHeld() == Instant.MIN
                ? Instant.MAX
                : actor.leaseHeld().plus(settings.stopLatency());
        if (told || waited || !now.isBefore(surely)) {
            experience.close(now, outcome == RunPhase.FINISHED);
            ledger.close(now);
            over(outcome, explanation);
        } else {
            actor.terminate(ids);
            Instant next = now.plus(settings.shortestTick());
            nextTick = next.isBefore(surely) ? next : surely;
        }
    }

    private void over(RunPhase how, String why) {
        phase = how;
        explanation = why;
    }

    private RunStatus report(Instant now) {
        Spend spend = ledger.spend(now);
        Optional<Progress> progress = sources.lastProgress();
        return new RunStatus(
                settings.runId(),
                phase,
                explanation,
                now,
                startedAt,
                spend.totalUsd(),
                spend.estimated(),
                purse.usd(),
                progress.map(Progress::tasksDone).orElse(0.0),
                progress.map(Progress::tasksTotal).orElse(null),
                List.copyOf(crew.present()),
                decisions,
                phase.isOver() ? null : forecast,
                actor.launches(),
                actor.terminations(),
                crew.interruptions());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
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
        change(w -> w.with(w.objective().withBudgetUsd(usd)));
    }

    @Override
    public void deadline(Instant at) {
        change(w -> w.with(w.objective().withDeadline(at)));
    }

    @Override
    public void limits(Limits limits) {
        change(w -> w.with(limits));
    }

    @Override
    public void cancel() {
        change(Wishes::cancel);
    }

    @Override
    public void close(CloseMode mode) {
        change(mode == CloseMode.TERMINATE ? Wishes::cancel : Wishes::detach);
    }

    private synchronized void change(UnaryOperator<Wishes> to) {
        wishes = to.apply(wishes);
    }
}
