package io.cloudpits.examples;

import java.io.UncheckedIOException;
import picocli.CommandLine;

/** Runs a command and ends the process with its exit code; bad input becomes one clear line and code 2. */
final class Program {
    /** Finished within budget. */
    static final int FINISHED = 0;

    /** Bad input. */
    static final int BAD_INPUT = 2;

    /** No fleet can do it. */
    static final int INFEASIBLE = 3;

    /** Began, but did not finish. */
    static final int NOT_FINISHED = 4;

    private Program() {}

    static int execute(Object command, String... args) {
        return new CommandLine(command)
                .setParameterExceptionHandler((e, line) -> {
                    System.err.println(e.getMessage() + "; --help lists all options");
                    return BAD_INPUT;
                })
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof IllegalArgumentException || e instanceof UncheckedIOException) {
                        System.err.println(e.getMessage());
                        return BAD_INPUT;
                    }
                    throw e;
                })
                .execute(args);
    }

    /** Ends the process unless all is well, so that a Maven run ends in peace. */
    static void exit(int code) {
        if (code != FINISHED) {
            System.exit(code);
        }
    }
}
