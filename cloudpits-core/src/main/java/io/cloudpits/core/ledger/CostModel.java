package io.cloudpits.core.ledger;

import io.cloudpits.api.Require;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an instance costs beside its own price. Disk, address and metrics are charged per second from launch to end, an
 * interrupted first hour included.
 *
 * @param diskUsdPerHour root volume, USD per instance-hour
 * @param addressUsdPerHour public IPv4 address, USD per instance-hour
 * @param metricsUsdPerHour published metrics, USD per instance-hour
 * @param usdPerLaunch USD per launched instance, such as data staged through a NAT gateway
 * @param staging time that a new instance takes to load its data, beside its start-up
 * @param usdPerTask Availability Zone to USD per task computed there (results sent across zones); a zone left out costs
 *     nothing
 * @param priceChanges when a price change reaches a running instance
 */
public record CostModel(
        double diskUsdPerHour,
        double addressUsdPerHour,
        double metricsUsdPerHour,
        double usdPerLaunch,
        Duration staging,
        SortedMap<String, Double> usdPerTask,
        PriceChangeRule priceChanges) {
    public CostModel {
        Require.nonNegative("diskUsdPerHour", diskUsdPerHour);
        Require.nonNegative("addressUsdPerHour", addressUsdPerHour);
        Require.nonNegative("metricsUsdPerHour", metricsUsdPerHour);
        Require.nonNegative("usdPerLaunch", usdPerLaunch);
        Require.nonNegative("staging, seconds", staging.toMillis() / 1000.0);
        usdPerTask = Collections.unmodifiableSortedMap(new TreeMap<>(usdPerTask));
        usdPerTask.forEach((zone, usd) -> Require.nonNegative("usdPerTask in " + zone, usd));
    }

    /**
     * A 20 GB gp3 root volume (0.0022 USD/h), a public IPv4 address (0.005 USD/h) and three CloudWatch metrics (0.30 USD
     * per metric and month of 730 h); price changes apply at once.
     */
    public static CostModel gp3() {
        return new CostModel(
                0.0022, 0.005, 3 * 0.30 / 730, 0, Duration.ZERO, new TreeMap<>(), PriceChangeRule.IMMEDIATE);
    }

    /** The seed's: a 20 GB io1 root volume with 1000 IOPS (0.09375 USD/h) and nothing else. */
    public static CostModel seedIo1() {
        return new CostModel(0.09375, 0, 0, 0, Duration.ZERO, new TreeMap<>(), PriceChangeRule.IMMEDIATE);
    }

    /** The same with a cost per launch and a time to load data. */
    public CostModel withStaging(double usd, Duration time) {
        return new CostModel(diskUsdPerHour, addressUsdPerHour, metricsUsdPerHour, usd, time, usdPerTask, priceChanges);
    }

    /** The same with costs per task and zone. */
    public CostModel withUsdPerTask(Map<String, Double> byZone) {
        return new CostModel(
                diskUsdPerHour,
                addressUsdPerHour,
                metricsUsdPerHour,
                usdPerLaunch,
                staging,
                new TreeMap<>(byZone),
                priceChanges);
    }

    /** The same with another rule for price changes. */
    public CostModel withPriceChanges(PriceChangeRule rule) {
        return new CostModel(
                diskUsdPerHour, addressUsdPerHour, metricsUsdPerHour, usdPerLaunch, staging, usdPerTask, rule);
    }

    /** Disk, address and metrics together, USD per instance-hour. */
    public double extrasUsdPerHour() {
        return diskUsdPerHour + addressUsdPerHour + metricsUsdPerHour;
    }

    /** USD per task computed in a zone. */
    public double usdPerTaskIn(String zone) {
        return usdPerTask.getOrDefault(zone, 0.0);
    }
}
