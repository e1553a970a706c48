package io.cloudpits.core.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Files for tests of reading. */
final class WrittenFiles {
    private WrittenFiles() {}

    static Path plain(Path directory, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    static Path gzip(Path directory, String name, String text) throws IOException {
        return Files.write(directory.resolve(name), packed(text));
    }

    /** A gzip of which the last bytes are missing. */
    static Path cutGzip(Path directory, String name, String text, int missing) throws IOException {
        byte[] all = packed(text);
        return Files.write(directory.resolve(name), Arrays.copyOf(all, all.length - missing));
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
