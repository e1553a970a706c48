package io.cloudpits.core.learn;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.InstanceTypeFacts;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells how near a type is to others, worked out once from its facts and its name.
 *
 * @param name its name
 * @param vcpus virtual processors, by its facts or else by its size name; 0 if neither tells
 * @param family such as {@code c5}
 * @param cpuModel the processor's model in lower case; empty if not known
 * @param generation architecture, maker and generation, such as {@code arm64-g-6}; empty if the name does not tell
 * @param architecture by its facts or else by its name
 */
record Traits(String name, double vcpus, String family, String cpuModel, String generation, Architecture architecture) {
    private static final Pattern FAMILY = Pattern.compile("([a-z]+)(\\d+)([a-z]*).*");
    private static final Pattern LARGE = Pattern.compile("(\\d*)xlarge");
    private static final Pattern METAL = Pattern.compile("metal-(\\d+)xl");

    static Traits of(InstanceTypeFacts facts) {
        String family = facts.family();
        Matcher m = FAMILY.matcher(family);
        boolean parsed = m.matches();
        char maker = parsed ? maker(m.group(1), m.group(3)) : '?';
        Architecture architecture = facts.architecture() != Architecture.UNKNOWN || !parsed
                ? facts.architecture()
                : maker == 'g' ? Architecture.ARM64 : Architecture.X86_64;
        String generation = parsed ? architecture + "-" + maker + "-" + m.group(2) : "";
        double vcpus = facts.vcpus() > 0 ? facts.vcpus() : vcpusByName(facts.name());
        return new Traits(
                facts.name(), vcpus, family, facts.cpuModel().toLowerCase(Locale.ROOT), generation, architecture);
    }

    /** Graviton, AMD or Intel by the letters after the generation; those of a1 are Graviton, too. */
    private static char maker(String series, String attributes) {
        if (series.equals("a") || attributes.startsWith("g")) {
            return 'g';
        }
        return attributes.startsWith("a") ? 'a' : 'i';
    }

    /** vCPUs by AWS's size names: large 2, xlarge 4, Nxlarge 4 N; 1 or 2 below, 96 for bare metal; 0 for other names. */
    static double vcpusByName(String type) {
        String size = type.substring(type.indexOf('.') + 1);
        Matcher large = LARGE.matcher(size);
        if (large.matches()) {
            return large.group(1).isEmpty() ? 4 : 4.0 * Integer.parseInt(large.group(1));
        }
        Matcher metal = METAL.matcher(size);
        if (metal.matches()) {
            return 4.0 * Integer.parseInt(metal.group(1));
        }
        return switch (size) {
            case "nano", "micro", "small", "medium" -> 1;
            case "large" -> 2;
            case "metal" -> 96;
            default -> 0;
        };
    }

    boolean hasSize() {
        return vcpus > 0;
    }
}
