package io.cloudpits.core.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The standard deviation of a fleet's rate: {@code sqrt(sum n_i s_i^2 + sum_types (sum n_i e_i)^2)} (DESIGN.md,
 * "Uncertainty"): spread between instances adds in quadrature, the error of a type's mean linearly.
 */
final class Deviation {
    private final double[] variances;
    private final double[] errors;
    private final int[] group;
    private final int groups;

    Deviation(List<FleetItem> items) {
        Map<String, Integer> types = new TreeMap<>();
        variances = new double[items.size()];
        errors = new double[items.size()];
        group = new int[items.size()];
        for (int i = 0; i < items.size(); i++) {
            FleetItem item = items.get(i);
            variances[i] = item.spread() * item.spread();
            errors[i] = item.typeError();
            group[i] = types.computeIfAbsent(item.type(), t -> types.size());
        }
        groups = types.size();
    }

    /** The deviation of a fleet, whole or fractional. */
    double of(double[] n) {
        double sum = independent(n);
        for (double e : shared(n)) {
            sum += e * e;
        }
        return Math.sqrt(sum);
    }

    private double independent(double[] n) {
        double sum = 0;
        for (int i = 0; i < n.length; i++) {
            sum += n[i] * variances[i];
        }
        return sum;
    }

    private double[] shared(double[] n) {
        double[] sums = new double[groups];
        for (int i = 0; i < n.length; i++) {
            sums[group[i]] += n[i] * errors[i];
        }
        return sums;
    }

    /**
     * A linear function {@code w n + w0} that is nowhere above the deviation for {@code low <= n <= high} with at most {@code
     * most} instances, and close to it near {@code n}. The independent part is concave and replaced by its chord, the
     * shared part is a norm and replaced by its tangent; both are weighted as at {@code n} (Cauchy-Schwarz). The last
     * element is {@code w0}.
     */
    double[] below(double[] n, double[] low, double[] high, double most) {
        double least = independent(low);
        double largest = largest(low, high, most);
        double independent = independent(n);
        double[] shared = shared(n);
        double norm = 0;
        for (double e : shared) {
            norm += e * e;
        }
        double total = Math.sqrt(independent + norm);
        double[] w = new double[n.length + 1];
        if (total == 0) {
            return w;
        }
        norm = Math.sqrt(norm);
        double alpha = Math.sqrt(independent) / total;
        double beta = norm / total;
        double slope = 1 / (Math.sqrt(least) + Math.sqrt(largest));
        for (int i = 0; i < n.length; i++) {
            double chord = largest > 0 ? alpha * slope * variances[i] : 0;
            w[i] = chord + (norm > 0 ? beta * shared[group[i]] / norm * errors[i] : 0);
        }
        w[n.length] = largest > 0 ? alpha * (Math.sqrt(least) - slope * least) : 0;
        return w;
    }

    private double largest(double[] low, double[] high, double most) {
        double sum = independent(low);
        double free = most;
        double top = 0;
        double all = sum;
        for (int i = 0; i < low.length; i++) {
            free -= low[i];
            all += (high[i] - low[i]) * variances[i];
            if (high[i] > low[i]) {
                top = Math.max(top, variances[i]);
            }
        }
        return Math.max(sum, Math.min(all, sum + Math.max(0, free) * top));
    }
}
