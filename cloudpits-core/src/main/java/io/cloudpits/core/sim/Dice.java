package io.cloudpits.core.sim;

import java.util.SplittableRandom;

/** Random numbers that depend on the seed and on what they are for alone, not on the order of calls. */
final class Dice {
    private final long seed;

    Dice(long seed) {
        this.seed = seed;
    }

    /** A number from 0 to 1 for a purpose. */
    double uniform(String purpose, long a, long b) {
        return random(purpose, a, b).nextDouble();
    }

    /** A log-normal factor with mean 1. */
    double logNormal(String purpose, long a, double sigma) {
        return Math.exp(sigma * gaussian(purpose, a) - sigma * sigma / 2);
    }

    /** Exponentially distributed with a rate; infinite for rate 0. */
    double exponential(String purpose, long a, double rate) {
        return rate > 0 ? -Math.log1p(-uniform(purpose, a, 0)) / rate : Double.POSITIVE_INFINITY;
    }

    private double gaussian(String purpose, long a) {
        SplittableRandom random = random(purpose, a, 0);
        double u = 1 - random.nextDouble();
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private SplittableRandom random(String purpose, long a, long b) {
        long mixed = seed * 0x9E3779B97F4A7C15L + purpose.hashCode();
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L + a * 0x94D049BB133111EBL;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL + b * 0x9E3779B97F4A7C15L;
        return new SplittableRandom(mixed ^ (mixed >>> 31));
    }
}
