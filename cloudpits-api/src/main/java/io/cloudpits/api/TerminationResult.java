package io.cloudpits.api;

import java.util.Map;
import java.util.Set;

/**
 * What became of terminations.
 *
 * @param accepted instances that are ending or had ended already
 * @param failed instance id to the provider's message; asked again at the next tick
 */
public record TerminationResult(Set<String> accepted, Map<String, String> failed) {
    public TerminationResult {
        accepted = Set.copyOf(accepted);
        failed = Map.copyOf(failed);
    }
}
