package io.cloudpits.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.CloudPitsException;
import io.cloudpits.api.EndCause;
import io.cloudpits.api.FleetInstance;
import io.cloudpits.api.FleetListing;
import io.cloudpits.api.InstanceFleet;
import io.cloudpits.api.InstanceState;
import io.cloudpits.api.LaunchBatch;
import io.cloudpits.api.LaunchRequest;
import io.cloudpits.api.LaunchResult;
import io.cloudpits.api.Refusal;
import io.cloudpits.api.TerminationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link InstanceFleet} promises. */
public abstract class InstanceFleetContract {
    private static final String RUN = "run-1";
    private static final String OTHER = "run-2";
    private static final Duration LEASE = Duration.ofMinutes(15);

    private World world;
    private InstanceFleet fleet;

    /** A provider without any instance, whose time the test lets pass. */
    protected abstract World world();

    /** What a fleet acts on. */
    public interface World {
        /** The fleet under test. */
        InstanceFleet fleet();

        /** A fleet over a provider that does not answer. */
        InstanceFleet brokenFleet();

        /** The provider's time. */
        Instant now();

        /** Lets time pass. */
        void advance(Duration time);

        /** A pool with capacity for ten instances at least. */
        CapacityPool pool();

        /** Another such pool. */
        CapacityPool otherPool();

        /** A pool that has no capacity at all. */
        CapacityPool emptyPool();

        /** A price per hour above that of every pool. */
        double maxUsdPerHour();
    }

    @BeforeEach
    void begin() {
        world = world();
        fleet = world.fleet();
    }

    private LaunchRequest request(String token, CapacityPool pool, int count) {
        return new LaunchRequest(token, pool, count, world.maxUsdPerHour());
    }

    private LaunchResult launch(String run, LaunchRequest... requests) {
        return fleet.launch(new LaunchBatch(run, List.of(requests), world.now().plus(LEASE), Map.of()));
    }

    private Set<String> launched(String run, String token, int count) {
        return ids(launch(run, request(token, world.pool(), count)).launched());
    }

    private static Set<String> ids(List<FleetInstance> instances) {
        Set<String> ids = new TreeSet<>();
        instances.forEach(i -> ids.add(i.id()));
        return ids;
    }

    private Set<String> alive(String run) {
        return ids(fleet.instances(run).instances().stream()
                .filter(i -> !i.isLeaving())
                .toList());
    }

