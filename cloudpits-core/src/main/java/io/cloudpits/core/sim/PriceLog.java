package io.cloudpits.core.sim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudpits.api.CapacityPool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spot prices over time. Read from
 *
 * <ul>
 *   <li>the seed's tab-separated log or a comma-separated one, with the columns {@code timestamp}, {@code az}, {@code
 *       instance_type}, {@code price} and, if wanted, {@code region} and {@code os} in any order;
 *   <li>the JSON that {@code aws ec2 describe-spot-price-history} prints;
 *   <li>a gzip of any of them.
 * </ul>
 *
 * Only Linux prices count. Timestamps carry a zone; rows need not be sorted; a row may be repeated, but one pool cannot have
 * two prices at one instant. Nothing is half-read: the first error ends the reading with a {@link MarketFileException}.
 *
 * @param pools the price of each Spot pool
 */
public record PriceLog(SortedMap<CapacityPool, StepFunction> pools) {
    private static final List<String> COLUMNS = List.of("timestamp", "az", "instance_type", "price");

    public PriceLog {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    }

    /**
     * Reads a file.
     *
     * @throws MarketFileException if anything in it is not as it should be
     */
    public static PriceLog read(Path file) {
        var collector = new Collector(file);
        if (isJson(file)) {
            readJson(file, collector);
        } else {
            TableFile.read(file, COLUMNS, row -> {
                if (collector.isLinux(row.optional("os").orElse("Linux/UNIX"))) {
                    double price = row.positive("price");
                    Instant at = instant(row, row.text("timestamp"));
                    boolean fits = collector.add(row.text("instance_type"), row.text("az"), at, price);
                    if (!fits) {
                        throw row.bad("price", row.text("price"), "one price per pool and instant");
                    }
                }
            });
        }
        return collector.log();
    }

    private static Instant instant(TableFile.Row row, String text) {
        try {
            return instant(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw row.bad("timestamp", text, "an ISO 8601 time with a zone, such as 2019-02-15T00:00:00.000Z");
        }
    }

    /** Whole milliseconds, as exact as prices over time are. */
    private static Instant instant(String text) {
        return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    }

    private static boolean isJson(Path file) {
        try (InputStream in = TableFile.open(file)) {
            int c = in.read();
            while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                c = in.read();
            }
            return c == '{' || c == '[';
        } catch (IOException e) {
            throw TableFile.failure(file, e);
        }
    }

    private static void readJson(Path file, Collector collector) {
        try (InputStream in = TableFile.open(file);
                JsonParser parser = new JsonFactory().createParser(in)) {
            boolean found = false;
            for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
                if (t == JsonToken.START_ARRAY && "SpotPriceHistory".equals(parser.currentName())) {
                    found = true;
                    readArray(file, parser, collector);
                }
            }
            if (!found) {
                throw new MarketFileException(file, "has no array SpotPriceHistory");
            }
        } catch (JsonParseException e) {
            var at = e.getLocation();
            throw new MarketFileException(
                    file, "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw TableFile.failure(file, e);
        }
    }

    private static void readArray(Path file, JsonParser parser, Collector collector) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long line = parser.currentLocation().getLineNr();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new MarketFileException(
                        file, line, "SpotPriceHistory", String.valueOf(parser.getText()), "an array of objects");
            }
            Map<String, String> fields = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value != null && value.isScalarValue()) {
                    fields.put(name, value == JsonToken.VALUE_NULL ? "" : String.valueOf(parser.getText()));
                }
                parser.skipChildren();
            }
            if (collector.isLinux(fields.getOrDefault("ProductDescription", "Linux/UNIX"))) {
                double price = jsonPrice(file, line, field(file, line, fields, "SpotPrice"));
                Instant at = jsonInstant(file, line, field(file, line, fields, "Timestamp"));
                String type = field(file, line, fields, "InstanceType");
                if (!collector.add(type, field(file, line, fields, "AvailabilityZone"), at, price)) {
                    throw new MarketFileException(
                            file, line, "SpotPrice", fields.get("SpotPrice") + "", "one price per pool and instant");
                }
            }
        }
    }

    private static String field(Path file, long line, Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new MarketFileException(file, line, name, value, "a value");
        }
        return value;
    }

    private static double jsonPrice(Path file, long line, String text) {
        try {
            double price = TableFile.decimal(text);
            if (price > 0 && !Double.isInfinite(price)) {
                return price;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new MarketFileException(file, line, "SpotPrice", text, "a finite number > 0");
    }

    private static Instant jsonInstant(Path file, long line, String text) {
        try {
            return instant(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new MarketFileException(file, line, "Timestamp", text, "an ISO 8601 time with a zone");
        }
    }

    /** Gathers prices until the whole file is read. */
    private static final class Collector {
        private final Path file;
        private final Map<CapacityPool, TreeMap<Instant, Double>> steps = new HashMap<>();

        Collector(Path file) {
            this.file = file;
        }

        boolean isLinux(String product) {
            return product.equals("Linux/UNIX") || product.equals("Linux/UNIX (Amazon VPC)");
        }

        /** False where the pool already has another price at this instant. */
        boolean add(String type, String zone, Instant at, double usd) {
            Double before = steps.computeIfAbsent(CapacityPool.spot(type, zone), p -> new TreeMap<>())
                    .putIfAbsent(at, usd);
            return before == null || before == usd;
        }

        PriceLog log() {
            if (steps.isEmpty()) {
                throw new MarketFileException(file, "has no Linux price");
            }
            SortedMap<CapacityPool, StepFunction> pools = new TreeMap<>();
            steps.forEach((pool, prices) -> pools.put(pool, StepFunction.of(prices)));
            return new PriceLog(pools);
        }
    }
}
