package io.cloudpits.core.control;

import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Instances on their way out: draining ones with their deadline, and those whose termination was asked for. */
final class Departures {
    private final Map<String, Draining> draining = new TreeMap<>();
    private final Map<String, Reason> terminating = new TreeMap<>();
    private final Set<String> drained = ConcurrentHashMap.newKeySet();

    /** Begins to drain an instance; false if it is leaving already. */
    boolean drain(FleetInstance instance, Instant deadline, Reason reason) {
        if (isLeaving(instance.id())) {
            return false;
        }
        draining.put(instance.id(), new Draining(deadline, reason));
        return true;
    }

    /** The Job Manager says that an instance holds nothing any more; from any thread. */
    void drained(String instanceId) {
        drained.add(instanceId);
    }

    /** Marks an instance for termination; false if it was marked already. */
    boolean terminate(String instanceId, Reason reason) {
        draining.remove(instanceId);
        return terminating.putIfAbsent(instanceId, reason) == null;
    }

    /** Draining instances that are empty, or whose deadline has passed. */
    Map<String, Reason> due(Instant now) {
        Map<String, Reason> due = new TreeMap<>();
        draining.forEach((id, d) -> {
            if (drained.contains(id) || !now.isBefore(d.deadline)) {
                due.put(id, d.reason);
            }
        });
        return due;
    }

    boolean isLeaving(String instanceId) {
        return draining.containsKey(instanceId) || terminating.containsKey(instanceId);
    }

    boolean isTerminating(String instanceId) {
        return terminating.containsKey(instanceId);
    }

    /** Until when an instance may drain. */
    Optional<Instant> deadline(String instanceId) {
        return Optional.ofNullable(draining.get(instanceId)).map(Draining::deadline);
    }

    boolean isDraining() {
        return !draining.isEmpty();
    }

    /** Ids whose termination was asked for and not yet seen. */
    Set<String> terminating() {
        return new TreeSet<>(terminating.keySet());
    }

    /** An instance is gone. */
    void gone(String instanceId) {
        draining.remove(instanceId);
        terminating.remove(instanceId);
        drained.remove(instanceId);
    }

    private record Draining(Instant deadline, Reason reason) {}
}
