package io.cloudpits.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes two runs comparable: the program, the data it works on, and its parameters. Two runs of equal workloads
 * share their performance history.
 *
 * @param program the program's name
 * @param dataHash a hash of the data set
 * @param parameters parameter name to value, for any program
 */
public record Workload(String program, String dataHash, Map<String, String> parameters) {
    public Workload {
        Require.text("program", program);
        SortedMap<String, String> sorted = new TreeMap<>(parameters);
        sorted.keySet().forEach(name -> Require.text("parameters' name", name));
        parameters = Collections.unmodifiableSortedMap(sorted);
    }

    /** A workload without parameters. */
    public static Workload of(String program, String dataHash) {
        return new Workload(program, dataHash, Map.of());
    }
}
