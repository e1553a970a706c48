package io.cloudpits.core.plan;

import io.cloudpits.api.Forecast;
import io.cloudpits.api.Interval;
import java.time.Instant;
import java.util.List;

/**
 * Forecasts finish and cost of a fleet. Pure and cheap; safe for use by several threads.
 *
 * <p>Fluid part: {@code sum n r (T - d)+ + rJ T = W} with the expected rates, and with rates shifted by 1.645 deviations of
 * their sum for the 5 % and 95 % bounds (spread in quadrature, a type's error linearly).
 *
 * <p>Discrete part: tasks are handed out until the queue is empty; then every slot still holds a task, whose residual time
 * has the equilibrium distribution {@code F_e(t) = (1/m) int_0^t (1 - F(x)) dx} of renewal theory (Cox, "Renewal Theory",
 * 1962, section 5.2), for log-normal {@code F} in closed form. The job ends with the largest residual: quantiles solve
 * {@code prod F_e,i(t)^n_i = q}.
 */
public final class Forecaster {
    private static final double Z90 = 1.6448536269514722;
    private static final double HOUR = 3600;

    private final double tasksLeft;
    private final double usdAtOnce;
    private final double jobManagerUsdPerHour;
    private final double jobManagerTasksPerSecond;
    private final List<Member> fleet;
    private final TaskShape shape;
    private final double medianResidual;

    /**
     * A forecaster for a fleet.
     *
     * @param tasksLeft tasks not yet committed, those in flight included
     * @param usdAtOnce what is paid at the beginning, USD: launches
     * @param fleet the instances that work or will
     */
    public Forecaster(
            double tasksLeft,
            double usdAtOnce,
            double jobManagerUsdPerHour,
            double jobManagerTasksPerSecond,
            List<Member> fleet,
            TaskShape shape) {
        this.tasksLeft = tasksLeft;
        this.usdAtOnce = usdAtOnce;
        this.jobManagerUsdPerHour = jobManagerUsdPerHour;
        this.jobManagerTasksPerSecond = jobManagerTasksPerSecond;
        this.fleet = List.copyOf(fleet);
        this.shape = shape;
        this.medianResidual = isFluid() ? 0 : residual(0.5);
    }

    /**
     * The forecast; its bounds are infinite where the fleet may never finish.
     *
     * @param now the instant from which seconds count
     * @param spentUsd what the run has cost up to {@code now}
     */
    public Forecast forecast(Instant now, double spentUsd) {
        double deviation = relativeDeviation();
        Interval seconds = isFluid()
                ? ordered(
                        fluid(tasksLeft, 1 + Z90 * deviation),
                        fluid(tasksLeft, 1),
                        fluid(tasksLeft, Math.max(0.05, 1 - Z90 * deviation)))
                : discrete(deviation);
        Interval usd = new Interval(
                spentUsd + usd(seconds.low()), spentUsd + usd(seconds.expected()), spentUsd + usd(seconds.high()));
        return new Forecast(now, seconds, usd);
    }

    private boolean isFluid() {
        return shape.isFluid() || slots() == 0;
    }

    /** Expected seconds until the last task is done; infinite where the fleet never finishes. */
    double expectedSeconds() {
        return isFluid() ? fluid(tasksLeft, 1) : fluid(queued(), 1) + medianResidual;
    }

    /** Expected cost from now on, USD. */
    double expectedUsd() {
        return usd(expectedSeconds());
    }

    /** How much longer it takes because tasks come whole: at the end ever more slots are idle. */
    double tailSeconds() {
        return isFluid() ? 0 : Math.max(0, expectedSeconds() - fluid(tasksLeft, 1));
    }

    /** One standard deviation of the tail: from the median of the largest residual to its 84 % quantile. */
    double tailRiskSeconds() {
        return isFluid() ? 0 : residual(0.8413) - medianResidual;
    }

    /** What the fleet and the Job Manager cost per hour, USD. */
    double usdPerHour() {
        double usdPerHour = jobManagerUsdPerHour;
        for (Member m : fleet) {
            usdPerHour += m.count() * m.usdPerHour();
        }
        return usdPerHour;
    }

    private double usd(double seconds) {
        return usdAtOnce + cost(seconds, usdPerHour() / HOUR);
    }

