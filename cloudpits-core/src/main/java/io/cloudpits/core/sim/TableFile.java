package io.cloudpits.core.sim;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads tables with a header: comma or tab separated, plain or gzip, told apart by content. */
final class TableFile {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path file;
    private Map<String, Integer> columns = Map.of();

    private TableFile(Path file) {
        this.file = file;
    }

    /** Opens a file for reading text, unpacked if it is a gzip. */
    static InputStream open(Path file) throws IOException {
        var raw = new BufferedInputStream(Files.newInputStream(file));
        raw.mark(2);
        boolean packed = raw.read() == GZIP_FIRST && raw.read() == GZIP_SECOND;
        raw.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw;
    }

    /** Hands every row after the header to a consumer. */
    static void read(Path file, List<String> required, Consumer<Row> rows) {
        new TableFile(file).read(required, rows);
    }

    private void read(List<String> required, Consumer<Row> rows) {
        try (var reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8), 1 << 16)) {
            reader.mark(1 << 16);
            String header = reader.readLine();
            if (header == null || header.isBlank()) {
                throw new MarketFileException(file, "is empty; expected a header with " + required);
            }
            reader.reset();
            char separator = header.indexOf('\t') >= 0 ? '\t' : ',';
            // counts of cells are checked by row(), which says what is wrong
            var csv = CsvReader.builder()
                    .fieldSeparator(separator)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(reader);
            var records = csv.iterator();
            header(records.next(), required);
            while (records.hasNext()) {
                rows.accept(row(records.next()));
            }
        } catch (IOException e) {
            throw failure(e);
        } catch (UncheckedIOException | CsvParseException e) {
            throw e.getCause() instanceof IOException io
                    ? failure(io)
                    : new MarketFileException(file, "is no table: " + e.getMessage(), e);
        }
    }

    private MarketFileException failure(IOException e) {
        return failure(file, e);
    }

    static MarketFileException failure(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new MarketFileException(file, "there is no such file", e);
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return new MarketFileException(file, "the gzip is cut off or damaged: " + e.getMessage(), e);
        }
        return new MarketFileException(file, "cannot be read: " + e.getMessage(), e);
    }

    /** A decimal number, without the forms that only Java writes: {@code NaN}, {@code 1f}, {@code 0x1p0}. */
    static double decimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789.+-eE".indexOf(text.charAt(i)) < 0) {
                throw new NumberFormatException(text);
            }
        }
        return Double.parseDouble(text);
    }

    private void header(CsvRecord record, List<String> required) {
        columns = new HashMap<>();
        for (int i = 0; i < record.getFieldCount(); i++) {
            String name = record.getField(i).strip().replace("\uFEFF", "").toLowerCase(Locale.ROOT);
            if (columns.put(name, i) != null) {
                throw new MarketFileException(file, 1, "header", name, "every column once");
            }
        }
        for (String name : required) {
            if (!columns.containsKey(name)) {
                throw new MarketFileException(
                        file, 1, "header", String.join(",", record.getFields()), "a column " + name);
            }
        }
    }

    private Row row(CsvRecord record) {
        if (record.getFieldCount() != columns.size()) {
            throw new MarketFileException(
                    file,
                    record.getStartingLineNumber(),
                    "row",
                    String.join(",", record.getFields()),
                    columns.size() + " cells as in the header");
        }
        return new Row(record);
    }

    /** One row of a table. */
    final class Row {
        private final CsvRecord cells;

        private Row(CsvRecord cells) {
            this.cells = cells;
        }

        boolean has(String column) {
            return columns.containsKey(column);
        }

        /** A cell's text; empty where there is no such column or nothing in it. */
        Optional<String> optional(String column) {
            Integer index = columns.get(column);
            return index == null
                    ? Optional.empty()
                    : Optional.of(cells.getField(index).strip()).filter(cell -> !cell.isEmpty());
        }

        String text(String column) {
            return optional(column).orElseThrow(() -> bad(column, "", "a text"));
        }

        /** A cell's number, above 0. */
        double positive(String column) {
            double value = number(column, text(column));
            if (!(value > 0) || Double.isInfinite(value)) {
                throw bad(column, text(column), "a finite number > 0");
            }
            return value;
        }

        /** A cell's number of at least 0. */
        double nonNegative(String column) {
            double value = number(column, text(column));
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw bad(column, text(column), "a finite number >= 0");
            }
            return value;
        }

        /** A cell's number of at least 0, or 0 where there is none. */
        double nonNegativeOrZero(String column) {
            return optional(column).isEmpty() ? 0 : nonNegative(column);
        }

        int wholeOrZero(String column) {
            double value = nonNegativeOrZero(column);
            if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
                throw bad(column, text(column), "a whole number");
            }
            return (int) value;
        }

        private double number(String column, String cell) {
            try {
                return decimal(cell);
            } catch (NumberFormatException e) {
                throw bad(column, cell, "a number");
            }
        }

        MarketFileException bad(String column, String value, String expected) {
            return new MarketFileException(file, cells.getStartingLineNumber(), column, value, expected);
        }
    }
}
