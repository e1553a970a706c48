package io.cloudpits.core.control;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.Decision;
import io.cloudpits.api.Reason;
import io.cloudpits.core.learn.Canaries;
import io.cloudpits.core.plan.PoolOutlook;
import io.cloudpits.core.plan.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Picks canaries: per architecture the two types that are cheapest per vCPU among those the budget hardly notices. */
final class CanaryChoice {
    /** What one canary may cost while it is waited for, as a share of the budget. */
    private static final double SHARE = 0.002;

    private CanaryChoice() {}

    static List<Decision> choose(
            List<PoolOutlook> pools, List<Worker> running, int room, double patienceSeconds, double budgetUsd) {
        Map<Architecture, Integer> left = new TreeMap<>();
        for (Architecture architecture : Architecture.values()) {
            long there = running.stream()
                    .filter(w -> w.facts().architecture() == architecture)
                    .count();
            left.put(architecture, Canaries.PER_ARCHITECTURE - (int) there);
        }
        List<Decision> canaries = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        List<PoolOutlook> affordable = affordable(pools, patienceSeconds, budgetUsd);
        for (PoolOutlook p : affordable) {
            Architecture architecture = p.facts().architecture();
            if (canaries.size() < room
                    && left.getOrDefault(architecture, 0) > 0
                    && !taken.contains(p.pool().instanceType())) {
                left.merge(architecture, -1, Integer::sum);
                taken.add(p.pool().instanceType());
                canaries.add(Decision.launch(
                        p.pool(),
                        1,
                        Reason.of(
                                Reason.Code.CANARY,
                                "nothing was ever measured of this workload: does it work on " + architecture + "? "
                                        + p.allInUsdPerHour() + " USD/h")));
            }
        }
        return canaries;
    }

    private static List<PoolOutlook> affordable(List<PoolOutlook> pools, double patienceSeconds, double budgetUsd) {
        List<PoolOutlook> cheap = pools.stream()
                .filter(p -> p.allInUsdPerHour() * patienceSeconds / 3600 <= SHARE * budgetUsd)
                .sorted(Comparator.comparingDouble((PoolOutlook p) ->
                                p.allInUsdPerHour() / Math.max(1, p.facts().vcpus()))
                        .thenComparing(PoolOutlook::pool))
                .toList();
        return !cheap.isEmpty()
                ? cheap
                : pools.stream()
                        .sorted(Comparator.comparingDouble(PoolOutlook::allInUsdPerHour)
                                .thenComparing(PoolOutlook::pool))
                        .limit(1)
                        .toList();
    }
}
