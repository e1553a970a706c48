package io.cloudpits.api;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All launches of one tick.
 *
 * @param runId the run they belong to; every instance is tagged with it in the launch call itself
 * @param requests what to launch, each with its own token
 * @param leaseUntil when the instances end by themselves unless the lease is renewed
 * @param tags further tags, name to value
 */
public record LaunchBatch(String runId, List<LaunchRequest> requests, Instant leaseUntil, Map<String, String> tags) {
    public LaunchBatch {
        Require.text("runId", runId);
        requests = List.copyOf(requests);
        tags = Map.copyOf(tags);
        Set<String> seen = new HashSet<>();
        for (LaunchRequest request : requests) {
            if (!seen.add(request.token())) {
                throw Require.bad("requests' token", request.token(), "a token of its own for every request");
            }
        }
    }
}
