package io.cloudpits.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder with small market files, and a way to run programs on them as from a command line. */
final class Shell {
    static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
    private final Path folder;

    Shell(Path folder) throws IOException {
        this.folder = folder;
        StringBuilder prices = new StringBuilder("timestamp\tregion\taz\tinstance_type\tos\tprice\n");
        for (int hour = 0; hour < 48; hour++) {
            Instant at = FIRST.plus(Duration.ofHours(hour));
            double drift = 1 + 0.02 * (hour % 5);
            row(prices, at, "a", "c5.xlarge", 0.080 * drift);
            row(prices, at, "b", "c5.xlarge", 0.085);
            row(prices, at, "a", "c6g.xlarge", 0.062);
            row(prices, at, "a", "m5.2xlarge", 0.160 * drift);
            row(prices, at, "b", "c5.4xlarge", 0.480);
            row(prices, at, "b", "r5.xlarge", 0.070);
        }
        write("prices.tsv", prices.toString());
        write(
                "speeds.csv",
                """
                instance_type,vcpus,arch,memory_gib,units
                c5.xlarge,4,x86_64,8,4000
                c6g.xlarge,4,aarch64,8,3900
                m5.2xlarge,8,x86_64,32,7000
                c5.4xlarge,16,x86_64,32,16500
                r5.xlarge,4,x86_64,32,
                """);
        write(
                "ondemand.csv",
                """
                instance_type,ondemand_usd_per_hour,vcpu
                c5.xlarge,0.192,4
                c6g.xlarge,0.146,4
                m5.2xlarge,0.428,8
                c5.4xlarge,0.768,16
                """);
    }

    private static void row(StringBuilder prices, Instant at, String zone, String type, double usd) {
        prices.append(String.join("\t", at.toString(), "sim-1", zone, type, "Linux/UNIX", String.valueOf(usd)))
                .append('\n');
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Runs a program on the files with a job of 300,000 tasks on eight instances, and whatever else is given. */
    Result run(Object program, String... more) {
        List<String> args = new ArrayList<>();
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("--prices", path("prices.tsv").toString());
        defaults.put("--throughput", path("speeds.csv").toString());
        defaults.put("--throughput-column", "units");
        defaults.put("--throughput-scale", "0.001");
        defaults.put("--tasks", "300000");
        defaults.put("--instances", "8");
        defaults.put("--job-manager-price", "0.1");
        Arrays.asList(more).forEach(defaults::remove);
        defaults.forEach((name, value) -> args.addAll(List.of(name, value)));
        args.addAll(List.of(more));
        return bare(program, args.toArray(String[]::new));
    }

    /** Runs a program with nothing but these arguments. */
    static Result bare(Object program, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var stdout = new ByteArrayOutputStream();
        var stderr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
            int code = Program.execute(program, args);
            return new Result(code, stdout.toString(StandardCharsets.UTF_8), stderr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** What came of a program. */
    record Result(int code, String out, String err) {}
}
