package io.cloudpits.api;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No bad number and no empty name enters a value: the error names the field and the value. */
class BadValuesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(1);
    private static final CapacityPool POOL = CapacityPool.spot("c5.large", "a");
    private static final List<Double> NEVER = List.of(Double.NaN, -0.5, Double.POSITIVE_INFINITY);
    private static final List<Double> NOT_EVEN_ZERO =
            List.of(Double.NaN, -0.5, 0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    static Stream<Arguments> numbers() {
        List<Arguments> all = new ArrayList<>();
        positive(all, "usdPerHour of c5.large a spot", v -> new Offer(POOL, v, 1, NOW));
        positive(all, "ceilingUsdPerHour of c5.large a spot", v -> new Offer(POOL, 1, v, NOW));
        positive(all, "usdPerHour of c5.large a spot at " + NOW, v -> new PriceChange(POOL, NOW, v));
        positive(all, "tasksPerSecond of i-1", v -> new ThroughputSample("c5.large", "i-1", v, NOW));
        positive(all, "meanTasksPerSecond of c5.large", v -> new ThroughputSummary("c5.large", v, 0, 1, 1, NOW));
        nonNegative(all, "stdDevTasksPerSecond of c5.large", v -> new ThroughputSummary("c5.large", 1, v, 1, 1, NOW));
        nonNegative(all, "tasksPerSecond of i-1", v -> new WorkerMetric("i-1", "c5.large", NOW, v, 0, null));
        nonNegative(all, "stdDevTasksPerSecond of i-1", v -> new WorkerMetric("i-1", "c5.large", NOW, 1, v, null));
        nonNegative(all, "tasksCompleted of i-1", v -> new WorkerMetric("i-1", "c5.large", NOW, 1, 0, v));
        nonNegative(all, "committedTasks", v -> new WorkerProgress(v, 0, 0, null, null));
        nonNegative(all, "failedTasks", v -> new WorkerProgress(0, v, 0, null, null));
        nonNegative(all, "inFlightTasks", v -> new WorkerProgress(0, 0, v, null, null));
        positive(all, "meanTaskSeconds", v -> new WorkerProgress(0, 0, 0, null, v));
        nonNegative(all, "tasksDone", v -> new Progress(0, v, null, 0, false, NOW, Map.of()));
        positive(all, "tasksTotal", v -> new Progress(0, 0, v, 0, false, NOW, Map.of()));
        nonNegative(all, "tasksInFlight", v -> new Progress(0, 0, null, v, false, NOW, Map.of()));
        positive(all, "budgetUsd", Objective.FastestWithinBudget::new);
        positive(all, "budgetUsd", v -> new Objective.BudgetAndDeadline(v, NOW));
        positive(all, "budgetUsd", v -> new Objective.FastestWithinBudget(1).withBudgetUsd(v));
        positive(all, "maxUsdPerHour of c5.large a spot", v -> new LaunchRequest("t", POOL, 1, v));
        nonNegative(all, "memoryGib of c5", v -> new InstanceTypeFacts("c5", 1, v, Architecture.X86_64, 0, ""));
        nonNegative(all, "memoryGibPerWorker", v -> new Requirements(v, 0, Set.of(), 0, false));
        for (double v : new double[] {Double.NaN, -0.1, 0, 1.1}) {
            all.add(Arguments.of(
                    "maxPoolShare", v, run(() -> Limits.ofInstances(1).withMaxPoolShare(v))));
        }
        for (int v : new int[] {-1, 0}) {
            all.add(Arguments.of("maxInstances", v, run(() -> Limits.ofInstances(v))));
            all.add(Arguments.of(
                    "maxPerPool", v, run(() -> Limits.ofInstances(1).withMaxPerPool(v))));
            all.add(Arguments.of("count of c5.large a spot", v, run(() -> new LaunchRequest("t", POOL, v, 1))));
            all.add(Arguments.of("samples of c5", v, run(() -> new ThroughputSummary("c5", 1, 0, v, 1, NOW))));
            all.add(Arguments.of("instances of c5", v, run(() -> new ThroughputSummary("c5", 1, 0, 1, v, NOW))));
        }
        all.add(Arguments.of("epoch", -1, run(() -> new Progress(-1, 0, null, 0, false, NOW, Map.of()))));
        all.add(Arguments.of("vcpus of q", -1, run(() -> new VcpuQuota("q", Set.of(), PurchaseOption.SPOT, -1))));
        all.add(Arguments.of(
                "vcpus of c5", -1, run(() -> new InstanceTypeFacts("c5", -1, 1, Architecture.X86_64, 0, ""))));
        all.add(Arguments.of(
                "gpus of c5", -1, run(() -> new InstanceTypeFacts("c5", 1, 1, Architecture.X86_64, -1, ""))));
        all.add(Arguments.of("minGpus", -1, run(() -> new Requirements(0, 0, Set.of(), -1, false))));
        all.add(Arguments.of("workersPerInstance", -1, run(() -> new Requirements(0, -1, Set.of(), 0, false))));
        return all.stream();
    }

    static Stream<Arguments> texts() {
        List<Arguments> all = new ArrayList<>();
        for (String blank : Arrays.asList("", " ", "\t")) {
            String shown = '"' + blank + '"';
            all.add(Arguments.of("instanceType", shown, run(() -> CapacityPool.spot(blank, "a"))));
            all.add(Arguments.of("availabilityZone", shown, run(() -> CapacityPool.spot("c5.large", blank))));
            all.add(Arguments.of("name", shown, run(() -> InstanceTypeFacts.unknown(blank))));
            all.add(Arguments.of("name", shown, run(() -> new VcpuQuota(blank, Set.of(), PurchaseOption.SPOT, 1))));
            all.add(Arguments.of("program", shown, run(() -> Workload.of(blank, ""))));
            all.add(Arguments.of("parameters' name", shown, run(() -> new Workload("p", "", Map.of(blank, "1")))));
            all.add(Arguments.of("instanceId", shown, run(() -> new ThroughputSample("c5", blank, 1, NOW))));
            all.add(Arguments.of("instanceType", shown, run(() -> new ThroughputSample(blank, "i-1", 1, NOW))));
            all.add(Arguments.of("instanceId", shown, run(() -> new WorkerMetric(blank, "c5", NOW, 1, 0, null))));
            all.add(Arguments.of("token", shown, run(() -> new LaunchRequest(blank, POOL, 1, 1))));
            all.add(Arguments.of("runId", shown, run(() -> new LaunchBatch(blank, List.of(), NOW, Map.of()))));
            all.add(Arguments.of("id", shown, run(() -> FleetInstance.pending(blank, POOL, "t", NOW))));
            all.add(Arguments.of("words", shown, run(() -> Reason.of(Reason.Code.CANARY, blank))));
        }
        return all.stream();
    }

    static Stream<Arguments> contradictions() {
        var launch = new LaunchRequest("t", POOL, 1, 1);
        var offer = new Offer(POOL, 0.1, 0.2, NOW);
        var instance = FleetInstance.pending("i-1", POOL, "t", NOW);
        var end = new FleetInstance.End(BEFORE, EndCause.REQUESTED);
        var points = List.of(
                new WorkerMetric("i-1", "c5", NOW, 1, 0, null), new WorkerMetric("i-1", "c5", BEFORE, 1, 0, null));
        return Stream.of(
                Arguments.of("ceilingUsdPerHour of c5.large a spot", 0.05, run(() -> new Offer(POOL, 0.1, 0.05, NOW))),
                Arguments.of("offers", POOL, run(() -> new Offers(List.of(offer, offer), NOW, true))),
                Arguments.of(
                        "requests' token",
                        "t",
                        run(() -> new LaunchBatch("r", List.of(launch, launch), NOW, Map.of()))),
                Arguments.of("instances", "i-1", run(() -> new FleetListing(List.of(instance, instance), NOW, true))),
                Arguments.of(
                        "end.at of i-1",
                        BEFORE,
                        run(() -> new FleetInstance(
                                "i-1", POOL, "t", InstanceState.ENDED, NOW, end, null, false, null, ""))),
                Arguments.of("points[1].at", BEFORE, run(() -> new Metrics(points, NOW, true))),
                Arguments.of(
                        "changes[1].at",
                        BEFORE,
                        run(() -> new PriceChanges(
                                List.of(new PriceChange(POOL, NOW, 1), new PriceChange(POOL, BEFORE, 1)), NOW))),
                Arguments.of("interval", "2.0..1.0..3.0", run(() -> new Interval(2, 1, 3))),
                Arguments.of("interval", "NaN..1.0..3.0", run(() -> new Interval(Double.NaN, 1, 3))),
                Arguments.of(
                        "purchaseOptions", "[]", run(() -> Limits.ofInstances(1).withPurchaseOptions(Set.of()))));
    }

    private static Runnable run(Runnable constructor) {
        return constructor;
    }

    private static void positive(List<Arguments> all, String field, DoubleFunction<Object> constructor) {
        NOT_EVEN_ZERO.forEach(v -> all.add(Arguments.of(field, v, run(() -> constructor.apply(v)))));
    }

    private static void nonNegative(List<Arguments> all, String field, DoubleFunction<Object> constructor) {
        NEVER.forEach(v -> all.add(Arguments.of(field, v, run(() -> constructor.apply(v)))));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource({"numbers", "texts", "contradictions"})
    void areRefusedByFieldAndValue(String field, Object value, Runnable constructor) {
        assertThatIllegalArgumentException()
                .isThrownBy(constructor::run)
                .withMessageStartingWith(field + " is " + value + "; expected ");
    }
}
