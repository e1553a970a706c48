package io.cloudpits.api;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The instances of a run.
 *
 * @param instances every instance that runs or ended within the last hour, each once
 * @param asOf when the listing was made
 * @param complete false when a part is missing, so that an absent instance means nothing
 */
public record FleetListing(List<FleetInstance> instances, Instant asOf, boolean complete) {
    public FleetListing {
        instances = List.copyOf(instances);
        Set<String> seen = new HashSet<>();
        for (FleetInstance instance : instances) {
            if (!seen.add(instance.id())) {
                throw Require.bad("instances", instance.id(), "each instance once");
            }
        }
    }
}
