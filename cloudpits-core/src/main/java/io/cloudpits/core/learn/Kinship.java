package io.cloudpits.core.learn;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.InstanceTypeFacts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How near two instance types are, the nearest first, with the error of carrying a rate per vCPU from one to the other. */
enum Kinship {
    FAMILY(0.10),
    GENERATION(0.25),
    ARCHITECTURE(0.35),
    NONE(0.45);

    private static final Pattern SIZE = Pattern.compile(".*\\.(\\d*)x?large");
    private static final Pattern GENERATION_NUMBER = Pattern.compile("[a-z]+(\\d+).*");

    final double error;

    Kinship(double error) {
        this.error = error;
    }

    static Kinship of(InstanceTypeFacts a, InstanceTypeFacts b) {
        if (a.family().equals(b.family())) {
            return FAMILY;
        }
        boolean known = a.architecture() != Architecture.UNKNOWN && b.architecture() != Architecture.UNKNOWN;
        boolean same = known ? a.architecture() == b.architecture() : graviton(a) == graviton(b);
        if (!same) {
            return NONE;
        }
        return generation(a).equals(generation(b)) ? GENERATION : ARCHITECTURE;
    }

    private static boolean graviton(InstanceTypeFacts type) {
        return type.family().matches("[a-z]+\\d+g.*|a1");
    }

    private static String generation(InstanceTypeFacts type) {
        Matcher number = GENERATION_NUMBER.matcher(type.family());
        return number.matches() ? number.group(1) : "";
    }

    /** vCPUs by AWS's size names: large 2, xlarge 4, Nxlarge 4 N; 1 for smaller ones, 96 for bare metal. */
    static double vcpusByName(String type) {
        Matcher size = SIZE.matcher(type);
        if (size.matches()) {
            boolean extra = type.endsWith("xlarge");
            int times = size.group(1).isEmpty() ? 1 : Integer.parseInt(size.group(1));
            return extra ? 4.0 * times : 2;
        }
        return type.endsWith("metal") ? 96 : 1;
    }
}
