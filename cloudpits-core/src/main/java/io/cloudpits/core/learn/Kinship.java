package io.cloudpits.core.learn;

import io.cloudpits.api.Architecture;
import java.util.function.Function;

/**
 * How near two instance types are, the nearest first, with the relative error of carrying a rate per vCPU from one to the
 * other. The errors are about what published multi-core scores of 800 types show: 7 % within a family and for the same
 * processor, 40 % within a maker's generation, 70 % beyond.
 */
enum Kinship {
    FAMILY(0.10, Traits::family),
    PROCESSOR(0.12, Traits::cpuModel),
    GENERATION(0.35, Traits::generation),
    ARCHITECTURE(
            0.5,
            t -> t.architecture() == Architecture.UNKNOWN
                    ? ""
                    : t.architecture().name()),
    ANY(0.6, t -> "any");

    final double error;
    private final Function<Traits, String> key;

    Kinship(double error, Function<Traits, String> key) {
        this.error = error;
        this.key = key;
    }

    /** What the relatives of this degree have in common; empty if it is not known of the type. */
    String key(Traits type) {
        return key.apply(type);
    }
}