    private FleetInstance find(String id) {
        return fleet.instances(RUN).instances().stream()
                .filter(i -> i.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunWithoutInstancesHasAnEmptyListing() {
        FleetListing listing = fleet.instances(RUN);

        assertThat(listing.instances()).isEmpty();
        assertThat(listing.complete()).isTrue();
        assertThat(listing.asOf())
                .isBetween(world.now().minusSeconds(60), world.now().plusSeconds(60));
    }

    @Test
    void launchesWhatIsAskedFor() {
        LaunchResult result = launch(RUN, request("t1", world.pool(), 3), request("t2", world.otherPool(), 1));

        assertThat(result.refused()).isEmpty();
        assertThat(result.unknownTokens()).isEmpty();
        assertThat(result.launched()).hasSize(4);
        assertThat(ids(result.launched())).hasSize(4);
        assertThat(result.launched())
                .filteredOn(i -> i.token().equals("t1"))
                .hasSize(3)
                .allMatch(i -> i.pool().equals(world.pool()));
        assertThat(result.launched())
                .filteredOn(i -> i.token().equals("t2"))
                .hasSize(1)
                .allMatch(i -> i.pool().equals(world.otherPool()));
    }

    @Test
    void listsWhatWasLaunchedWithItsPoolTokenAndTime() {
        Instant before = world.now();
        Set<String> ids = launched(RUN, "t1", 2);

        List<FleetInstance> listed = fleet.instances(RUN).instances();

        assertThat(ids(listed)).isEqualTo(ids);
        assertThat(listed).allSatisfy(i -> {
            assertThat(i.pool()).isEqualTo(world.pool());
            assertThat(i.token()).isEqualTo("t1");
            assertThat(i.launchedAt())
                    .isBetween(before.minusSeconds(60), world.now().plusSeconds(60));
            assertThat(i.state()).isIn(InstanceState.PENDING, InstanceState.RUNNING);
            assertThat(i.end()).isNull();
        });
    }

    @Test
    void aStartedInstanceRunsAndHasAnAddress() {
        String id = launched(RUN, "t1", 1).iterator().next();
        world.advance(Duration.ofMinutes(6));

        assertThat(find(id).state()).isEqualTo(InstanceState.RUNNING);
        assertThat(find(id).privateAddress()).isNotBlank();
    }

    @Test
    void launchingIsNeverAllOrNothing() {
        LaunchResult result = launch(RUN, request("t1", world.emptyPool(), 2), request("t2", world.pool(), 2));

        assertThat(result.launched()).hasSize(2).allMatch(i -> i.token().equals("t2"));
        assertThat(result.refused()).singleElement().satisfies(r -> {
            assertThat(r.token()).isEqualTo("t1");
            assertThat(r.pool()).isEqualTo(world.emptyPool());
            assertThat(r.count()).isEqualTo(2);
            assertThat(r.kind()).isEqualTo(Refusal.Kind.POOL);
            assertThat(r.code()).isNotBlank();
        });
    }

    @Test
    void theSameTokenNeverLaunchesTwiceAndReturnsWhatItLaunchedBefore() {
        Set<String> first = launched(RUN, "t1", 2);
        Set<String> again = launched(RUN, "t1", 2);

        assertThat(again).isEqualTo(first);
        assertThat(alive(RUN)).isEqualTo(first);
    }

    @Test
    void aRepeatedRequestThatWasRefusedIsAnsweredAgain() {
        launch(RUN, request("t1", world.emptyPool(), 2));

        LaunchResult again = launch(RUN, request("t1", world.emptyPool(), 2));

        assertThat(again.launched()).isEmpty();
        assertThat(again.refused()).singleElement().satisfies(r -> assertThat(r.token())
                .isEqualTo("t1"));
    }

    @Test
    void aLaterLaunchDoesNotMoveTheLeaseOfEarlierInstances() {
        Set<String> early = launched(RUN, "t1", 1);
        world.advance(Duration.ofMinutes(10));
        Set<String> late = launched(RUN, "t2", 1);
        world.advance(Duration.ofMinutes(9));

        assertThat(alive(RUN)).as("early %s, late %s", early, late).isEqualTo(late);
    }

    @Test
    void anEmptyBatchLaunchesNothing() {
        LaunchResult result = launch(RUN);

        assertThat(result.launched()).isEmpty();
        assertThat(result.refused()).isEmpty();
        assertThat(fleet.instances(RUN).instances()).isEmpty();
    }

    @Test
    void listsOnlyTheInstancesOfTheRun() {
        Set<String> mine = launched(RUN, "t1", 2);
        Set<String> theirs = launched(OTHER, "t2", 1);

        assertThat(alive(RUN)).isEqualTo(mine);
        assertThat(alive(OTHER)).isEqualTo(theirs);
        assertThat(fleet.instances("run-3").instances()).isEmpty();
    }

    @Test
    void terminatedInstancesEndAndAreToldForAnHour() {
        String id = launched(RUN, "t1", 1).iterator().next();
        world.advance(Duration.ofMinutes(5));
        Instant asked = world.now();

        TerminationResult result = fleet.terminate(RUN, Set.of(id));
        world.advance(Duration.ofMinutes(3));

        assertThat(result.accepted()).containsExactly(id);
        assertThat(result.failed()).isEmpty();
        FleetInstance ended = find(id);
        assertThat(ended.state()).isEqualTo(InstanceState.ENDED);
        assertThat(ended.ended()).get().satisfies(end -> {
            assertThat(end.at()).isBetween(asked.minusSeconds(60), world.now());
            assertThat(end.cause()).isIn(EndCause.REQUESTED, EndCause.UNKNOWN);
        });
        world.advance(Duration.ofMinutes(45));
        assertThat(find(id).state()).isEqualTo(InstanceState.ENDED);
    }

    @Test
    void endingWhatHasEndedIsASuccess() {
        String id = launched(RUN, "t1", 1).iterator().next();
        fleet.terminate(RUN, Set.of(id));
        world.advance(Duration.ofMinutes(3));

        assertThat(fleet.terminate(RUN, Set.of(id)).accepted()).containsExactly(id);
    }

    @Test
    void anInstanceOfAnotherRunIsNeverTouched() {
        String mine = launched(RUN, "t1", 1).iterator().next();
        String theirs = launched(OTHER, "t2", 1).iterator().next();

        TerminationResult result = fleet.terminate(RUN, Set.of(mine, theirs));
        world.advance(Duration.ofMinutes(3));

        assertThat(result.accepted()).containsExactly(mine);
        assertThat(result.failed()).containsOnlyKeys(theirs);
        assertThat(alive(OTHER)).containsExactly(theirs);
        assertThat(alive(RUN)).isEmpty();
    }

    @Test
    void oneBadIdDoesNotKeepTheOthersAlive() {
        Set<String> ids = launched(RUN, "t1", 3);
        Set<String> withBad = new HashSet<>(ids);
        withBad.add("i-00000000deadbeef0");

        TerminationResult result = fleet.terminate(RUN, withBad);
        world.advance(Duration.ofMinutes(3));

        assertThat(result.accepted()).isEqualTo(ids);
        assertThat(result.failed()).containsOnlyKeys("i-00000000deadbeef0");
        assertThat(alive(RUN)).isEmpty();
    }

    @Test
    void endingNothingDoesNothing() {
        Set<String> ids = launched(RUN, "t1", 1);

        assertThat(fleet.terminate(RUN, Set.of()).accepted()).isEmpty();
        assertThat(alive(RUN)).isEqualTo(ids);
    }

    @Test
    void instancesEndByThemselvesWhenTheirLeaseEnds() {
        launched(RUN, "t1", 2);
        world.advance(LEASE.minusMinutes(2));
        assertThat(alive(RUN)).hasSize(2);

        world.advance(Duration.ofMinutes(6));

        assertThat(alive(RUN)).isEmpty();
        assertThat(fleet.instances(RUN).instances())
                .allSatisfy(i -> assertThat(i.ended()).get().satisfies(end -> assertThat(end.cause())
                        .isIn(EndCause.SELF, EndCause.UNKNOWN)));
    }

    @Test
    void aRenewedLeaseKeepsThemAlive() {
        Set<String> ids = launched(RUN, "t1", 2);
        for (int i = 0; i < 5; i++) {
            world.advance(Duration.ofMinutes(10));
            fleet.renewLease(RUN, world.now().plus(LEASE));
        }
        assertThat(alive(RUN)).isEqualTo(ids);
    }

    @Test
    void aLeaseMayBeMovedToAnEarlierInstant() {
        launched(RUN, "t1", 1);
        fleet.renewLease(RUN, world.now().plus(Duration.ofMinutes(3)));
        world.advance(Duration.ofMinutes(8));

        assertThat(alive(RUN)).isEmpty();
    }

    @Test
    void leasesOfOtherRunsAreNotMoved() {
        launched(RUN, "t1", 1);
        Set<String> theirs = launched(OTHER, "t2", 1);
        fleet.renewLease(RUN, world.now().plus(Duration.ofMinutes(3)));
        world.advance(Duration.ofMinutes(8));

        assertThat(alive(RUN)).isEmpty();
        assertThat(alive(OTHER)).isEqualTo(theirs);
    }

    @Test
    void aProviderThatDoesNotAnswerIsAnErrorOfTheOutside() {
        InstanceFleet broken = world.brokenFleet();
        var batch = new LaunchBatch(
                RUN, List.of(request("t1", world.pool(), 1)), world.now().plus(LEASE), Map.of());

        assertThatThrownBy(() -> broken.instances(RUN)).isInstanceOf(CloudPitsException.class);
        assertThatThrownBy(() -> broken.terminate(RUN, Set.of("i-1"))).isInstanceOf(CloudPitsException.class);
        assertThatThrownBy(() -> broken.renewLease(RUN, world.now())).isInstanceOf(CloudPitsException.class);
        // a launch that was not answered may have happened: it is unknown, or known not to have
        Optional<LaunchResult> result = tryToLaunch(broken, batch);
        result.ifPresent(r -> assertThat(r.unknownTokens()).containsExactly("t1"));
    }

    private static Optional<LaunchResult> tryToLaunch(InstanceFleet fleet, LaunchBatch batch) {
        try {
            return Optional.of(fleet.launch(batch));
        } catch (CloudPitsException e) {
            return Optional.empty();
        }
    }

    @Test
    void severalThreadsLaunchTheSameTokenOnce() throws Exception {
        List<Set<String>> answers = Together.inThreads(5, thread -> launched(RUN, "t1", 2));

        List<Set<String>> known = new ArrayList<>(answers);
        known.removeIf(Set::isEmpty);
        assertThat(known).isNotEmpty().allSatisfy(ids -> assertThat(ids).isEqualTo(known.get(0)));
        assertThat(alive(RUN)).hasSize(2);
    }
}