    private static double cost(double seconds, double usdPerSecond) {
        return usdPerSecond == 0 ? 0 : seconds * usdPerSecond;
    }

    private static Interval ordered(double low, double expected, double high) {
        return new Interval(Math.min(low, expected), expected, Math.max(high, expected));
    }

    /** The deviation of the fleet's rate as a share of it. */
    private double relativeDeviation() {
        double rate = jobManagerTasksPerSecond;
        for (Member m : fleet) {
            rate += m.count() * m.tasksPerSecond();
        }
        List<FleetItem> items = fleet.stream()
                .map(m -> new FleetItem(m.tasksPerSecond(), 0, 0, m.count(), m.spread(), m.type(), m.typeError()))
                .toList();
        double[] counts = fleet.stream().mapToDouble(Member::count).toArray();
        return rate > 0 ? new Deviation(items).of(counts) / rate : 0;
    }

    /** Seconds for some tasks at rates scaled by a factor: piecewise linear in time as members become ready. */
    private double fluid(double tasks, double factor) {
        List<Member> byReadiness = fleet.stream()
                .sorted((a, b) -> Double.compare(a.readyInSeconds(), b.readyInSeconds()))
                .toList();
        double rate = jobManagerTasksPerSecond;
        double offset = 0;
        for (Member m : byReadiness) {
            if (rate > 0 && (tasks + offset) / rate <= m.readyInSeconds()) {
                break;
            }
            double more = factor * m.count() * m.tasksPerSecond();
            rate += more;
            offset += more * m.readyInSeconds();
        }
        return rate > 0 ? (tasks + offset) / rate : Double.POSITIVE_INFINITY;
    }

    private double slots() {
        return fleet.stream().mapToDouble(m -> (double) m.count() * m.workers()).sum();
    }

    /** The queue runs empty when all but the tasks in the slots are done; then the largest residual decides. */
    private Interval discrete(double deviation) {
        double queued = queued();
        double noise = queued > 0 ? shape.coefficientOfVariation() / Math.sqrt(queued) : 0;
        double total = Math.sqrt(deviation * deviation + noise * noise);
        double emptyAt = fluid(queued, 1);
        double low = fluid(queued, 1 + Z90 * total) + residual(0.05);
        double middle = emptyAt + medianResidual;
        double high = fluid(queued, Math.max(0.05, 1 - Z90 * total)) + residual(0.95);
        return ordered(low, middle, high);
    }

    /** The tasks left less the work still to be done on those that the slots hold when the queue runs empty. */
    private double queued() {
        double cv = shape.coefficientOfVariation();
        return Math.max(0, tasksLeft - slots() * (1 + cv * cv) / 2);
    }

    /** The time by which the residual of every slot's task is over, with a probability; to a thousandth of itself. */
    private double residual(double probability) {
        double log = Math.log(probability);
        double high = 1;
        while (logProbability(high) < log && high < 1e12) {
            high *= 2;
        }
        double low = high / 2;
        while (high - low > 1e-3 * high) {
            double middle = (low + high) / 2;
            if (logProbability(middle) < log) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Log of the probability that every slot's residual is at most {@code seconds}. */
    private double logProbability(double seconds) {
        double busy = Math.min(1, tasksLeft / slots());
        double sum = 0;
        for (Member m : fleet) {
            if (m.tasksPerSecond() > 0) {
                double mean = m.workers() / m.tasksPerSecond();
                sum += busy * m.count() * m.workers() * Math.log(LogNormal.residual(seconds, mean, cv()));
            }
        }
        return sum;
    }

    private double cv() {
        return Math.max(1e-3, shape.coefficientOfVariation());
    }

    /**
     * Some equal instances of a fleet.
     *
     * @param count how many
     * @param tasksPerSecond expected rate of one, interruptions taken off
     * @param spread standard deviation between instances
     * @param type their type
     * @param typeError standard error of the type's mean
     * @param readyInSeconds seconds until they work
     * @param usdPerHour all-in price of one
     * @param workers slots on one; at least 1
     */
    public record Member(
            int count,
            double tasksPerSecond,
            double spread,
            String type,
            double typeError,
            double readyInSeconds,
            double usdPerHour,
            int workers) {}
}
