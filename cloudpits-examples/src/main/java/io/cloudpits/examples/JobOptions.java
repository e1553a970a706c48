package io.cloudpits.examples;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.Limits;
import io.cloudpits.api.PurchaseOption;
import io.cloudpits.api.Require;
import io.cloudpits.api.VcpuQuota;
import io.cloudpits.core.ledger.CostModel;
import io.cloudpits.core.ledger.JobManagerCost;
import io.cloudpits.core.plan.TaskShape;
import io.cloudpits.core.sim.Market;
import io.cloudpits.core.sim.PoolMarket;
import io.cloudpits.core.sim.SimulationSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The job and the simulated provider, as several programs take them. */
final class JobOptions {
    @Option(names = "--tasks", required = true, paramLabel = "N", description = "Tasks of the job")
    private double tasks;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "20",
            description = "The most instances at a time; default ${DEFAULT-VALUE}")
    private int instances = 20;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "When the job begins, ISO 8601 with a zone; default: a tenth into the price log")
    private @Nullable String start;

    @Option(
            names = "--job-manager-price",
            paramLabel = "USD",
            defaultValue = "0.68",
            description = "USD per hour of the Job Manager; default ${DEFAULT-VALUE}, a c5.4xlarge On-Demand")
    private double jobManagerPrice = 0.68;

    @Option(
            names = "--job-manager-rate",
            paramLabel = "TASKS",
            defaultValue = "0",
            description = "Tasks per second that the Job Manager computes itself; default ${DEFAULT-VALUE}")
    private double jobManagerRate;

    @Option(
            names = "--cost-model",
            paramLabel = "gp3|io1",
            defaultValue = "gp3",
            description = "Disk and other charges: gp3 (with address and metrics) or the seed's io1; default"
                    + " ${DEFAULT-VALUE}")
    private String costModel = "gp3";

    @Option(
            names = "--vcpu-quota",
            paramLabel = "N",
            description = "vCPUs of all Spot instances together; default: no limit")
    private @Nullable Integer vcpuQuota;

    @Option(
            names = "--pool-share",
            paramLabel = "X",
            defaultValue = "1",
            description = "Largest share of the instances in one pool; default ${DEFAULT-VALUE}")
    private double poolShare = 1;

    @Option(
            names = "--task-seconds",
            paramLabel = "S",
            defaultValue = "0",
            description =
                    "Whole tasks that take so many seconds in a slot of the average type: throughput is scaled to that;"
                            + " default 0: fluid, throughput as it is")
    private double taskSeconds;

    @Option(
            names = "--task-cv",
            paramLabel = "X",
            defaultValue = "0.5",
            description = "Coefficient of variation of whole tasks; default ${DEFAULT-VALUE}")
    private double taskCv = 0.5;

    @Option(
            names = "--workers-per-instance",
            paramLabel = "N",
            defaultValue = "0",
            description = "Slots of an instance for whole tasks; default 0: one per vCPU")
    private int workersPerInstance;

    @Option(
            names = "--time-step",
            paramLabel = "S",
            defaultValue = "60",
            description = "Seconds between ticks; default ${DEFAULT-VALUE}")
    private double timeStep = 60;

    @Option(
            names = "--startup",
            paramLabel = "LEAST-MOST",
            defaultValue = "90-240",
            description = "Start-up of an instance, seconds; default ${DEFAULT-VALUE}")
    private String startup = "90-240";

    @Option(
            names = "--launch-failure",
            paramLabel = "P",
            defaultValue = "0",
            description = "Probability that a launch is refused; default ${DEFAULT-VALUE}")
    private double launchFailure;

    @Option(
            names = "--execution-failure",
            paramLabel = "P",
            defaultValue = "0",
            description = "Instances that fail per instance-hour; default ${DEFAULT-VALUE}")
    private double executionFailure;

    @Option(
            names = "--speed-range",
            paramLabel = "X",
            description = "Speeds drawn evenly from 1 - X to 1 + X (the seed: 0.1); default: log-normal, 5 %%")
    private @Nullable Double speedRange;

    @Option(
            names = "--penalty",
            paramLabel = "X",
            defaultValue = "0",
            description =
                    "Share of all speed that each further instance costs (the seed: 0.001); default ${DEFAULT-VALUE}")
    private double penalty;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything that is drawn; default ${DEFAULT-VALUE}")
    long seed = 1;

    /** Market and job together. */
    Scenario scenario(MarketOptions options) {
        Market market = sized(options.read(seed));
        return new Scenario(
                market,
                start(market),
                tasks,
                shape(),
                workersPerInstance,
                limits(options.allowOnDemand),
                costs(),
                jobManager(),
                tick());
    }

    private Limits limits(boolean onDemandToo) {
        Set<PurchaseOption> options =
                onDemandToo ? EnumSet.allOf(PurchaseOption.class) : EnumSet.of(PurchaseOption.SPOT);
        Limits limits =
                Limits.ofInstances(instances).withMaxPoolShare(poolShare).withPurchaseOptions(options);
        return vcpuQuota == null
                ? limits
                : limits.withQuotas(List.of(new VcpuQuota("--vcpu-quota", Set.of(), PurchaseOption.SPOT, vcpuQuota)));
    }

    int instances() {
        return instances;
    }

    double penalty() {
        return penalty;
    }

    private JobManagerCost jobManager() {
        return new JobManagerCost(jobManagerPrice, jobManagerRate);
    }

    private CostModel costs() {
        return switch (costModel) {
            case "gp3" -> CostModel.gp3();
            case "io1" -> CostModel.seedIo1();
            default -> throw Require.bad("--cost-model", costModel, "gp3 or io1");
        };
    }

    private TaskShape shape() {
        return taskSeconds == 0 ? TaskShape.FLUID : new TaskShape(taskSeconds, taskCv);
    }

    /** The market with throughput scaled so that the mean over types of a slot's speed is a task in {@code --task-seconds}. */
    private Market sized(Market market) {
        Require.nonNegative("--task-seconds", taskSeconds);
        if (taskSeconds == 0) {
            return market;
        }
        double perSlot = market.tasksPerSecond().entrySet().stream()
                .mapToDouble(e -> e.getValue() / slots(market.facts(e.getKey()).vcpus()))
                .average()
                .orElseThrow();
        TreeMap<String, Double> scaled = new TreeMap<>();
        market.tasksPerSecond().forEach((type, rate) -> scaled.put(type, rate / perSlot / taskSeconds));
        return new Market(market.pools(), market.types(), scaled);
    }

    private int slots(int vcpus) {
        return workersPerInstance > 0 ? workersPerInstance : Math.max(1, vcpus);
    }

    private Duration tick() {
        return Duration.ofMillis((long) (Require.positive("--time-step", timeStep) * 1000));
    }

    SimulationSettings simulation(long withSeed) {
        String[] range = startup.split("-");
        var builder = SimulationSettings.builder(withSeed)
                .startup(number("--startup", range[0]), number("--startup", range[range.length - 1]))
                .launchFailure(launchFailure)
                .executionFailuresPerHour(executionFailure)
                .penaltyPerInstance(penalty);
        return (speedRange == null ? builder : builder.speedRange(speedRange)).build();
    }

    /** The start; a tenth into the log unless it is given. */
    private Instant start(Market market) {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Map.Entry<CapacityPool, PoolMarket> e : new TreeMap<>(market.pools()).entrySet()) {
            var price = e.getValue().usdPerHour();
            if (price.instant(0).isAfter(Instant.MIN)) {
                first = first.isBefore(price.instant(0)) ? first : price.instant(0);
                Instant end = price.instant(price.size() - 1);
                last = last.isAfter(end) ? last : end;
            }
        }
        if (start == null) {
            return first.plus(Duration.between(first, last).dividedBy(10));
        }
        Instant at = instant("--start", start);
        if (at.isBefore(first) || at.isAfter(last)) {
            throw Require.bad("--start", start, "an instant between " + first + " and " + last + ", the log's times");
        }
        return at;
    }

    static Instant instant(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Require.bad(name, text, "an ISO 8601 time with a zone, such as 2022-01-10T00:00:00Z");
        }
    }

    static double number(String name, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw Require.bad(name, '"' + text + '"', "a number");
        }
    }
}
