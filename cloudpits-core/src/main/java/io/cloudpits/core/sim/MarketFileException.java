package io.cloudpits.core.sim;

import java.nio.file.Path;

/** A market file that cannot be used: says in which file and line, which field, what it holds and what was expected. */
public final class MarketFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MarketFileException(Path file, long line, String field, String value, String expected) {
        super(String.format("%s, line %d: %s is \"%s\"; expected %s", file, line, field, value, expected));
    }

    MarketFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    MarketFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
