package io.cloudpits.core.learn;

import io.cloudpits.api.InstanceTypeFacts;
import io.cloudpits.api.Require;
import io.cloudpits.api.ThroughputSummary;
import io.cloudpits.core.plan.RateEstimate;
import io.cloudpits.core.plan.RateEstimate.Basis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The estimator's arithmetic; see {@link Estimator} for the model. Immutable: {@link #learn} gives a new one.
 *
 * <p>All in logarithms. Type {@code k} of history: mean {@code h}, variance {@code a = s^2 / instances + drift^2}. The run:
 * a factor {@code f} with variance {@code F}, from the differences {@code m - h} (variances {@code v + a}) of the types that
 * were measured live as {@code m +- v}, and a prior of {@code 0 +- factorError}. A type with both:
 *
 * <pre>
 *     mean = w m + (1 - w) (f + h)      variance = a v / (a + v) + (1 - w)^2 F      w = a / (a + v)
 * </pre>
 *
 * An instance measured as {@code x} with relative error {@code e}, of a type with mean {@code t} and error {@code E}:
 *
 * <pre>
 *     mean = w x + (1 - w) t            spread^2 = s^2 e^2 / (s^2 + e^2)            error = (1 - w) E      w = s^2 / (s^2 + e^2)
 * </pre>
 */
final class RateModel {
    /** A rate of 0 counts as this share of the type's. */
    private static final double NOTHING = 1e-3;

    private static final double LONGEST_MEMORY = 20;

    private final EstimatorSettings settings;
    private final Map<String, Traits> traits;
    private final Map<String, ThroughputSummary> history;
    private final Map<String, Double> table;
    private final LiveSamples live;
    private final double runSpreadVariance;
    private final double runSpreadWeight;
    private final LogMean historyFactor;
    private final LogMean tableFactor;
    private final Relatives relatives = new Relatives();

    private RateModel(
            EstimatorSettings settings,
            Map<String, Traits> traits,
            Map<String, ThroughputSummary> history,
            Map<String, Double> table,
            LiveSamples live) {
        this.settings = settings;
        this.traits = traits;
        this.history = history;
        this.table = table;
        this.live = live;
        double expected = settings.spread() * settings.spread();
        double measured = live.spreadVariance(settings.spread()).orElse(expected);
        this.runSpreadWeight = settings.spreadWeight() + live.degrees();
        this.runSpreadVariance = (settings.spreadWeight() * expected + live.degrees() * measured) / runSpreadWeight;
        this.historyFactor = factor(history.keySet());
        this.tableFactor = factor(table.keySet());
        measuredTypes().forEach(t -> relatives.add(traits(t), evidence(t)));
    }

    static RateModel of(
            EstimatorSettings settings,
            Collection<InstanceTypeFacts> catalog,
            Map<String, ThroughputSummary> history,
            Map<String, Double> table) {
        Map<String, Traits> traits = new HashMap<>();
        catalog.forEach(facts -> traits.put(facts.name(), Traits.of(facts)));
        table.forEach((type, rate) -> Require.positive("rate of " + type, rate));
        Map<String, Double> others = new TreeMap<>(table);
        others.keySet().removeAll(history.keySet());
        return new RateModel(settings, traits, new TreeMap<>(history), others, LiveSamples.none());
    }

    RateModel learn(Collection<Measured> measured) {
        return new RateModel(settings, traits, history, table, live.with(measured));
    }

    boolean isMeasured() {
        return !history.isEmpty() || !live.types().isEmpty();
    }

    /** How much faster this run is than history, as far as known: 1.1 for a tenth. */
    double factor() {
        return Math.exp(historyFactor.value());
    }

    RateEstimate type(String type) {
        LogMean mean = mean(type);
        double rate = Math.exp(mean.value());
        return new RateEstimate(rate, spread(type) * rate, Math.sqrt(mean.variance()) * rate, basis(type));
    }

