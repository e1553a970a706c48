package io.cloudpits.api;

import java.util.List;

/**
 * What became of a batch: never all or nothing.
 *
 * @param launched the instances granted
 * @param refused what was not granted, and why
 * @param unknownTokens requests whose outcome is not known (the call timed out): they may or may not have launched,
 *     which the next listing settles by token
 */
public record LaunchResult(List<FleetInstance> launched, List<Refusal> refused, List<String> unknownTokens) {
    public LaunchResult {
        launched = List.copyOf(launched);
        refused = List.copyOf(refused);
        unknownTokens = List.copyOf(unknownTokens);
    }
}
