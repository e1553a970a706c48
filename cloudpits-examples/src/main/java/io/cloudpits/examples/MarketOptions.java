package io.cloudpits.examples;

import io.cloudpits.core.sim.Market;
import io.cloudpits.core.sim.MarketFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The market files that several programs take. */
final class MarketOptions {
    @Option(
            names = "--prices",
            required = true,
            paramLabel = "FILE",
            description = "Spot price log: TSV, CSV, a .gz of them, or the JSON of aws ec2 describe-spot-price-history")
    private Path prices = Path.of("");

    @Option(
            names = "--throughput",
            required = true,
            paramLabel = "FILE",
            description = "CSV with a row per instance_type; vcpus, arch, cpu_model, memory_gib are read where present")
    private Path throughput = Path.of("");

    @Option(
            names = "--throughput-column",
            paramLabel = "NAME",
            defaultValue = "tasks_per_second",
            description = "Column with the throughput of one instance; default ${DEFAULT-VALUE}")
    private String column = "tasks_per_second";

    @Option(
            names = "--throughput-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Tasks per second for one unit of that column; default ${DEFAULT-VALUE}")
    private double scale = 1;

    @Option(
            names = "--on-demand",
            paramLabel = "FILE",
            description = "CSV with instance_type, ondemand_usd_per_hour; default: the highest price in the log is a"
                    + " type's ceiling")
    private @Nullable Path onDemand;

    @Option(
            names = "--allow-on-demand",
            description = "On-Demand instances may be launched too (needs --on-demand); default no")
    boolean allowOnDemand;

    @Option(
            names = "--interruptions",
            paramLabel = "FILE",
            description = "CSV with instance_type, monthly_interruption_frequency; default: no such interruptions")
    private @Nullable Path interruptions;

    @Option(
            names = "--availability",
            paramLabel = "FILE",
            description =
                    "CSV with pool, from_seconds, to_seconds, capacity (0 or 1), mapped onto the pools by the seed;"
                            + " default: always available")
    private @Nullable Path availability;

    @Option(
            names = "--pool-capacity",
            paramLabel = "LEAST-MOST",
            description = "Instances that one pool holds, drawn by the seed; default: no limit")
    private @Nullable String capacity;

    /** Reads the market and prints what was noticed. */
    Market read(long seed) {
        var files = new MarketFiles(prices, throughput, column, scale).seed(seed);
        if (onDemand != null) {
            files.onDemand(onDemand, allowOnDemand);
        } else if (allowOnDemand) {
            throw new IllegalArgumentException("--allow-on-demand is set; expected --on-demand FILE with it");
        }
        if (interruptions != null) {
            files.interruptions(interruptions);
        }
        if (availability != null) {
            files.availability(availability);
        }
        if (capacity != null) {
            String[] parts = capacity.split("-");
            files.capacity(whole("--pool-capacity", parts[0]), whole("--pool-capacity", parts[parts.length - 1]));
        }
        Market market = files.read();
        files.warnings().forEach(warning -> System.err.println("warning: " + warning));
        return market;
    }

    private static int whole(String name, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is \"" + text + "\"; expected whole numbers such as 2-8", e);
        }
    }
}