    RateEstimate instance(String id, String type) {
        Optional<Measured> own = live.instance(id);
        if (own.isEmpty()) {
            return type(type);
        }
        Measured m = own.get();
        LogMean mean = mean(type);
        double x = m.tasksPerSecond() > 0 ? Math.log(m.tasksPerSecond()) : mean.value() + Math.log(NOTHING);
        double noise = m.relativeError() * m.relativeError();
        double variance = LogMean.yielding(square(spread(type)), x - mean.value(), noise);
        LogMean posterior = new LogMean(x, noise).with(new LogMean(mean.value(), variance));
        double rate = Math.exp(posterior.value());
        double shared = noise / (noise + variance) * Math.sqrt(mean.variance());
        return new RateEstimate(rate, Math.sqrt(posterior.variance()) * rate, shared * rate, Basis.LIVE);
    }

    private Basis basis(String type) {
        if (live.has(type)) {
            return Basis.LIVE;
        }
        if (history.containsKey(type)) {
            return Basis.HISTORY;
        }
        return isMeasured() || !table.isEmpty() ? Basis.PRIOR : Basis.GUESS;
    }

    private LogMean mean(String type) {
        if (history.containsKey(type) || table.containsKey(type)) {
            return evidence(type);
        }
        Traits facts = traits(type);
        Optional<LogMean> now = live.mean(type, spread(type));
        Optional<LogMean> suggested = relatives.predict(facts);
        if (now.isPresent()) {
            return suggested.map(prior -> combine(prior, now.get())).orElse(now.get());
        }
        return suggested.orElseGet(
                () -> new LogMean(Math.log(Math.max(1, facts.vcpus()) * settings.guessPerVcpu()), 1));
    }

    private static LogMean combine(LogMean prior, LogMean now) {
        double variance = LogMean.yielding(prior.variance(), now.value() - prior.value(), now.variance());
        return now.with(new LogMean(prior.value(), variance));
    }

    /** What is known of a type by its own measurements: now, before, or by the table. */
    private LogMean evidence(String type) {
        Optional<LogMean> before = before(type);
        Optional<LogMean> now = live.mean(type, spread(type));
        if (before.isEmpty()) {
            return now.orElseThrow();
        }
        LogMean factor = history.containsKey(type) ? historyFactor : tableFactor;
        LogMean scaled = before.get().plus(factor.value(), 0);
        if (now.isEmpty()) {
            return scaled.plus(0, factor.variance());
        }
        double off = now.get().value() - scaled.value();
        double variance = LogMean.yielding(scaled.variance(), off, now.get().variance() + factor.variance());
        LogMean both = now.get().with(new LogMean(scaled.value(), variance));
        double rest = now.get().variance() / (now.get().variance() + variance);
        return both.plus(0, rest * rest * factor.variance());
    }

    private Optional<LogMean> before(String type) {
        ThroughputSummary h = history.get(type);
        if (h != null) {
            double variance = square(spread(type)) / h.instances() + square(settings.drift());
            return Optional.of(new LogMean(Math.log(h.meanTasksPerSecond()), variance));
        }
        Double rate = table.get(type);
        return rate == null
                ? Optional.empty()
                : Optional.of(new LogMean(Math.log(rate), square(settings.tableError())));
    }

    private LogMean factor(Collection<String> types) {
        List<LogMean> ratios = new ArrayList<>();
        for (String type : types) {
            live.mean(type, spread(type))
                    .ifPresent(now -> before(type).ifPresent(h -> ratios.add(now.plus(-h.value(), h.variance()))));
        }
        LogMean prior = new LogMean(0, square(settings.factorError()));
        return ratios.isEmpty() ? prior : combine(prior, LogMean.of(ratios));
    }

    /** The relative spread of a type: this run's and the default, and history's standard deviation of the type. */
    private double spread(String type) {
        ThroughputSummary h = history.get(type);
        if (h == null || h.instances() < 2) {
            return Math.sqrt(runSpreadVariance);
        }
        double n = h.instances();
        double variance = square(h.stdDevTasksPerSecond() / h.meanTasksPerSecond()) * n / (n - 1);
        double weight = Math.min(n - 1, LONGEST_MEMORY);
        return Math.sqrt((runSpreadWeight * runSpreadVariance + weight * variance) / (runSpreadWeight + weight));
    }

    private Collection<String> measuredTypes() {
        TreeSet<String> types = new TreeSet<>(history.keySet());
        types.addAll(table.keySet());
        types.addAll(live.types());
        return types;
    }

    private Traits traits(String type) {
        Traits known = traits.get(type);
        return known != null ? known : Traits.of(InstanceTypeFacts.unknown(type));
    }

    private static double square(double x) {
        return x * x;
    }
}
