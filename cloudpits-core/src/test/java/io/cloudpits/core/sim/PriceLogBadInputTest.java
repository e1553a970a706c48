package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad price logs: each error names the file, the line, the field and its value. */
class PriceLogBadInputTest {
    private static final String HEADER = "timestamp,az,instance_type,os,price\n";
    private static final String GOOD = "2026-03-01T00:00:00Z,z1,c5.large,Linux/UNIX,0.04\n";
    private static final String OBJECT =
            """
            {"AvailabilityZone": "z1", "InstanceType": "c5.large", "ProductDescription": "Linux/UNIX",
             "SpotPrice": "0.04", "Timestamp": "2026-03-01T00:00:00Z"}""";

    @TempDir
    private Path directory;

    private void refuses(Path file, String message) {
        assertThatThrownBy(() -> PriceLog.read(file))
                .isInstanceOf(MarketFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    /** Cells in the fourth line, after two good rows; a price that is one row's only fault must not be read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,NaN|price is \"NaN\"; expected a number",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,-0.01|price is \"-0.01\"; expected a finite number > 0",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,0|price is \"0\"; expected a finite number > 0",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,0.000|price is \"0.000\"; expected a finite number > 0",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,Infinity|price is \"Infinity\"; expected a number",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,1e999|price is \"1e999\"; expected a finite number > 0",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,|price is \"\"; expected",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,cheap|price is \"cheap\"; expected a number",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,$0.04|price is \"$0.04\"; expected a number",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,0.04f|price is \"0.04f\"; expected a number",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,0x1p-5|price is \"0x1p-5\"; expected a number",
                ",z1,c5.large,Linux/UNIX,0.04|timestamp is \"\"; expected",
                "2026-03-02T00:00:00,z1,c5.large,Linux/UNIX,0.04|timestamp is \"2026-03-02T00:00:00\"; expected an ISO",
                "2026-02-30T00:00:00Z,z1,c5.large,Linux/UNIX,0.04|timestamp is \"2026-02-30T00:00:00Z\"; expected an ISO",
                "1772323200,z1,c5.large,Linux/UNIX,0.04|timestamp is \"1772323200\"; expected an ISO 8601 time",
                "+999999999-01-01T00:00:00Z,z1,c5.large,Linux/UNIX,1|timestamp is \"+999999999-01-01T00:00:00Z\"",
                "2026-03-02T00:00:00Z,,c5.large,Linux/UNIX,0.04|az is \"\"; expected",
                "2026-03-02T00:00:00Z,z1,  ,Linux/UNIX,0.04|instance_type is \"\"; expected",
                "2026-03-02T00:00:00Z,z1,c5.large,0.04|expected 5 cells as in the header",
                "2026-03-02T00:00:00Z,z1,c5.large,Linux/UNIX,0.04,9|expected 5 cells as in the header",
                "2026-03-01T00:00:00Z,z1,c5.large,Linux/UNIX,0.05|price is \"0.05\"; expected one price per pool and instant",
                "2026-03-01T02:00:00+02:00,z1,c5.large,Linux/UNIX,0.05|price is \"0.05\"; expected one price per pool"
            })
    void namesLineFieldAndValueOfABadRow(String row, String message) throws IOException {
        String text = HEADER + GOOD + GOOD.replace("z1", "z2") + row + "\n" + GOOD.replace("z1", "z3");

        refuses(WrittenFiles.plain(directory, "log.csv", text), "line 4: ");
        refuses(WrittenFiles.plain(directory, "log.csv", text), message);
        refuses(WrittenFiles.gzip(directory, "log.csv.gz", text), message);
        refuses(WrittenFiles.plain(directory, "log.tsv", text.replace(',', '\t')), "line 4: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"0.04\"|\"NaN\"|SpotPrice is \"NaN\"; expected a finite number > 0",
                "\"0.04\"|-1|SpotPrice is \"-1\"; expected a finite number > 0",
                "\"0.04\"|\"0\"|SpotPrice is \"0\"; expected a finite number > 0",
                "\"0.04\"|\"Infinity\"|SpotPrice is \"Infinity\"; expected a finite number > 0",
                "\"0.04\"|\"0.04d\"|SpotPrice is \"0.04d\"; expected a finite number > 0",
                "\"0.04\"|\"\"|SpotPrice is \"\"; expected a value",
                "\"0.04\"|null|SpotPrice is \"\"; expected a value",
                "\"0.04\"|{\"usd\": \"0.04\"}|SpotPrice is \"\"; expected a value",
                "\"SpotPrice\"|\"Price\"|SpotPrice is \"\"; expected a value",
                "\"z1\"|null|AvailabilityZone is \"\"; expected a value",
                "\"c5.large\"|\" \"|InstanceType is \" \"; expected a value",
                "\"2026-03-01T00:00:00Z\"|\"yesterday\"|Timestamp is \"yesterday\"; expected an ISO 8601 time",
                "\"2026-03-01T00:00:00Z\"|1772323200|Timestamp is \"1772323200\"; expected an ISO 8601 time",
                "\"0.04\"|\"0.05\"|SpotPrice is \"0.05\"; expected one price per pool and instant"
            })
    void namesLineFieldAndValueOfABadJsonObject(String good, String bad, String message) throws IOException {
        String text = "{\"SpotPriceHistory\": [\n" + OBJECT + ",\n" + OBJECT.replace(good, bad) + "]}";

        refuses(WrittenFiles.plain(directory, "log.json", text), "line 4: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|SpotPriceHistory is \"5\"; expected an array of objects",
                "null|SpotPriceHistory is \"null\"; expected an array of objects",
                "[]|SpotPriceHistory is \"[\"; expected an array of objects"
            })
    void readsNoHalfOfAnArrayThatHoldsSomethingElse(String element, String message) throws IOException {
        String text = "{\"SpotPriceHistory\": [\n" + OBJECT + ",\n" + element + ",\n" + OBJECT + "]}";

        refuses(WrittenFiles.plain(directory, "log.json", text), "line 4: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SpotPriceHistory\": [\n OBJECT",
                "{\"SpotPriceHistory\": [\n OBJECT,",
                "{\"SpotPriceHistory\": [\n OBJECT]",
                "{\"SpotPriceHistory\": [\n OBJECT OBJECT]}",
                "{\"SpotPriceHistory\": [\n OBJECT]}}",
                "{\"SpotPriceHistory\": [\n {\"SpotPrice\": NaN}]}",
                "{\"SpotPriceHistory\": [\n {\"SpotPrice\": \"0.0"
            })
    void namesLineAndColumnOfBrokenJson(String text) throws IOException {
        Path file = WrittenFiles.plain(directory, "log.json", text.replace("OBJECT", OBJECT));

        assertThatThrownBy(() -> PriceLog.read(file))
                .isInstanceOf(MarketFileException.class)
                .hasMessageMatching("(?s)\\Q" + file + "\\E: line [23], column \\d+: .+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"SpotPriceHistory\": {}}", "{\"Error\": [{\"SpotPrice\": \"1\"}]}"})
    void refusesJsonWithoutAPriceHistory(String text) throws IOException {
        refuses(WrittenFiles.plain(directory, "log.json", text), "has no array SpotPriceHistory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,az,instance_type,price|line 1: header is \"time,az,instance_type,price\"; expected a column timestamp",
                "timestamp,az,price|line 1: header is \"timestamp,az,price\"; expected a column instance_type",
                "timestamp,az,instance_type,usd|expected a column price",
                "timestamp,az,instance_type,price,price|line 1: header is \"price\"; expected every column once",
                "timestamp;az;instance_type;price|line 1: header is \"timestamp;az;instance_type;price\"; expected a column",
                "2026-03-01T00:00:00Z,z1,c5.large,0.04|line 1: header is \"2026-03-01T00:00:00Z,z1,c5.large,0.04\""
            })
    void namesTheColumnThatIsMissing(String header, String message) throws IOException {
        refuses(WrittenFiles.plain(directory, "log.csv", header + "\n" + GOOD), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n"})
    void refusesAnEmptyFile(String text) throws IOException {
        refuses(
                WrittenFiles.plain(directory, "log.csv", text),
                "is empty; expected a header with [timestamp, az, instance_type, price]");
        refuses(WrittenFiles.gzip(directory, "log.csv.gz", text), "is empty; expected a header");
    }

    @Test
    void refusesALogWithoutAnyLinuxPrice() throws IOException {
        refuses(WrittenFiles.plain(directory, "a", HEADER), "has no Linux price");
        refuses(
                WrittenFiles.plain(directory, "b", HEADER + GOOD.replace("Linux/UNIX", "Windows")),
                "has no Linux price");
        refuses(WrittenFiles.plain(directory, "c", "{\"SpotPriceHistory\": []}"), "has no Linux price");
    }

    @Test
    void refusesAGzipThatIsCutOffAnywhere() throws IOException {
        String table = HEADER + GOOD.repeat(200);
        String json = "{\"SpotPriceHistory\": [" + OBJECT + "]}";
        for (int missing : new int[] {1, 8, 9, 30, 60}) {
            refuses(WrittenFiles.cutGzip(directory, "t.gz", table, missing), "the gzip is cut off or damaged");
            refuses(WrittenFiles.cutGzip(directory, "j.gz", json, missing), "the gzip is cut off or damaged");
        }
    }

    @Test
    void refusesAGzipWhoseBytesHaveChanged() throws IOException {
        Path file = WrittenFiles.gzip(directory, "t.gz", HEADER + GOOD);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 6] ^= 1; // in the checksum
        Files.write(file, bytes);

        refuses(file, "the gzip is cut off or damaged");
    }

    @Test
    void saysThatThereIsNoSuchFileOrThatItIsNone() throws IOException {
        refuses(directory.resolve("none.csv"), "there is no such file");
        refuses(Files.createDirectory(directory.resolve("folder")), "cannot be read");
    }

    @Test
    void isAnIllegalArgumentToCallers() {
        assertThat(MarketFileException.class.getSuperclass()).isEqualTo(IllegalArgumentException.class);
    }
}
