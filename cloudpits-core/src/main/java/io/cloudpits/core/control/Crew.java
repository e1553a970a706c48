package io.cloudpits.core.control;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.Reason;
import io.cloudpits.core.learn.Health;
import io.cloudpits.core.learn.WorkerLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The instances of a run: who is there, who must go and why; and the listener is told. Not safe for use by several threads. */
final class Crew {
    private static final Duration LISTED_AFTER = Duration.ofSeconds(60);

    private final Callbacks callbacks;
    private final PoolBackoff backoff;
    private final WorkerLog log;
    private final Departures departures = new Departures();
    private final Map<String, FleetInstance> present = new TreeMap<>();
    private final Set<String> ready = new TreeSet<>();
    private final Set<String> duplicated = new TreeSet<>();
    private final Set<String> noticed = new TreeSet<>();
    private final Set<CapacityPool> quarantined = new TreeSet<>();
    private int interruptions;
    private int neverReported;
    private boolean everReported;

    Crew(Callbacks callbacks, PoolBackoff backoff, WorkerLog log) {
        this.callbacks = callbacks;
        this.backoff = backoff;
        this.log = log;
    }

    // ---- who is there

    /** Takes note of a listing, and returns those that were not known before. */
    List<FleetInstance> follow(FleetListing listing, Instant now) {
        List<FleetInstance> found = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (FleetInstance i : listing.instances()) {
            seen.add(i.id());
            if (i.state() == InstanceState.ENDED) {
                Optional.ofNullable(present.remove(i.id())).ifPresent(known -> ended(i, now));
            } else if (present.put(i.id(), i) == null) {
                found.add(i);
            }
            if (i.state() == InstanceState.RUNNING && i.privateAddress() != null && ready.add(i.id())) {
                callbacks.call(i.id(), listener -> listener.ready(i));
            }
            notice(i);
        }
        if (listing.complete()) {
            present.values().stream()
                    .filter(i -> !seen.contains(i.id())
                            && i.launchedAt().plus(LISTED_AFTER).isBefore(now))
                    .toList()
                    .forEach(i -> {
                        present.remove(i.id());
                        ended(i, now);
                    });
        }
        return found;
    }

    /**
     * Tells of an interruption notice: no new tasks. The run does not end the instance itself, even when it is empty: within its
     * first hour AWS charges nothing for one that it takes back.
     */
    private void notice(FleetInstance i) {
        Instant at = i.interruptionAt();
        if (at != null && !i.isLeaving() && !departures.isLeaving(i.id()) && noticed.add(i.id())) {
            callbacks.call(i.id(), listener -> listener.draining(i, at, () -> {}));
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
            Reason reason = interrupted
                    ? Reason.of(Reason.Code.INTERRUPTION, "AWS took it back")
                    : Reason.of(Reason.Code.RUN_ENDED, "it ended without being asked to");
            callbacks.call(i.id(), listener -> listener.gone(i, reason));
        }
    }

    /** Instances that were just launched. */
    void joined(Collection<FleetInstance> launched) {
        launched.forEach(i -> present.put(i.id(), i));
    }

    Collection<FleetInstance> present() {
        return present.values();
    }

    Optional<FleetInstance> find(String id) {
        return Optional.ofNullable(present.get(id));
    }

    int interruptions() {
        return interruptions;
    }

    // ---- who stays

    /** The instances that start or work and are not on their way out; the silent and the failing are ended. */
    List<FleetInstance> staying(Instant now) {
        List<FleetInstance> staying = new ArrayList<>();
        for (FleetInstance i : List.copyOf(present.values())) {
            if (!isLeaving(i)) {
                Optional<Reason> objection = objection(i, now);
                objection.ifPresent(reason -> terminate(i.id(), reason));
                if (objection.isEmpty()) {
                    staying.add(i);
                }
            }
        }
        return staying;
    }

    boolean isLeaving(FleetInstance i) {
        return i.isLeaving() || i.interruptionAt() != null || departures.isLeaving(i.id());
    }

    private Optional<Reason> objection(FleetInstance i, Instant now) {
        Health health = log.health(i.id());
        everReported |= health == Health.WORKING;
        if (health == Health.NEVER_REPORTED) {
            neverReported++;
            backoff.interrupted(i.pool(), now);
            return Optional.of(Reason.of(Reason.Code.NEVER_REPORTED, silence(i, "never reported")));
        }
        if (health == Health.STOPPED_REPORTING) {
            return Optional.of(Reason.of(Reason.Code.STOPPED_REPORTING, silence(i, "stopped reporting")));
        }
        if (log.isFailing(i.id())) {
            quarantined.add(i.pool());
            String words = String.format(
                    Locale.ROOT, "%.0f %% of its tasks failed, more than 20 %%", 100 * log.failedShare(i.id()));
            return Optional.of(Reason.of(Reason.Code.QUARANTINED, words));
        }
        return Optional.empty();
    }

    private static String silence(FleetInstance i, String what) {
        return i.id() + " " + what + (i.providerNote().isEmpty() ? "" : "; AWS says: " + i.providerNote());
    }

    /** Whether a pool's instances fail their tasks. */
    boolean isQuarantined(CapacityPool pool) {
        return quarantined.contains(pool);
    }

    /** How many instances have been given up because they never reported. */
    int neverReported() {
        return neverReported;
    }

    /** Whether any instance has ever reported. */
    boolean everReported() {
        return everReported;
    }

    // ---- who goes

    /** Begins to drain an instance, and tells the listener. */
    void drain(FleetInstance i, Instant deadline, Reason reason) {
        if (departures.drain(i, deadline, reason)) {
            callbacks.call(i.id(), listener -> listener.draining(i, deadline, () -> departures.drained(i.id())));
        }
    }

    /** Marks an instance for termination, and tells the listener. */
    void terminate(String id, Reason reason) {
        FleetInstance i = present.get(id);
        if (i != null && departures.terminate(id, reason)) {
            callbacks.call(id, listener -> listener.gone(i, reason));
        }
    }

    /** Advises a second copy of what an instance holds; once. */
    void duplicate(String id) {
        FleetInstance i = present.get(id);
        if (i != null && duplicated.add(id)) {
            callbacks.call(id, listener -> listener.duplicate(i));
        }
    }

    /** The instances whose termination is to be asked for now: those marked, and those whose draining is over. */
    Set<String> toTerminate(Instant now) {
        departures.due(now).forEach(this::terminate);
        return departures.terminating();
    }

    /** Until when a leaving instance may run: its draining deadline, or now. */
    Instant leavesAt(String id, Instant now) {
        return departures.deadline(id).orElse(now);
    }

    /** Whether any instance is on its way out. */
    boolean hasLeaving() {
        return departures.isDraining() || !departures.terminating().isEmpty();
    }
}
