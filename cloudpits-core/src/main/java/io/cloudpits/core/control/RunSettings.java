package io.cloudpits.core.control;

import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;
import io.cloudpits.api.Require;
import io.cloudpits.api.Requirements;
import io.cloudpits.api.Workload;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import io.cloudpits.core.plan.FleetStrategy;
import io.cloudpits.core.plan.PlanSettings;
import io.cloudpits.core.plan.Strategy;
import io.cloudpits.core.plan.TaskShape;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do. Immutable; made by {@link #builder}, whose methods state the defaults. Safe to share.
 */
public final class RunSettings {
    private final Builder values;

    private RunSettings(Builder values) {
        this.values = values;
    }

    /**
     * Begins settings for a run.
     *
     * @param runId identifies the run; its instances are tagged with it; at most 40 letters, digits, '-' or '_'
     * @param workload what is computed
     * @param objective what is to be achieved
     */
    public static Builder builder(String runId, Workload workload, Objective objective) {
        return new Builder(runId, workload, objective);
    }

    /** Identifies the run. */
    public String runId() {
        return values.runId;
    }

    /** What is computed. */
    public Workload workload() {
        return values.workload;
    }

    /** What is to be achieved. */
    public Objective objective() {
        return values.objective;
    }

    /** What happens when the job no longer fits its budget. */
    public BudgetPolicy budgetPolicy() {
        return values.budgetPolicy;
    }

    /** What the fleet may be. */
    public Limits limits() {
        return values.limits;
    }

    /** What an instance must have. */
    public Requirements requirements() {
        return values.requirements;
    }

    /** What instances cost beside their price. */
    public CostModel costModel() {
        return values.costModel;
    }

    /** What the Job Manager costs and computes. */
    public JobManagerCost jobManager() {
        return values.jobManager;
    }

    /** How large tasks are. */
    public TaskShape taskShape() {
        return values.taskShape;
    }

    /** How careful plans are. */
    public PlanSettings planSettings() {
        return values.planSettings;
    }

    /** Who decides. */
    public Strategy strategy() {
        return values.strategy;
    }

    /** Facts of the instance types. */
    public List<InstanceTypeFacts> catalog() {
        return values.catalog;
    }

    /** Tasks to expect while the Job Manager does not know its total. */
    public OptionalDouble expectedTasks() {
        return values.expectedTasks == null ? OptionalDouble.empty() : OptionalDouble.of(values.expectedTasks);
    }

    /** Interruptions per instance-hour by instance type, where known. */
    public Map<String, Double> interruptionsPerHour() {
        return values.interruptionsPerHour;
    }

    /** Seconds from launch to the first task to expect before any was measured. */
    public Duration startup() {
        return values.startup;
    }

    /** Time between ticks. */
    public Duration tickInterval() {
        return values.tickInterval;
    }

    /** The shortest time between ticks. */
    public Duration shortestTick() {
        return values.shortestTick;
    }

    /** The longest time for which workers live without a word from the controller. */
    public Duration longestLease() {
        return values.longestLease;
    }

    /** The longest time from an accepted termination to the end of billing. */
    public Duration stopLatency() {
        return values.stopLatency;
    }

    /** How long a job that seems infeasible is waited for. */
    public Duration patience() {
        return values.patience;
    }

    /** How long the run waits for any instance at all. */
    public Duration capacityPatience() {
        return values.capacityPatience;
    }

    /** Tags for every instance beside the run's own. */
    public Map<String, String> tags() {
        return values.tags;
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {
        private final String runId;
        private final Workload workload;
        private final Objective objective;
        private BudgetPolicy budgetPolicy = BudgetPolicy.hardCap();
        private Limits limits = Limits.ofInstances(20);
        private Requirements requirements = Requirements.none();
        private CostModel costModel = CostModel.gp3();
        private JobManagerCost jobManager = new JobManagerCost(0, 0);
        private TaskShape taskShape = TaskShape.FLUID;
        private PlanSettings planSettings = PlanSettings.DEFAULT;
        private Strategy strategy = new FleetStrategy();
        private List<InstanceTypeFacts> catalog = List.of();
        private @Nullable Double expectedTasks;
        private Map<String, Double> interruptionsPerHour = Map.of();
        private Duration startup = Duration.ofSeconds(150);
        private Duration tickInterval = Duration.ofMinutes(1);
        private Duration shortestTick = Duration.ofSeconds(10);
        private Duration longestLease = Duration.ofMinutes(15);
        private Duration stopLatency = Duration.ofSeconds(10);
        private Duration patience = Duration.ofMinutes(15);
        private Duration capacityPatience = Duration.ofHours(24);
        private Map<String, String> tags = Map.of();

        private Builder(String runId, Workload workload, Objective objective) {
            if (!runId.matches("[A-Za-z0-9_-]{1,40}")) {
                throw Require.bad("runId", '"' + runId + '"', "1 to 40 letters, digits, '-' or '_'");
            }
            this.runId = runId;
            this.workload = workload;
            this.objective = objective;
        }

        private Builder(Builder other) {
            this(other.runId, other.workload, other.objective);
            budgetPolicy = other.budgetPolicy;
            limits = other.limits;
            requirements = other.requirements;
            costModel = other.costModel;
            jobManager = other.jobManager;
            taskShape = other.taskShape;
            planSettings = other.planSettings;
            strategy = other.strategy;
            catalog = other.catalog;
            expectedTasks = other.expectedTasks;
            interruptionsPerHour = other.interruptionsPerHour;
            startup = other.startup;
            tickInterval = other.tickInterval;
            shortestTick = other.shortestTick;
            longestLease = other.longestLease;
            stopLatency = other.stopLatency;
            patience = other.patience;
            capacityPatience = other.capacityPatience;
            tags = other.tags;
        }

        /** What happens when the job no longer fits its budget; default: the budget is a hard cap. */
        public Builder budgetPolicy(BudgetPolicy policy) {
            budgetPolicy = policy;
            return this;
        }

        /** What the fleet may be; default: 20 Spot instances. */
        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** What an instance must have; default: nothing, burstable types left out. */
        public Builder requirements(Requirements value) {
            requirements = value;
            return this;
        }

        /** What instances cost beside their price; default {@link CostModel#gp3()}. */
        public Builder costModel(CostModel value) {
            costModel = value;
            return this;
        }

        /**
         * What the Job Manager and the machines one already has cost and compute; default: nothing. They are never terminated.
         */
        public Builder jobManager(JobManagerCost value) {
            jobManager = value;
            return this;
        }

        /** How large tasks are; default: too small to matter one by one. */
        public Builder taskShape(TaskShape value) {
            taskShape = value;
            return this;
        }

        /** How careful plans are; default {@link PlanSettings#DEFAULT}. */
        public Builder planSettings(PlanSettings value) {
            planSettings = value;
            return this;
        }

        /** Who decides; default {@link FleetStrategy}. */
        public Builder strategy(Strategy value) {
            strategy = value;
            return this;
        }

        /** Facts of the instance types; default: none, so that types are known by their names alone. */
        public Builder catalog(Collection<InstanceTypeFacts> types) {
            catalog = List.copyOf(types);
            return this;
        }

        /**
         * Tasks to expect while the Job Manager does not know its total; default: the mean of earlier runs, else as many
         * again as are done.
         *
         * @throws IllegalArgumentException if it is not a finite number above 0
         */
        public Builder expectedTasks(double tasks) {
            expectedTasks = Require.positive("expectedTasks", tasks);
            return this;
        }

        /** Interruptions per instance-hour by instance type; default: none known, counted as 0. */
        public Builder interruptionsPerHour(Map<String, Double> byType) {
            byType.forEach((type, rate) -> Require.nonNegative("interruptionsPerHour of " + type, rate));
            interruptionsPerHour = new TreeMap<>(byType);
            return this;
        }

        /** Seconds from launch to the first task to expect before any was measured; default 150 s. */
        public Builder startup(Duration value) {
            startup = positive("startup", value);
            return this;
        }

        /** Time between ticks; default 1 min. Ticks grow shorter as the money runs out. */
        public Builder tickInterval(Duration value) {
            tickInterval = positive("tickInterval", value);
            return this;
        }

        /** The shortest time between ticks; default 10 s. */
        public Builder shortestTick(Duration value) {
            shortestTick = positive("shortestTick", value);
            return this;
        }

        /** The longest time for which workers live without a word from the controller; default 15 min. */
        public Builder longestLease(Duration value) {
            longestLease = positive("longestLease", value);
            return this;
        }

        /** The longest time from an accepted termination, or the end of a lease, to the end of billing; default 10 s. */
        public Builder stopLatency(Duration value) {
            stopLatency = positive("stopLatency", value);
            return this;
        }

        /**
         * How long a job that seems infeasible while a part of the market is hidden (missing prices, refusals) is waited for
         * before the run gives up; default 15 min.
         */
        public Builder patience(Duration value) {
            patience = positive("patience", value);
            return this;
        }

        /** How long the run waits for any instance at all before it gives up; default 24 h. */
        public Builder capacityPatience(Duration value) {
            capacityPatience = positive("capacityPatience", value);
            return this;
        }

        /** Tags for every instance beside the run's own; default none. */
        public Builder tags(Map<String, String> value) {
            tags = new TreeMap<>(value);
            return this;
        }

        /** The settings. The builder can go on being used. */
        public RunSettings build() {
            if (shortestTick.compareTo(tickInterval) > 0) {
                throw Require.bad("shortestTick", shortestTick, "at most tickInterval, which is " + tickInterval);
            }
            return new RunSettings(new Builder(this));
        }

        private static Duration positive(String field, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw Require.bad(field, value, "a duration above 0");
            }
            return value;
        }
    }
}
