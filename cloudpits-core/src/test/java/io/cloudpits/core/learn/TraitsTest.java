package io.cloudpits.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.InstanceTypeFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitsTest {
    @ParameterizedTest
    @CsvSource({
        "c5.large, 2",
        "c5.xlarge, 4",
        "c5.18xlarge, 72",
        "a1.medium, 1",
        "c5.metal, 96",
        "m7i.metal-24xl, 96",
        "t3.micro, 1",
        "our-own-box, 0",
        "x.large-ish, 0"
    })
    void readsVcpusFromTheSizeName(String type, double vcpus) {
        assertThat(Traits.of(InstanceTypeFacts.unknown(type)).vcpus()).isEqualTo(vcpus);
    }

    @ParameterizedTest
    @CsvSource({
        "c5.large, X86_64-i-5", "c5a.large, X86_64-a-5", "c5d.large, X86_64-i-5", "c6g.large, ARM64-g-6",
        "c6gn.large, ARM64-g-6", "a1.large, ARM64-g-1", "g4dn.xlarge, X86_64-i-4", "our-own-box, ''"
    })
    void readsMakerAndGenerationFromTheFamilyName(String type, String generation) {
        assertThat(Traits.of(InstanceTypeFacts.unknown(type)).generation()).isEqualTo(generation);
    }

    @ParameterizedTest
    @CsvSource({"m6g.large, ARM64", "m6i.large, X86_64", "our-own-box, UNKNOWN"})
    void readsTheArchitectureFromTheNameWhereTheCatalogDoesNotTell(String type, Architecture architecture) {
        assertThat(Traits.of(InstanceTypeFacts.unknown(type)).architecture()).isEqualTo(architecture);
    }
}
