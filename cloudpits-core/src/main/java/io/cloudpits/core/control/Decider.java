package io.cloudpits.core.control;

import io.cloudpits.api.Decision;
import io.cloudpits.api.Decision.Action;
import io.cloudpits.api.Forecast;
import io.cloudpits.api.Reason;
import io.cloudpits.api.RunPhase;
import io.cloudpits.core.learn.Canaries;
import io.cloudpits.core.learn.WorkerLog;
import io.cloudpits.core.plan.Feasibility;
import io.cloudpits.core.plan.Plan;
import io.cloudpits.core.plan.PoolOutlook;
import io.cloudpits.core.plan.Situation;
import io.cloudpits.core.plan.TailAdvice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a run: canaries first, then the strategy; raises the budget where its policy says so, and gives up
 * where nothing helps. Not safe for use by several threads.
 */
final class Decider {
    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

    /** So many instances that never reported, and none that did, are enough. */
    private static final int HOPELESS = 3;

    private final RunSettings settings;
    private final Crew crew;
    private final WorkerLog log;
    private final Purse purse;
    private final Callbacks callbacks;
    private Map<String, Integer> counters = Map.of();
    private @Nullable Instant firstCanary;
    private @Nullable Instant waitingSince;

    Decider(RunSettings settings, Crew crew, WorkerLog log, Purse purse, Callbacks callbacks) {
        this.settings = settings;
        this.crew = crew;
        this.log = log;
        this.purse = purse;
        this.callbacks = callbacks;
    }

    /** What the strategy carried over from its last plan. */
    Map<String, Integer> counters() {
        return counters;
    }

    /**
     * Decides on a situation.
     *
     * @param circumstances what else is known of the tick
     */
    Outcome decide(Situation s, Circumstances circumstances) {
        if (!crew.everReported() && crew.neverReported() >= HOPELESS) {
            return Outcome.end(
                    RunPhase.FAILED,
                    crew.neverReported() + " instances were launched and none has ever reported; the image or its"
                            + " network does not work");
        }
        try {
            return circumstances.measured ? plan(s, circumstances) : canaries(s, circumstances);
        } catch (RuntimeException e) {
            String name = settings.strategy().name();
            LOG.error("run {}: strategy {} failed; the fleet stays as it is", settings.runId(), name, e);
            return Outcome.of(List.of(), null, "strategy " + name + " failed: " + e);
        }
    }

    /** It is still to be shown that the program works: nothing was measured before, and nothing yet in this run. */
    private Outcome canaries(Situation s, Circumstances c) {
        double waited = firstCanary == null ? 0 : seconds(firstCanary, s.now());
        var verdict = Canaries.judge(
                log.anyCommit(),
                log.anyHeartbeat(),
                waited,
                log.firstPatience(),
                settings.taskShape().meanSeconds(),
                c.workersUsd,
                s.objective().budgetUsd());
        boolean lost = crew.neverReported() > 0 && s.workers().isEmpty();
        if (verdict.outcome() == Canaries.Outcome.FAILED || lost) {
            return Outcome.end(RunPhase.FAILED, "the program does not work on the instances: " + verdict.words());
        }
        List<Decision> canaries = CanaryChoice.choose(
                s.pools(),
                s.workers(),
                c.room,
                log.firstPatience(),
                s.objective().budgetUsd());
        firstCanary = firstCanary == null && !canaries.isEmpty() ? s.now() : firstCanary;
        return Outcome.of(canaries, null, verdict.words());
    }

    private Outcome plan(Situation first, Circumstances c) {
        Situation s = first;
        Plan plan = settings.strategy().plan(s);
        while (!plan.feasibility().feasible() && isAMatterOfMoney(s, plan) && raised()) {
            s = s.withBudgetUsd(purse.usd());
            plan = settings.strategy().plan(s);
        }
        counters = plan.counters();
        boolean stuck = !plan.feasibility().feasible()
                && s.workers().isEmpty()
                && plan.only(Action.LAUNCH).isEmpty();
        if (stuck) {
            return waitOrGiveUp(s, c);
        }
        waitingSince = null;
        return carriedOut(s, plan, c.room);
    }

