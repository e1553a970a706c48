package io.cloudpits.core.plan;

import io.cloudpits.api.Forecast;
import io.cloudpits.api.InstanceTypeFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The forecast of a chosen fleet. */
final class Outlook {
    private Outlook() {}

    static Forecast of(Situation s, int[] counts) {
        return forecaster(s, counts).forecast(s.now(), s.spentUsd() + s.leavingUsd());
    }

    /** The fleet's forecaster. */
    static Forecaster forecaster(Situation s, int[] counts) {
        List<Forecaster.Member> fleet = new ArrayList<>();
        int workers = s.workers().size();
        double delay = s.launchDelaySeconds(
                Arrays.stream(counts, workers, counts.length).sum());
        double once = 0;
        double lost = 0;
        for (int i = 0; i < counts.length; i++) {
            if (i < workers) {
                Worker w = s.workers().get(i);
                if (counts[i] > 0) {
                    fleet.add(member(s, w));
                } else {
                    Leaving leaving = Leaving.of(s, w);
                    once += leaving.usd();
                    lost += leaving.lostTasks();
                }
            } else if (counts[i] > 0) {
                PoolOutlook p = s.pools().get(i - workers);
                once += counts[i] * p.usdPerLaunch();
                fleet.add(member(s, p, counts[i], delay));
            }
        }
        return new Forecaster(
                s.tasksLeft() + lost,
                once,
                s.jobManagerUsdPerHour(),
                s.jobManagerTasksPerSecond(),
                fleet,
                s.taskShape());
    }

    private static Forecaster.Member member(Situation s, Worker w) {
        double price = w.allInUsdPerHour() + w.usdPerTask() * w.rate().tasksPerSecond() * 3600;
        return member(s, 1, w.rate(), w.facts(), w.readyInSeconds(), price, w.interruptionsPerHour());
    }

    private static Forecaster.Member member(Situation s, PoolOutlook p, int count, double delay) {
        double price = p.allInUsdPerHour() + p.usdPerTask() * p.rate().tasksPerSecond() * 3600;
        return member(s, count, p.rate(), p.facts(), delay + p.startupSeconds(), price, p.interruptionsPerHour());
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
