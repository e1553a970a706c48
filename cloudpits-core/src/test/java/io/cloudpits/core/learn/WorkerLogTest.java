package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.Metrics;
import io.cloudpits.api.Progress;
import io.cloudpits.api.WorkerMetric;
import io.cloudpits.api.WorkerProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Instances a, b, c, d launched at minute 0, ticks each minute. */
class WorkerLogTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final World world = new World(0);

    @Test
    void aBootingInstanceIsLeftAlone() {
        world.instance("a");

        world.run(0, 10);

        assertThat(world.log.health("a")).isEqualTo(Health.STARTING);
        assertThat(world.log.readyInSeconds("a", at(1))).isEqualTo(90);
        assertThat(world.log.readyInSeconds("a", at(10))).as("overdue").isEqualTo(150);
    }

    @Test
    void anInstanceThatNeverReportsIsGivenUpAfterTenMinutes() {
        world.instance("a");

        world.run(0, 11);

        assertThat(world.log.health("a")).isEqualTo(Health.NEVER_REPORTED);
    }

    @Test
    void whereStartUpIsSlowInThisRunMoreTimeIsGiven() {
        world.instance("a", "b", "c", "d");
        world.heartbeats("a", 6).heartbeats("b", 6).heartbeats("c", 6);

        world.run(0, 16);

        assertThat(world.log.startupSeconds()).isEqualTo(330, within(1.0));
        assertThat(world.log.health("d")).isEqualTo(Health.STARTING);
        world.run(17, 18);
        assertThat(world.log.health("d")).isEqualTo(Health.NEVER_REPORTED);
    }

    @Test
    void aHealthyInstanceWithTasksOf45MinutesIsNeverSilent() {
        World hours = new World(2700);
        hours.instance("a", "b").heartbeats("a", 3).heartbeats("b", 3);
        for (int m = 0; m <= 600; m++) {
            hours.done.put("a", (double) (m / 45) * 4);
            hours.tick(m);
            assertThat(hours.log.health("a")).as("minute %d", m).isIn(Health.STARTING, Health.WORKING);
            assertThat(hours.log.health("b")).as("no commit ever, minute %d", m).isIn(Health.STARTING, Health.WORKING);
        }
    }

    @Test
    void aHealthyInstanceWithTasksOf45MinutesAndNoHeartbeatsIsNeverSilent() {
        World hours = new World(2700);
        hours.instance("a");
        hours.inFlight = 4;
        for (int m = 0; m <= 600; m++) {
            hours.done.put("a", (double) (m / 45) * 4);
            hours.tick(m);
            assertThat(hours.log.health("a")).as("minute %d", m).isIn(Health.STARTING, Health.WORKING);
        }
    }

    @Test
    void aWorkerThatFreezesIsGivenUpFiveMinutesAfterItsLastHeartbeat() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2);
        world.run(0, 20);
        world.freeze("a");

        world.run(21, 25);
        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        world.run(26, 26);

        assertThat(world.log.health("a")).isEqualTo(Health.STOPPED_REPORTING);
        assertThat(world.log.health("b")).isEqualTo(Health.WORKING);
    }

    @Test
    void anOutageOfTheJobManagerCondemnsNobody() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2);
        world.run(0, 20);
        world.progressOut = true;
        world.run(21, 60);

        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        world.progressOut = false;
        world.freeze("a");
        world.run(61, 64);

        assertThat(world.log.health("a")).as("answered time counts only").isEqualTo(Health.WORKING);
        world.run(65, 67);
        assertThat(world.log.health("a")).isEqualTo(Health.STOPPED_REPORTING);
        assertThat(world.log.health("b")).isEqualTo(Health.WORKING);
    }

    @Test
    void aJobManagerThatRepeatsAnOldReadingIsOutToo() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2);
        world.run(0, 20);
        world.stuckAt = at(20);
        world.run(21, 90);

        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
    }

    @Test
    void anOutageOfMetricsCondemnsNobodyWhoReportsByMetrics() {
        world.instance("a").metrics("a", 3, 1.0);
        world.run(0, 20);
        world.metricsOut = true;
        world.run(21, 90);

        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        world.metricsOut = false;
        world.rates.clear();
        world.run(91, 99);
        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        world.run(100, 102);
        assertThat(world.log.health("a")).isEqualTo(Health.STOPPED_REPORTING);
    }

    @Test
    void whenAllFallSilentAtOnceTheSourceIsSuspectedForAnotherTimeout() {
        world.instance("a", "b", "c");
        world.heartbeats("a", 2).heartbeats("b", 2).heartbeats("c", 2);
        world.run(0, 20);
        world.freeze("a").freeze("b").freeze("c");

        world.run(21, 30);
        assertThat(List.of(health("a"), health("b"), health("c"))).containsOnly(Health.WORKING);
        world.run(31, 31);

        assertThat(List.of(health("a"), health("b"), health("c"))).containsOnly(Health.STOPPED_REPORTING);
    }

    @Test
    void aFewSecondsBetweenLastSignalsDoNotCondemnTheFirst() {
        world.instance("a", "b", "c");
        world.heartbeats("a", 2).heartbeats("b", 2).heartbeats("c", 2);
        world.run(0, 20);
        world.freeze("a");
        world.run(21, 21);
        world.freeze("b");
        world.run(22, 22);
        world.freeze("c");

        for (int m = 23; m <= 30; m++) {
            world.tick(m);
            assertThat(List.of(health("a"), health("b"), health("c")))
                    .as("minute %d", m)
                    .containsOnly(Health.WORKING);
        }
    }

    @Test
    void twoThatFallSilentAreJudgedAtOnce() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2);
        world.run(0, 20);
        world.freeze("a").freeze("b");

        world.run(21, 26);

        assertThat(List.of(health("a"), health("b"))).containsOnly(Health.STOPPED_REPORTING);
    }

    @Test
    void aHeartbeatFromAClockThatIsAheadBuysNoTime() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2);
        world.run(0, 20);
        world.freeze("a");
        world.frozenAt.put("a", at(300));

        world.run(21, 27);

        assertThat(world.log.health("a")).isEqualTo(Health.STOPPED_REPORTING);
    }

    @Test
    void aWorkerThatPublishesZerosForEverIsGivenUpInTheEnd() {
        world.instance("a").metrics("a", 3, 1.0);
        world.run(0, 20);
        world.metrics("a", 3, 0);
        world.run(21, 120);
        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);

        world.run(121, 150);

        assertThat(world.log.health("a")).isEqualTo(Health.STOPPED_REPORTING);
    }

    @Test
    void workersThatWaitAtABarrierWithNothingInHandAreNotSilent() {
        world.instance("a", "b");
        world.inFlight = 4;
        for (int m = 0; m <= 20; m++) {
            world.done.put("a", 2.0 * m);
            world.done.put("b", 2.0 * m);
            world.tick(m);
        }
        world.inFlight = 0;
        world.run(21, 200);

        assertThat(List.of(health("a"), health("b"))).containsOnly(Health.WORKING);
    }

    @Test
    void aJobManagerThatStartsAgainGivesItsWorkersTimeToComeBack() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2);
        for (int m = 0; m <= 20; m++) {
            world.done.put("a", 6.0 * m);
            world.tick(m);
        }
        world.epoch = 1;
        world.done.put("a", 0.0);
        world.freeze("a").freeze("b");
        world.run(21, 26);
        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        world.thaw();
        for (int m = 27; m <= 40; m++) {
            world.done.put("a", 6.0 * (m - 27));
            world.tick(m);
        }

        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        assertThat(world.log.measured()).singleElement().satisfies(m -> {
            assertThat(m.instanceId()).isEqualTo("a");
            assertThat(m.tasksPerSecond()).isPositive().isLessThan(0.101);
        });
    }

    @Test
    void commitsCountBeforeWhatAWorkerSaysOfItself() {
        world.instance("a").heartbeats("a", 2).metrics("a", 3, 50);
        for (int m = 0; m <= 20; m++) {
            world.done.put("a", 6.0 * m);
            world.tick(m);
        }

        assertThat(world.log.measured()).singleElement().satisfies(m -> assertThat(m.tasksPerSecond())
                .isEqualTo(0.1, within(0.001)));
    }

    @Test
    void aWorkerThatFailsEverythingFastIsNotMeasuredAsFast() {
        world.instance("a", "b").heartbeats("a", 2).heartbeats("b", 2).metrics("a", 3, 50);
        for (int m = 0; m <= 10; m++) {
            world.failed.put("a", 100.0 * m);
            world.done.put("b", 6.0 * m);
            world.tick(m);
        }

        assertThat(world.log.isFailing("a")).isTrue();
        assertThat(world.log.failedShare("a")).isEqualTo(1);
        assertThat(world.log.isFailing("b")).isFalse();
        assertThat(world.log.measured()).extracting(Measured::instanceId).containsExactly("b");
    }

    @Test
    void pointsThatComeTwiceOrLateChangeNothing() {
        world.instance("a").metrics("a", 3, 1.0);
        world.run(0, 30);
        Measured before = world.log.measured().iterator().next();
        List<WorkerMetric> again = new ArrayList<>();
        for (int m = 21; m <= 30; m++) {
            again.add(new WorkerMetric("a", "c5.large", at(m), 99, 0, null));
        }
        again.add(new WorkerMetric("stranger", "c5.large", at(30), 99, 0, null));

        world.log.observe(at(31), world.listing(31), world.progress(31), new Metrics(again, at(31), true));

        assertThat(world.log.measured()).containsExactly(before);
    }

    @Test
    void startUpIsTheMedianOfThisRunsAndInstancesFoundAtWorkDoNotCount() {
        world.instance("a", "b", "c");
        world.heartbeats("a", 0).heartbeats("b", 4).heartbeats("c", 6);
        for (int m = 60; m <= 62; m++) {
            world.tick(m);
        }
        assertThat(world.log.startupSeconds())
                .as("all were found at work, an hour old")
                .isEqualTo(150);

        World fresh = new World(0);
        fresh.instance("a", "b", "c");
        fresh.heartbeats("a", 3).heartbeats("b", 4).heartbeats("c", 6);
        fresh.run(0, 10);
        assertThat(fresh.log.startupSeconds())
                .as("seen at minute 4, so about minute 3.5")
                .isEqualTo(210);
    }

    @Test
    void instancesThatLeaveAreForgottenButTheirSuccessIsNot() {
        world.instance("a").heartbeats("a", 2);
        for (int m = 0; m <= 5; m++) {
            world.done.put("a", 6.0 * m);
            world.tick(m);
        }
        world.ended.add("a");
        world.tick(6);

        assertThat(world.log.measured()).isEmpty();
        assertThat(world.log.anyCommit()).isTrue();
        assertThat(world.log.anyHeartbeat()).isTrue();
        assertThat(world.log.health("a")).isEqualTo(Health.STARTING);
    }

    @Test
    void aListingThatFailsForgetsNobody() {
        world.instance("a").heartbeats("a", 2);
        world.run(0, 5);

        world.log.observe(at(6), new FleetListing(List.of(), at(6), false), world.progress(6), Metrics.none(at(6)));

        assertThat(world.log.health("a")).isEqualTo(Health.WORKING);
        assertThat(world.log.readyInSeconds("a", at(6))).isZero();
    }

    private Health health(String id) {
        return world.log.health(id);
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    /** Plays fleet, Job Manager and metrics. */
    private static final class World {
        final WorkerLog log;
        final List<String> ids = new ArrayList<>();
        final List<String> ended = new ArrayList<>();
        final Map<String, Integer> heartbeatsFrom = new TreeMap<>();
        final Map<String, Instant> frozenAt = new TreeMap<>();
        final Map<String, Integer> metricsFrom = new TreeMap<>();
        final Map<String, Double> rates = new TreeMap<>();
        final Map<String, Double> done = new TreeMap<>();
        final Map<String, Double> failed = new TreeMap<>();
        double inFlight;
        int epoch;
        boolean progressOut;
        boolean metricsOut;

        @Nullable
        Instant stuckAt;

        private int minute;

        World(double taskSeconds) {
            log = new WorkerLog(LivenessSettings.of(Duration.ofSeconds(150), taskSeconds), 0.2);
        }

        World instance(String... more) {
            ids.addAll(List.of(more));
            return this;
        }

        World heartbeats(String id, int fromMinute) {
            heartbeatsFrom.put(id, fromMinute);
            return this;
        }

        World metrics(String id, int fromMinute, double rate) {
            metricsFrom.put(id, fromMinute);
            rates.put(id, rate);
            return this;
        }

        World freeze(String id) {
            frozenAt.put(id, at(minute));
            return this;
        }

        void thaw() {
            frozenAt.clear();
        }

        void run(int from, int to) {
            for (int m = from; m <= to; m++) {
                tick(m);
            }
        }

        void tick(int m) {
            minute = m;
            log.observe(at(m), listing(m), progressOut ? null : progress(m), metricsOut ? null : metrics(m));
        }

        FleetListing listing(int m) {
            List<FleetInstance> all = new ArrayList<>();
            for (String id : ids) {
                CapacityPool pool = CapacityPool.spot("c5.large", "eu-west-1a");
                boolean over = ended.contains(id);
                all.add(new FleetInstance(
                        id,
                        pool,
                        "token-" + id,
                        over ? InstanceState.ENDED : InstanceState.RUNNING,
                        START,
                        over ? new FleetInstance.End(at(m), EndCause.INTERRUPTED) : null,
                        null,
                        false,
                        null,
                        ""));
            }
            return new FleetListing(all, at(m), true);
        }

        Progress progress(int m) {
            Map<String, WorkerProgress> workers = new TreeMap<>();
            for (String id : ids) {
                Integer from = heartbeatsFrom.get(id);
                boolean beats = from != null && m >= from;
                if (beats || done.containsKey(id) || failed.containsKey(id)) {
                    Instant heartbeat = beats ? frozenAt.getOrDefault(id, at(m)) : null;
                    workers.put(
                            id,
                            new WorkerProgress(
                                    done.getOrDefault(id, 0.0),
                                    failed.getOrDefault(id, 0.0),
                                    inFlight,
                                    heartbeat,
                                    null));
                }
            }
            Instant asOf = stuckAt == null ? at(m) : stuckAt;
            return new Progress(epoch, 0, null, 0, false, asOf, workers);
        }

        private Metrics metrics(int m) {
            List<WorkerMetric> points = new ArrayList<>();
            rates.forEach((id, rate) -> {
                if (m >= metricsFrom.getOrDefault(id, 0)) {
                    points.add(new WorkerMetric(id, "c5.large", at(m), rate, 0, null));
                }
            });
            return new Metrics(points, at(m), true);
        }
    }
}
