package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.InstanceTypeFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of throughput, On-Demand prices, interruptions and availability. */
class TypeTableTest {
    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return WrittenFiles.plain(directory, "table.csv", text);
    }

    private void refuses(Path file, ThrowingRead read, String message) {
        assertThatThrownBy(() -> read.read(file))
                .isInstanceOf(MarketFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private interface ThrowingRead {
        Object read(Path file);
    }

    @Test
    void readsThroughputAndWhatIsKnownOfTheTypes() throws IOException {
        TypeTable table = TypeTable.throughput(
                file(
                        """
                instance_type,vcpus,arch,cpu_model,memory_mib,gpu,Score
                c5.large,2,x86_64,Xeon 8124M,4096,0,200
                c6g.large,2,aarch64,,,,300.5
                """),
                "Score",
                0.01);

        assertThat(table.values()).containsExactly(entry("c5.large", 2.0), entry("c6g.large", 3.005));
        assertThat(table.facts().get("c5.large"))
                .isEqualTo(new InstanceTypeFacts("c5.large", 2, 4, Architecture.X86_64, 0, "Xeon 8124M"));
        assertThat(table.facts().get("c6g.large"))
                .isEqualTo(new InstanceTypeFacts("c6g.large", 2, 0, Architecture.ARM64, 0, ""));
    }

    @Test
    void knowsATypeWhoseThroughputIsNotMeasured() throws IOException {
        TypeTable table =
                TypeTable.throughput(file("instance_type,vcpus,speed\na.large,2,\nb.large,4,1\n"), "speed", 1);

        assertThat(table.values()).containsOnlyKeys("b.large");
        assertThat(table.facts().get("a.large").vcpus()).isEqualTo(2);
    }

    @Test
    void readsOnDemandPricesWithTheirOwnColumnOfVcpus() throws IOException {
        TypeTable table =
                TypeTable.onDemand(file("instance_type,ondemand_usd_per_hour,vcpu,memory_gib\nc5.large,0.096,2,4\n"));

        assertThat(table.values()).containsExactly(entry("c5.large", 0.096));
        assertThat(table.facts().get("c5.large").vcpus()).isEqualTo(2);
        assertThat(table.facts().get("c5.large").memoryGib()).isEqualTo(4);
    }

    @Test
    void fillsGapsOfOneTableFromAnother() throws IOException {
        TypeTable speeds = TypeTable.throughput(file("instance_type,vcpus,arch,v\na,0,arm64,1\nb,3,,1\n"), "v", 1);
        TypeTable prices = TypeTable.onDemand(file("instance_type,ondemand_usd_per_hour,vcpu,gpu\na,1,8,1\nb,1,4,0\n"));

        assertThat(speeds.facts("a", prices)).isEqualTo(new InstanceTypeFacts("a", 8, 0, Architecture.ARM64, 1, ""));
        assertThat(speeds.facts("b", prices).vcpus()).isEqualTo(3);
        assertThat(speeds.facts("c", prices)).isEqualTo(InstanceTypeFacts.unknown("c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b,2,x86_64,NaN|line 3: v is \"NaN\"; expected a number",
                "b,2,x86_64,-1|line 3: v is \"-1\"; expected a finite number > 0",
                "b,2,x86_64,0|line 3: v is \"0\"; expected a finite number > 0",
                "b,2,x86_64,Infinity|line 3: v is \"Infinity\"; expected a number",
                "b,2,x86_64,fast|line 3: v is \"fast\"; expected a number",
                "b,2.5,x86_64,1|line 3: vcpus is \"2.5\"; expected a whole number",
                "b,-2,x86_64,1|line 3: vcpus is \"-2\"; expected a finite number >= 0",
                "b,1e12,x86_64,1|line 3: vcpus is \"1e12\"; expected a whole number",
                "b,2,riscv,1|line 3: arch is \"riscv\"; expected x86_64 or aarch64",
                ",2,x86_64,1|line 3: instance_type is \"\"; expected a text",
                "a,2,x86_64,1|line 3: instance_type is \"a\"; expected every type once",
                "b,2,x86_64|line 3: row is \"b,2,x86_64\"; expected 4 cells"
            })
    void namesLineFieldAndValueOfABadRow(String row, String message) throws IOException {
        Path file = file("instance_type,vcpus,arch,v\na,2,x86_64,1\n" + row + "\n");

        refuses(file, f -> TypeTable.throughput(f, "v", 1), message);
    }

    @Test
    void refusesATableWithoutTheColumnOrWithNothingInIt() throws IOException {
        refuses(
                file("instance_type,speed\na,1\n"),
                f -> TypeTable.throughput(f, "score", 1),
                "line 1: header is \"instance_type,speed\"; expected a column score");
        refuses(file("instance_type,v\na,\n"), f -> TypeTable.throughput(f, "v", 1), "column v has no value");
        refuses(file("instance_type,v\n"), f -> TypeTable.throughput(f, "v", 1), "column v has no value");
        refuses(
                file(""),
                TypeTable::onDemand,
                "is empty; expected a header with [instance_type, ondemand_usd_per_hour]");
    }

    /** The middle of a band is interrupted within 730 h: 0.925 of 5-10 % are left then, of >20 % 0.75. */
    @ParameterizedTest
    @CsvSource({"<5%, 0.975", "5-10%, 0.925", "10-15%, 0.875", "15-20%, 0.825", ">20%, 0.75"})
    void turnsMonthlyBandsIntoInterruptionsPerHour(String band, double left) throws IOException {
        Path file = file("instance_type,monthly_interruption_frequency\na.large," + band + "\n");

        double perHour = TypeTable.interruptions(file).getOrDefault("a.large", Double.NaN);

        assertThat(Math.exp(-730 * perHour)).isCloseTo(left, within(1e-12));
    }

    @Test
    void refusesAnUnknownBandAndATypeTwice() throws IOException {
        String header = "instance_type,monthly_interruption_frequency\n";

        refuses(
                file(header + "a,<5%\nb,often\n"),
                TypeTable::interruptions,
                "line 3: monthly_interruption_frequency is \"often\"; expected <5%, 5-10%");
        refuses(
                file(header + "a,<5%\na,>20%\n"),
                TypeTable::interruptions,
                "line 3: instance_type is \"a\"; expected every type once");
    }

    private List<AvailabilityPattern> patterns(String rows) throws IOException {
        return TypeTable.availability(file("pool,from_seconds,to_seconds,capacity\n" + rows));
    }

    private static StepFunction steps(Map<Integer, Double> values) {
        SortedMap<Instant, Double> steps = new TreeMap<>();
        values.forEach((second, value) -> steps.put(Instant.ofEpochSecond(second), value));
        return StepFunction.of(steps);
    }

    @Test
    void readsPatternsToTheirLastSecondInOrderOfName() throws IOException {
        assertThat(patterns("p2,0,10,1\np1,5,10,0\np1,10,40,1\n"))
                .containsExactly(
                        new AvailabilityPattern(steps(Map.of(5, 0.0, 10, 1.0, 40, 0.0)), Duration.ofSeconds(35)),
                        new AvailabilityPattern(steps(Map.of(0, 1.0, 10, 0.0)), Duration.ofSeconds(10)));
    }

    @Test
    void hasNoCapacityAtTimesThatNoRowTellsOf() throws IOException {
        assertThat(patterns("p,0,10,1\np,20,30,1\n"))
                .containsExactly(new AvailabilityPattern(
                        steps(Map.of(0, 1.0, 10, 0.0, 20, 1.0, 30, 0.0)), Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p,5,20,1|line 3: from_seconds is \"5\"; expected times in order that do not overlap",
                "p,20,20,1|line 3: from_seconds is \"20\"; expected times in order",
                "p,20,20.0001,1|line 3: from_seconds is \"20\"; expected times in order",
                "p,-1,20,1|line 3: from_seconds is \"-1\"; expected a finite number >= 0",
                "p,10,NaN,1|line 3: to_seconds is \"NaN\"; expected a number",
                "p,10,,1|line 3: to_seconds is \"\"; expected",
                "p,10,20,2|line 3: capacity is \"2\"; expected 0 or 1",
                "p,10,20,|line 3: capacity is \"\"; expected",
                "p,,20,1|line 3: from_seconds is \"\"; expected",
                ",10,20,1|line 3: pool is \"\"; expected"
            })
    void namesLineFieldAndValueOfABadPattern(String row, String message) throws IOException {
        Path file = file("pool,from_seconds,to_seconds,capacity\np,0,10,1\n" + row + "\n");

        refuses(file, TypeTable::availability, message);
    }

    @Test
    void refusesAFileWithoutPatterns() throws IOException {
        refuses(file("pool,from_seconds,to_seconds,capacity\n"), TypeTable::availability, "has no row");
    }
}
