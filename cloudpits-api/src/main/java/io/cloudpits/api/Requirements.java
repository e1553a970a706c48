package io.cloudpits.api;

import java.util.Optional;
import java.util.Set;

/**
 * What an instance must have for this program.
 *
 * @param memoryGibPerWorker memory that each worker needs, GiB; 0 for no requirement
 * @param workersPerInstance workers on one instance; 0 means one per vCPU
 * @param architectures allowed architectures; empty means all
 * @param minGpus at least so many GPUs
 * @param burstableAllowed whether burstable types (t2, t3, ...) may be used; they throttle under steady load
 */
public record Requirements(
        double memoryGibPerWorker,
        int workersPerInstance,
        Set<Architecture> architectures,
        int minGpus,
        boolean burstableAllowed) {
    public Requirements {
        Require.nonNegative("memoryGibPerWorker", memoryGibPerWorker);
        Require.atLeast("workersPerInstance", workersPerInstance, 0);
        architectures = Set.copyOf(architectures);
        Require.atLeast("minGpus", minGpus, 0);
    }

    /** No requirement, burstable types left out. */
    public static Requirements none() {
        return new Requirements(0, 0, Set.of(), 0, false);
    }

    /** Workers that run on one instance of a type; at least 1. */
    public int workersOn(InstanceTypeFacts type) {
        return Math.max(1, workersPerInstance > 0 ? workersPerInstance : type.vcpus());
    }

    /** Why a type does not meet the requirements, in words and numbers; empty if it does. */
    public Optional<String> objection(InstanceTypeFacts type) {
        if (!burstableAllowed && type.burstable()) {
            return Optional.of(type.name() + " is burstable and burstable types are not allowed");
        }
        if (!architectures.isEmpty() && !architectures.contains(type.architecture())) {
            return Optional.of(type.name() + " is " + type.architecture() + ", allowed are " + architectures);
        }
        if (type.gpus() < minGpus) {
            return Optional.of(type.name() + " has " + type.gpus() + " GPUs, needed are " + minGpus);
        }
        double needed = memoryGibPerWorker * workersOn(type);
        if (needed > 0 && type.memoryGib() < needed) {
            return Optional.of(type.name() + " has " + type.memoryGib() + " GiB, needed are " + needed);
        }
        return Optional.empty();
    }
}
