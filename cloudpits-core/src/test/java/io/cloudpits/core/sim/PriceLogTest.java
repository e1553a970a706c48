package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudpits.api.CapacityPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceLogTest {
    private static final String HEADER = "timestamp\tregion\taz\tinstance_type\tos\tprice";
    private static final String GOOD =
            row("2019-02-15T00:00:00.000Z", "us-east-1a", "c5.large", "Linux/UNIX", "0.0335");
    private static final List<String> ROWS = List.of(
            GOOD,
            row("2019-02-15T06:30:00.000Z", "us-east-1a", "c5.large", "Linux/UNIX", "0.0340"),
            row("2019-02-15T01:00:00.000Z", "us-east-1b", "c5.large", "Linux/UNIX", "0.0310"),
            row("2019-02-15T01:00:00.000Z", "us-east-1b", "c5.large", "Windows", "0.1310"));

    @TempDir
    private Path folder;

    private static String row(String timestamp, String zone, String type, String os, String price) {
        return String.join("\t", timestamp, "us-east-1", zone, type, os, price);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path tsv(List<String> rows) throws IOException {
        return write("prices.tsv", HEADER + "\n" + String.join("\n", rows) + "\n");
    }

    private Path gzip(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), gzip(text));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String json() {
        return Stream.of(
                        entry("2019-02-15T06:30:00+00:00", "us-east-1a", "Linux/UNIX", "0.034000"),
                        entry("2019-02-15T01:00:00+00:00", "us-east-1b", "Linux/UNIX", "0.031000"),
                        entry("2019-02-15T01:00:00+00:00", "us-east-1b", "Windows", "0.131000"),
                        entry("2019-02-15T00:00:00+00:00", "us-east-1a", "Linux/UNIX", "0.033500"))
                .collect(Collectors.joining(",\n", "{\n    \"SpotPriceHistory\": [\n", "\n    ]\n}\n"));
    }

    private static String entry(String at, String zone, String product, String price) {
        return """
                        {
                            "AvailabilityZone": "%s",
                            "InstanceType": "c5.large",
                            "ProductDescription": "%s",
                            "SpotPrice": "%s",
                            "Timestamp": "%s"
                        }"""
                .formatted(zone, product, price, at);
    }

    private static void assertIsTheLog(PriceLog log) {
        StepFunction a = log.pools().get(CapacityPool.spot("c5.large", "us-east-1a"));
        StepFunction b = log.pools().get(CapacityPool.spot("c5.large", "us-east-1b"));
        assertThat(log.pools()).hasSize(2);
        assertThat(a.size()).isEqualTo(2);
        assertThat(a.at(Instant.parse("2019-02-14T23:59:59Z"))).isEmpty();
        assertThat(a.at(Instant.parse("2019-02-15T00:00:00Z"))).hasValue(0.0335);
        assertThat(a.at(Instant.parse("2019-02-15T06:29:59Z"))).hasValue(0.0335);
        assertThat(a.at(Instant.parse("2019-02-15T06:30:00Z"))).hasValue(0.034);
        assertThat(a.at(Instant.parse("2020-01-01T00:00:00Z"))).hasValue(0.034);
        assertThat(b.at(Instant.parse("2019-02-15T01:00:00Z"))).hasValue(0.031);
    }

    @Test
    void theSeedsTabSeparatedLogIsRead() throws IOException {
        assertIsTheLog(PriceLog.read(tsv(ROWS)));
    }

    @Test
    void commaSeparatedColumnsMayComeInAnyOrderAndWithoutRegionAndSystem() throws IOException {
        assertIsTheLog(
                PriceLog.read(
                        write(
                                "prices.csv",
                                """
                price,instance_type,az,timestamp
                0.0335,c5.large,us-east-1a,2019-02-15T00:00:00Z
                0.0340,c5.large,us-east-1a,2019-02-15T06:30:00Z
                0.0310,c5.large,us-east-1b,2019-02-15T01:00:00Z
                """)));
    }

    @Test
    void theJsonOfTheAwsCommandLineIsRead() throws IOException {
        assertIsTheLog(PriceLog.read(write("prices.json", json())));
    }

    @Test
    void aGzipOfAnyOfThemIsReadWhateverItsName() throws IOException {
        String text = HEADER + "\r\n" + String.join("\r\n", ROWS) + "\r\n";
        assertIsTheLog(PriceLog.read(gzip("prices.tsv.gz", text)));
        assertIsTheLog(PriceLog.read(gzip("prices.csv.gz", text.replace('\t', ','))));
        assertIsTheLog(PriceLog.read(gzip("prices", json())));
    }

    @Test
    void rowsNeedNotBeSorted() throws IOException {
        assertIsTheLog(PriceLog.read(tsv(List.of(ROWS.get(1), ROWS.get(3), ROWS.get(2), ROWS.get(0)))));
    }

    @Test
    void aRowThatIsRepeatedChangesNothing() throws IOException {
        assertIsTheLog(
                PriceLog.read(tsv(Stream.concat(ROWS.stream(), ROWS.stream()).toList())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-02-15T00:00:00Z",
                "2019-02-15T01:00:00+01:00",
                "2019-02-14T19:00:00.000-05:00",
                "2019-02-15T05:30:00.000000+05:30"
            })
    void theSameInstantInAnyTimeZoneIsTheSame(String timestamp) throws IOException {
        PriceLog log = PriceLog.read(tsv(List.of(row(timestamp, "us-east-1a", "c5.large", "Linux/UNIX", "0.0335"))));

        StepFunction price = log.pools().get(CapacityPool.spot("c5.large", "us-east-1a"));
        assertThat(price.instant(0)).isEqualTo(Instant.parse("2019-02-15T00:00:00Z"));
    }

    static Stream<Arguments> badRows() {
        String t = "2019-02-15T00:00:00.000Z";
        String a = "us-east-1a";
        return Stream.of(
                bad(row(t, a, "c5.large", "Linux/UNIX", "NaN"), "price", "NaN"),
                bad(row(t, a, "c5.large", "Linux/UNIX", "-0.1"), "price", "-0.1"),
                bad(row(t, a, "c5.large", "Linux/UNIX", "0"), "price", "0"),
                bad(row(t, a, "c5.large", "Linux/UNIX", "Infinity"), "price", "Infinity"),
                bad(row(t, a, "c5.large", "Linux/UNIX", "1e999"), "price", "1e999"),
                bad(row(t, a, "c5.large", "Linux/UNIX", "cheap"), "price", "cheap"),
                bad(row(t, a, "c5.large", "Linux/UNIX", ""), "price", ""),
                bad(row(t, a, "", "Linux/UNIX", "0.1"), "instance_type", ""),
                bad(row(t, "", "c5.large", "Linux/UNIX", "0.1"), "az", ""),
                bad(row("", a, "c5.large", "Linux/UNIX", "0.1"), "timestamp", ""),
                bad(row("yesterday", a, "c5.large", "Linux/UNIX", "0.1"), "timestamp", "yesterday"),
                bad(row("2019-02-15T00:00:00", a, "c5.large", "Linux/UNIX", "0.1"), "timestamp", "2019-02-15T00:00:00"),
                bad(
                        row("2019-02-30T00:00:00Z", a, "c5.large", "Linux/UNIX", "0.1"),
                        "timestamp",
                        "2019-02-30T00:00:00Z"),
                bad(row(t, a, "c5.large", "Linux/UNIX", "0.0336"), "price", "0.0336"), // another price at this instant
                bad("2019-02-15T00:00:00.000Z\tus-east-1", "row", "2019-02-15T00:00:00.000Z,us-east-1"));
    }

    private static Arguments bad(String row, String field, String value) {
        return Arguments.of(row, field, value);
    }

    @ParameterizedTest(name = "{1} \"{2}\"")
    @MethodSource("badRows")
    void aBadRowIsAnErrorWithFileLineFieldAndValue(String row, String field, String value) throws IOException {
        Path file = tsv(List.of(GOOD, row, ROWS.get(1)));

        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(file))
                .withMessageStartingWith(file + ", line 3: " + field + " is \"" + value + "\"; expected ");
    }

    @Test
    void aHeaderWithoutAColumnIsAnErrorThatNamesIt() throws IOException {
        Path file = write("prices.csv", "timestamp,zone,instance_type,price\n");

        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(file))
                .withMessage(file + ", line 1: header is \"timestamp,zone,instance_type,price\"; expected a column az");
    }

    @Test
    void aColumnThatComesTwiceIsAnErrorThatNamesIt() throws IOException {
        Path file = write("prices.csv", "timestamp,az,az,instance_type,price\n");

        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(file))
                .withMessage(file + ", line 1: header is \"az\"; expected every column once");
    }

    @Test
    void filesWithoutContentAreErrorsThatSaySo() throws IOException {
        assertFails(write("empty.tsv", ""), "is empty");
        assertFails(write("blank.tsv", "\n"), "is empty");
        assertFails(write("header.tsv", HEADER + "\n"), "has no Linux price");
        assertFails(write("windows.tsv", HEADER + "\n" + ROWS.get(3) + "\n"), "has no Linux price");
        assertFails(write("none.json", "{\"SpotPriceHistory\": []}"), "has no Linux price");
        assertFails(write("other.json", "{\"Prices\": []}"), "has no array SpotPriceHistory");
        assertFails(folder.resolve("missing.tsv"), "there is no such file");
    }

    private static void assertFails(Path file, String problem) {
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(file))
                .withMessageStartingWith(file + ": " + problem);
    }

    @Test
    void aGzipThatIsCutOffIsAnErrorWhereverItIsCut() throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (int i = 0; i < 500; i++) {
            text.append(row("2019-02-15T00:00:00Z", "zone-" + i, "c5.large", "Linux/UNIX", "0." + (1000 + 7 * i)))
                    .append('\n');
        }
        byte[] whole = gzip(text.toString());
        for (int length = 3; length < whole.length; length += 97) {
            Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, length));

            assertThatExceptionOfType(MarketFileException.class)
                    .as("cut at %d of %d bytes", length, whole.length)
                    .isThrownBy(() -> PriceLog.read(file))
                    .withMessageContaining("cut.gz");
        }
    }

    @Test
    void badJsonIsAnErrorWithLineFieldAndValue() throws IOException {
        Path negative = write("negative.json", json().replace("0.031000", "-1"));
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(negative))
                .withMessageMatching(".*negative.json, line \\d+: SpotPrice is \"-1\"; expected a finite number > 0");

        Path undated = write("undated.json", json().replace("2019-02-15T01:00:00+00:00", "noon"));
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(undated))
                .withMessageMatching(".*line \\d+: Timestamp is \"noon\"; expected an ISO 8601 time with a zone");

        Path nameless = write("nameless.json", json().replace("\"InstanceType\": \"c5.large\",", ""));
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(nameless))
                .withMessageMatching(".*line \\d+: InstanceType is \"\"; expected a value");

        Path cut = write("cut.json", json().substring(0, 300));
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> PriceLog.read(cut))
                .withMessageContaining("cut.json");
    }
}
