package io.cloudpits.core.plan;

import io.cloudpits.api.Forecast;
import io.cloudpits.api.InstanceTypeFacts;
import java.util.ArrayList;
import java.util.List;

/** The forecast of a chosen fleet. */
final class Outlook {
    private Outlook() {}

    static Forecast of(Situation s, int[] counts) {
        List<Forecaster.Member> fleet = new ArrayList<>();
        double once = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                continue;
            }
            if (i < s.workers().size()) {
                Worker w = s.workers().get(i);
                fleet.add(member(
                        s, 1, w.rate(), w.facts(), w.readyInSeconds(), w.allInUsdPerHour(), w.interruptionsPerHour()));
            } else {
                PoolOutlook p = s.pools().get(i - s.workers().size());
                once += counts[i] * p.usdPerLaunch();
                fleet.add(member(
                        s,
                        counts[i],
                        p.rate(),
                        p.facts(),
                        p.startupSeconds(),
                        p.allInUsdPerHour(),
                        p.interruptionsPerHour()));
            }
        }
        return new Forecaster(
                        s.now(),
                        s.spentUsd() + s.leavingUsd() + once,
                        s.tasksLeft(),
                        s.jobManagerUsdPerHour(),
                        s.jobManagerTasksPerSecond(),
                        fleet,
                        s.taskShape())
                .forecast();
    }

    private static Forecaster.Member member(
            Situation s,
            int count,
            RateEstimate rate,
            InstanceTypeFacts facts,
            double readyIn,
            double usdPerHour,
            double interruptionsPerHour) {
        double steady = s.taskShape().steadiness(interruptionsPerHour, readyIn);
        int workers =
                s.settings().workersPerInstance() > 0 ? s.settings().workersPerInstance() : Math.max(1, facts.vcpus());
        return new Forecaster.Member(
                count,
                rate.tasksPerSecond() * steady,
                rate.spread(),
                facts.name(),
                rate.error(),
                readyIn,
                usdPerHour,
                workers);
    }
}
