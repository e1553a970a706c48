package io.cloudpits.core.sim;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Require;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the simulated provider behaves beside its market. Immutable; made by {@link #builder}, whose methods state the
 * defaults. Everything random comes from the one seed.
 */
public final class SimulationSettings {
    private final Builder values;

    private SimulationSettings(Builder values) {
        this.values = values;
    }

    /** Begins settings with their defaults: a provider that never fails. */
    public static Builder builder(long seed) {
        return new Builder(seed);
    }

    long seed() {
        return values.seed;
    }

    double leastStartupSeconds() {
        return values.leastStartupSeconds;
    }

    double mostStartupSeconds() {
        return values.mostStartupSeconds;
    }

    /** The mean start-up, seconds. */
    public double meanStartupSeconds() {
        return (values.leastStartupSeconds + values.mostStartupSeconds) / 2;
    }

    double speedSigma() {
        return values.speedSigma;
    }

    double speedRange() {
        return values.speedRange;
    }

    double penaltyPerInstance() {
        return values.penaltyPerInstance;
    }

    double launchFailure() {
        return values.launchFailure;
    }

    double executionFailuresPerHour() {
        return values.executionFailuresPerHour;
    }

    double unknownOutcome() {
        return values.unknownOutcome;
    }

    double callFailure() {
        return values.callFailure;
    }

    double missingPrice() {
        return values.missingPrice;
    }

    double mostMetricDelaySeconds() {
        return values.mostMetricDelaySeconds;
    }

    double metricLoss() {
        return values.metricLoss;
    }

    double priceDelaySeconds() {
        return values.priceDelaySeconds;
    }

    double endDelaySeconds() {
        return values.endDelaySeconds;
    }

    double stopLatencySeconds() {
        return values.stopLatencySeconds;
    }

    boolean notices() {
        return values.notices;
    }

    boolean heartbeats() {
        return values.heartbeats;
    }

    boolean brokenImage() {
        return values.brokenImage;
    }

    Set<CapacityPool> failingPools() {
        return values.failingPools;
    }

    double frozenShare() {
        return values.frozenShare;
    }

    boolean isDown(Call call, Instant at) {
        return values.outages.stream().anyMatch(o -> o.call == call && !at.isBefore(o.from) && at.isBefore(o.to));
    }

    /** What can be out of order. */
    public enum Call {
        OFFERS,
        PRICE_CHANGES,
        METRICS,
        LISTING,
        LAUNCH,
        TERMINATE,
        LEASE,
        PROGRESS
    }

    private record Outage(Call call, Instant from, Instant to) {}

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {
        private final long seed;
        private double leastStartupSeconds = 90;
        private double mostStartupSeconds = 240;
        private double speedSigma = 0.05;
        private double speedRange;
        private double penaltyPerInstance;
        private double launchFailure;
        private double executionFailuresPerHour;
        private double unknownOutcome;
        private double callFailure;
        private double missingPrice;
        private double mostMetricDelaySeconds;
        private double metricLoss;
        private double priceDelaySeconds;
        private double endDelaySeconds;
        private double stopLatencySeconds = 5;
        private boolean notices = true;
        private boolean heartbeats = true;
        private boolean brokenImage;
        private double frozenShare;
        private final Set<CapacityPool> failingPools = new TreeSet<>();
        private final List<Outage> outages = new ArrayList<>();

        private Builder(long seed) {
            this.seed = seed;
        }

        private Builder(Builder other) {
            this(other.seed);
            leastStartupSeconds = other.leastStartupSeconds;
            mostStartupSeconds = other.mostStartupSeconds;
            speedSigma = other.speedSigma;
            speedRange = other.speedRange;
            penaltyPerInstance = other.penaltyPerInstance;
            launchFailure = other.launchFailure;
            executionFailuresPerHour = other.executionFailuresPerHour;
            unknownOutcome = other.unknownOutcome;
            callFailure = other.callFailure;
            missingPrice = other.missingPrice;
            mostMetricDelaySeconds = other.mostMetricDelaySeconds;
            metricLoss = other.metricLoss;
            priceDelaySeconds = other.priceDelaySeconds;
            endDelaySeconds = other.endDelaySeconds;
            stopLatencySeconds = other.stopLatencySeconds;
            notices = other.notices;
            heartbeats = other.heartbeats;
            brokenImage = other.brokenImage;
            frozenShare = other.frozenShare;
            failingPools.addAll(other.failingPools);
            outages.addAll(other.outages);
        }

        /** Start-up of each instance is drawn evenly from this range, seconds; default 90 to 240. */
        public Builder startup(double leastSeconds, double mostSeconds) {
            leastStartupSeconds = Require.nonNegative("leastStartupSeconds", leastSeconds);
            mostStartupSeconds = Require.between("mostStartupSeconds", mostSeconds, leastSeconds, 1e6);
            return this;
        }

        /** Standard deviation of the logarithm of an instance's speed factor, whose mean is 1; default 0.05. */
        public Builder speedSigma(double sigma) {
            speedSigma = Require.between("speedSigma", sigma, 0, 2);
            return this;
        }

        /** The seed's knob: speed factors drawn evenly from 1 - range to 1 + range instead; default off. */
        public Builder speedRange(double range) {
            speedRange = Require.between("speedRange", range, 0, 0.99);
            return this;
        }

        /** The seed's knob: with {@code n} working instances every one loses {@code (n - 1)} times this share; default 0. */
        public Builder penaltyPerInstance(double share) {
            penaltyPerInstance = Require.between("penaltyPerInstance", share, 0, 0.5);
            return this;
        }

        /** Probability that a launched instance is refused for want of capacity; default 0. */
        public Builder launchFailure(double probability) {
            launchFailure = Require.between("launchFailure", probability, 0, 1);
            return this;
        }

        /** Instances that end by themselves, expected per instance-hour, charged in full; default 0. */
        public Builder executionFailuresPerHour(double rate) {
            executionFailuresPerHour = Require.nonNegative("executionFailuresPerHour", rate);
            return this;
        }

        /** Probability that the outcome of a launch request is not told, although half of them happened; default 0. */
        public Builder unknownOutcome(double probability) {
            unknownOutcome = Require.between("unknownOutcome", probability, 0, 1);
            return this;
        }

        /** Probability that any call fails; default 0. */
        public Builder callFailure(double probability) {
            callFailure = Require.between("callFailure", probability, 0, 1);
            return this;
        }

        /** Probability that a pool is left out of an answer of offers; default 0. */
        public Builder missingPrice(double probability) {
            missingPrice = Require.between("missingPrice", probability, 0, 1);
            return this;
        }

        /** Metrics arrive up to so many seconds late, evenly, and are lost with a probability; default 0. */
        public Builder metrics(double mostDelaySeconds, double lossProbability) {
            mostMetricDelaySeconds = Require.nonNegative("mostDelaySeconds", mostDelaySeconds);
            metricLoss = Require.between("lossProbability", lossProbability, 0, 1);
            return this;
        }

        /** Price changes, and the ends of instances, are told so many seconds late; default 0. */
        public Builder deliveryDelay(double priceSeconds, double endSeconds) {
            priceDelaySeconds = Require.nonNegative("priceSeconds", priceSeconds);
            endDelaySeconds = Require.nonNegative("endSeconds", endSeconds);
            return this;
        }

        /** Seconds from an accepted termination or the end of a lease to the end of billing; default 5. */
        public Builder stopLatency(double seconds) {
            stopLatencySeconds = Require.nonNegative("stopLatency, seconds", seconds);
            return this;
        }

        /** Whether interruptions are announced two minutes before; default yes. */
        public Builder notices(boolean on) {
            notices = on;
            return this;
        }

        /** Whether the Job Manager sees heartbeats of its workers; default yes. */
        public Builder heartbeats(boolean on) {
            heartbeats = on;
            return this;
        }

        /** No worker ever starts; default no. */
        public Builder brokenImage(boolean broken) {
            brokenImage = broken;
            return this;
        }

        /** Every instance of a pool fails all its tasks fast. */
        public Builder failingPool(CapacityPool pool) {
            failingPools.add(pool);
            return this;
        }

        /** Share of instances that freeze some minutes after they began to work; default 0. */
        public Builder frozenShare(double share) {
            frozenShare = Require.between("frozenShare", share, 0, 1);
            return this;
        }

        /** A call fails from an instant to another. */
        public Builder outage(Call call, Instant from, Instant to) {
            outages.add(new Outage(call, from, to));
            return this;
        }

        /** The settings. The builder can go on being used. */
        public SimulationSettings build() {
            return new SimulationSettings(new Builder(this));
        }
    }
}