    /** Whether some budget would do: without any pool, for example, none does. */
    private static boolean isAMatterOfMoney(Situation s, Plan plan) {
        return s.objective().hasBudget() && Double.isFinite(plan.feasibility().minimumLeftUsd());
    }

    private boolean raised() {
        double from = purse.usd();
        if (!purse.raise()) {
            return false;
        }
        LOG.info("run {}: budget raised from {} to {} USD", settings.runId(), from, purse.usd());
        double to = purse.usd();
        callbacks.call("", listener -> listener.budgetRaised(from, to));
        return true;
    }

    /**
     * Infeasible with nothing running. Where the pools that lately refused would make it feasible, capacity is waited for;
     * else the run gives up: at once if nothing was launched and the market was seen whole, or after some patience.
     */
    private Outcome waitOrGiveUp(Situation s, Circumstances c) {
        List<PoolOutlook> all = c.allPools.get();
        Feasibility verdict = settings.strategy().plan(s.withPools(all)).feasibility();
        if (verdict.feasible()) {
            waitingSince = null;
            int refused = all.size() - s.pools().size();
            return Outcome.of(List.of(), null, "waiting for capacity: " + refused + " pools refused lately");
        }
        waitingSince = waitingSince == null ? s.now() : waitingSince;
        boolean waited = Duration.between(waitingSince, s.now()).compareTo(settings.patience()) >= 0;
        boolean whole = c.offersComplete && c.launches == 0;
        return whole || (waited && s.leavingInstances() == 0)
                ? Outcome.end(RunPhase.INFEASIBLE, verdict.words())
                : Outcome.of(List.of(), null, verdict.words());
    }

    /** The plan's decisions, as far as there is room; in the tail idle instances are released and none is launched. */
    private static Outcome carriedOut(Situation s, Plan plan, int room) {
        TailAdvice tail = TailAdvice.of(s);
        List<Decision> decisions = new ArrayList<>();
        int free = tail.reached() ? 0 : room;
        for (Decision d : plan.decisions()) {
            String id = d.instanceId();
            if (id != null && tail.release().contains(id)) {
                Reason reason = Reason.of(Reason.Code.TAIL, "holds none of the last tasks");
                decisions.add(Decision.about(Action.TERMINATE, d.pool(), id, reason));
            } else if (d.action() != Action.LAUNCH) {
                decisions.add(d);
            } else if (free > 0) {
                int count = Math.min(free, d.count());
                decisions.add(Decision.launch(d.pool(), count, d.reason()));
                free -= count;
            }
        }
        return new Outcome(
                decisions, plan.outlook().orElse(null), plan.feasibility().words(), tail.duplicate(), Optional.empty());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    /**
     * What a decision depends on beside the situation.
     *
     * @param room how many further instances the limits allow
     * @param measured whether anything was ever measured of the workload
     * @param workersUsd what instances have cost so far
     * @param launches how many instances were launched so far
     * @param offersComplete whether the whole market was seen
     * @param allPools the pools of the situation and those that lately refused
     */
    record Circumstances(
            int room,
            boolean measured,
            double workersUsd,
            int launches,
            boolean offersComplete,
            Supplier<List<PoolOutlook>> allPools) {}

    /**
     * What was decided.
     *
     * @param duplicate instances whose tasks deserve a second copy
     * @param ending how the run is to end, if it is
     */
    record Outcome(
            List<Decision> decisions,
            @Nullable Forecast forecast,
            String explanation,
            List<String> duplicate,
            Optional<RunPhase> ending) {
        static Outcome of(List<Decision> decisions, @Nullable Forecast forecast, String explanation) {
            return new Outcome(decisions, forecast, explanation, List.of(), Optional.empty());
        }

        static Outcome end(RunPhase how, String why) {
            return new Outcome(List.of(), null, why, List.of(), Optional.of(how));
        }

        List<Decision> only(Action action) {
            return decisions.stream().filter(d -> d.action() == action).toList();
        }
    }
}
