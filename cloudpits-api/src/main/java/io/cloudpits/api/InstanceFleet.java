package io.cloudpits.api;

import java.time.Instant;
import java.util.Set;

/**
 * Launches, lists and ends the instances of runs. Safe for use by several threads.
 *
 * <p>Every instance holds a <em>lease</em>: when the lease's instant passes without a renewal the instance ends by
 * itself, so that a dead controller, or terminations that fail for ever, cannot spend more than was reserved.
 */
public interface InstanceFleet {
    /**
     * The instances of a run.
     *
     * <p><b>Returns</b> every instance launched for the run that has not ended, and those that ended within the last
     * hour, in no particular order. <b>Left out</b>: instances of other runs, always. <b>Fresh</b>: the provider may take
     * seconds to show a new instance; {@code complete} is false if a page is missing. <b>Cost</b>: one round of calls.
     *
     * @throws CloudPitsException if the listing cannot be had at all
     */
    FleetListing instances(String runId);

    /**
     * Launches, never all or nothing.
     *
     * <p><b>Returns</b> what was launched, what was refused and what is unknown; every request of the batch appears in at
     * least one of the three. The same token never launches twice: a repeated request returns what it launched before.
     * <b>Cost</b>: as few calls as the provider allows.
     *
     * @throws CloudPitsException if it is certain that nothing was launched
     */
    LaunchResult launch(LaunchBatch batch);

    /**
     * Ends instances. Ending an instance that has ended is a success. An id that is not of this run is never touched and
     * is reported as failed. One bad id does not keep the others alive. <b>Cost</b>: one call per 1,000 instances.
     *
     * @throws CloudPitsException if it is certain that none was accepted
     */
    TerminationResult terminate(String runId, Set<String> instanceIds);

    /**
     * Moves the lease of all the run's instances to an instant, which may be earlier than the present one. <b>Cost</b>: one
     * call per 1,000 instances.
     *
     * @throws CloudPitsException if it is not certain that the lease was moved; the longer of the old and the new one
     *     must then be assumed
     */
    void renewLease(String runId, Instant until);
}
