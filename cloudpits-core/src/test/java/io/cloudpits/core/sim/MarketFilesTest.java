package io.cloudpits.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Architecture;
import io.cloudpits.api.CapacityPool;
import io.cloudpits.api.PurchaseOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketFilesTest {
    private static final CapacityPool POOL = CapacityPool.spot("c5.large", "a");

    @TempDir
    private Path folder;

    private Path prices;
    private Path speeds;

    @BeforeEach
    void write() throws IOException {
        prices = write(
                "prices.csv",
                """
                timestamp,az,instance_type,price
                2026-03-01T00:00:00Z,a,c5.large,0.04
                2026-03-01T02:00:00Z,a,c5.large,0.05
                2026-03-01T00:00:00Z,a,c6g.large,0.03
                2026-03-01T00:00:00Z,a,m5.large,0.06
                """);
        speeds = write(
                "speeds.csv",
                """
                instance_type,vcpus,arch,memory_gib,speed
                c5.large,2,x86_64,4,1000
                c6g.large,2,aarch64,4,1200
                m5.large,2,x86_64,8,
                r5.large,2,x86_64,16,900
                """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private MarketFiles files() {
        return new MarketFiles(prices, speeds, "speed", 0.001);
    }

    @Test
    void putsPricesAndThroughputTogether() {
        Market market = files().read();

        assertThat(market.pools()).hasSize(3);
        assertThat(market.tasksPerSecond().get("c6g.large")).isCloseTo(1.2, within(1e-12));
        assertThat(market.types().get("c6g.large").architecture()).isEqualTo(Architecture.ARM64);
        assertThat(market.types().get("m5.large").memoryGib()).isEqualTo(8);
        assertThat(market.pools().get(POOL).ceilingUsdPerHour()).isEqualTo(0.05);
    }

    @Test
    void anEmptyCellIsATypeWhoseThroughputIsUnknownAndIsSaid() {
        MarketFiles files = files();
        Market market = files.read();

        assertThat(market.tasksPerSecond()).doesNotContainKey("m5.large");
        assertThat(files.warnings()).contains("throughput of 1 of 3 priced types is unknown");
    }

    @Test
    void unknownVcpusCountAsNoneAndAreSaid() throws IOException {
        speeds = write("speeds.csv", "instance_type,speed\nc5.large,1000\n");
        MarketFiles files = files();

        assertThat(files.read().types().get("c5.large").vcpus()).isZero();
        assertThat(files.warnings()).contains("vCPUs of 3 types are unknown and count as 0");
    }

    @Test
    void onDemandPricesAreCeilingsAndPoolsIfWanted() throws IOException {
        Path onDemand = write("od.csv", "instance_type,ondemand_usd_per_hour\nc5.large,0.096\nc6g.large,0.02\n");
        MarketFiles files = files().onDemand(onDemand, true);
        Market market = files.read();

        assertThat(market.pools().get(POOL).ceilingUsdPerHour()).isEqualTo(0.096);
        assertThat(market.pools().get(CapacityPool.spot("c6g.large", "a")).ceilingUsdPerHour())
                .isEqualTo(0.03);
        assertThat(files.warnings()).anyMatch(w -> w.contains("dearer on Spot than On-Demand"));
        PoolMarket own = market.pools().get(new CapacityPool("c5.large", "a", PurchaseOption.ON_DEMAND));
        assertThat(own.usdPerHour().at(Instant.parse("2026-03-01T09:00:00Z"))).hasValue(0.096);
        assertThat(market.pools()).hasSize(5);
    }

    /** 5-10 % a month: 7.5 % in 730 h, so -ln(0.925)/730 = 1.068e-4 per hour. */
    @Test
    void monthlyInterruptionBandsBecomeHourlyRates() throws IOException {
        Path bands =
                write("bands.csv", "instance_type,monthly_interruption_frequency\nc5.large,5-10%\nc6g.large,<5%\n");
        Market market = files().interruptions(bands).read();

        assertThat(market.pools().get(POOL).interruptionsPerHour()).isCloseTo(1.068e-4, within(1e-7));
        assertThat(market.pools().get(CapacityPool.spot("m5.large", "a")).interruptionsPerHour())
                .isZero();
    }

    @Test
    void availabilityPatternsRepeatForEveryPool() throws IOException {
        Path patterns = write(
                "av.csv",
                """
                pool,from_seconds,to_seconds,capacity
                p,0,3600,1
                p,3600,5400,0
                p,5400,7200,1
                """);
        Market market = files().availability(patterns).capacity(3, 3).seed(4).read();

        StepFunction capacity = market.pools().get(POOL).capacity();
        int held = 0;
        for (int minute = 0; minute < 6000; minute++) {
            double value = capacity.at(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(60L * minute))
                    .orElse(-1);
            assertThat(value).isIn(0.0, 3.0);
            held += value > 0 ? 1 : 0;
        }
        assertThat(held / 6000.0).isBetween(0.6, 0.8); // 5400 s of 7200 s, or 3600 s of 5400 s
        assertThat(files().availability(patterns).seed(4).read().pools())
                .usingRecursiveComparison()
                .isEqualTo(files().availability(patterns).seed(4).read().pools());
    }

    @ParameterizedTest
    @CsvSource({
        "'c5.large,2,x86_64,4,NaN', speed, NaN",
        "'c5.large,2,x86_64,4,-5', speed, -5",
        "'c5.large,2,x86_64,4,0', speed, 0",
        "'c5.large,2,x86_64,4,Infinity', speed, Infinity",
        "'c5.large,2,x86_64,4,fast', speed, fast",
        "'c5.large,-2,x86_64,4,9', vcpus, -2",
        "'c5.large,2.5,x86_64,4,9', vcpus, 2.5",
        "'c5.large,2,sparc,4,9', arch, sparc",
        "'c5.large,2,x86_64,many,9', memory_gib, many",
        "',2,x86_64,4,9', instance_type, ''",
        "'c6g.large,2,x86_64,4,9', instance_type, c6g.large"
    })
    void aBadCellIsAnErrorWithFileLineFieldAndValue(String row, String field, String value) throws IOException {
        speeds = write("speeds.csv", "instance_type,vcpus,arch,memory_gib,speed\nc6g.large,2,arm64,4,9\n" + row + "\n");

        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> files().read())
                .withMessageStartingWith(speeds + ", line 3: " + field + " is \"" + value + "\"; expected ");
    }

    @Test
    void aThroughputColumnThatDoesNotExistIsAnErrorThatNamesIt() {
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> new MarketFiles(prices, speeds, "flops", 1).read())
                .withMessageContaining("expected a column flops");
    }

    @Test
    void tablesThatHaveNoPricedTypeOrNoValueAreErrors() throws IOException {
        speeds = write("speeds.csv", "instance_type,speed\nr5.large,10\n");
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> files().read())
                .withMessageContaining("has no type of the price log");

        speeds = write("speeds.csv", "instance_type,speed\nc5.large,\n");
        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> files().read())
                .withMessageContaining("column speed has no value");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAScaleThatIsNone(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarketFiles(prices, speeds, "speed", scale))
                .withMessageContaining("throughput scale")
                .withMessageContaining(String.valueOf(scale));
    }

    @ParameterizedTest
    @CsvSource({
        "'p,0,3600,2', capacity, 2",
        "'p,100,50,1', from_seconds, 100",
        "'p,-5,50,1', from_seconds, -5",
        "'p,0,NaN,1', to_seconds, NaN",
        "'p,0,Infinity,1', to_seconds, Infinity"
    })
    void aBadAvailabilityIsAnErrorWithFieldAndValue(String row, String field, String value) throws IOException {
        Path patterns = write("av.csv", "pool,from_seconds,to_seconds,capacity\n" + row + "\n");

        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> files().availability(patterns).read())
                .withMessageStartingWith(patterns + ", line 2: " + field + " is \"" + value + "\"");
    }

    @Test
    void aBadBandIsAnErrorWithFieldAndValue() throws IOException {
        Path bands = write("bands.csv", "instance_type,monthly_interruption_frequency\nc5.large,often\n");

        assertThatExceptionOfType(MarketFileException.class)
                .isThrownBy(() -> files().interruptions(bands).read())
                .withMessageContaining("monthly_interruption_frequency is \"often\"");
    }
}
