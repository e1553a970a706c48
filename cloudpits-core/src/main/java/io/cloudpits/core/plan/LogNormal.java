package io.cloudpits.core.plan;

/** The log-normal distribution by its mean and coefficient of variation. */
final class LogNormal {
    private LogNormal() {}

    /**
     * The equilibrium distribution {@code (1/m) int_0^t (1 - F(x)) dx}: the probability that a renewal's residual is at most
     * {@code t}. With {@code int_0^t x dF = m Phi((ln t - mu) / s - s)} it is {@code t (1 - F(t)) / m + Phi((ln t - mu) / s - s)}.
     */
    static double residual(double t, double mean, double cv) {
        if (t <= 0) {
            return Double.MIN_VALUE;
        }
        double s = Math.sqrt(Math.log1p(cv * cv));
        double mu = Math.log(mean) - s * s / 2;
        double z = (Math.log(t) - mu) / s;
        return Math.max(Double.MIN_VALUE, Math.min(1, t / mean * normal(-z) + normal(z - s)));
    }

    /** The standard normal distribution function (Abramowitz and Stegun 26.2.17; error below 7.5e-8). */
    static double normal(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = Math.exp(-z * z / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }
}
