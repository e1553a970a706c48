package io.cloudpits.api;

/**
 * What is known of an instance type before anything was measured on it.
 *
 * @param name the provider's name, such as {@code c5.4xlarge}
 * @param vcpus virtual processors; 0 if not known (then it counts as 0 against vCPU quotas)
 * @param memoryGib memory in GiB; 0 if not known
 * @param architecture processor architecture
 * @param gpus number of GPUs
 * @param cpuModel the processor's model, such as {@code Xeon 8124M}; empty if not known
 */
public record InstanceTypeFacts(
        String name, int vcpus, double memoryGib, Architecture architecture, int gpus, String cpuModel) {
    public InstanceTypeFacts {
        Require.text("name", name);
        Require.atLeast("vcpus of " + name, vcpus, 0);
        Require.nonNegative("memoryGib of " + name, memoryGib);
        Require.atLeast("gpus of " + name, gpus, 0);
    }

    /** Facts of a type of which only the name is known. */
    public static InstanceTypeFacts unknown(String name) {
        return new InstanceTypeFacts(name, 0, 0, Architecture.UNKNOWN, 0, "");
    }

    /** The family, such as {@code c5} of {@code c5.4xlarge}. */
    public String family() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Whether this is one of AWS's burstable families (t2, t3, t3a, t4g, and their successors). */
    public boolean burstable() {
        return name.matches("t\\d.*");
    }
}
