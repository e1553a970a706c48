package io.cloudpits.core.ledger;

/**
 * The arithmetic of the hard cap, held at every moment: {@code spent + top-ups + worst burn x (lease end + stop latency -
 * now) <= budget}, where the worst burn takes every instance at the highest price it can be charged. The workers' lease
 * enforces it when nothing else can.
 *
 * @param budgetUsd the budget; infinite for none
 * @param spentUsd what was spent, never less than the truth
 * @param topUpUsd what a stop now would add for the 60 s minimum
 * @param burnUsdPerHour the worst burn of all that may be running
 * @param stopSeconds from the end of a lease, or a termination, to the end of billing
 */
public record HardCap(double budgetUsd, double spentUsd, double topUpUsd, double burnUsdPerHour, double stopSeconds) {
    /** How long a lease may be, seconds; negative where even an immediate stop would break the cap. */
    public double leaseSeconds() {
        double left = budgetUsd - spentUsd - topUpUsd;
        if (Double.isInfinite(left)) {
            return Double.POSITIVE_INFINITY;
        }
        return burnUsdPerHour > 0
                ? left / burnUsdPerHour * 3600 - stopSeconds
                : left < 0 ? -1 : Double.POSITIVE_INFINITY;
    }

    /** The cap with further instances running: their burn, and the minute and fees that each is charged at once. */
    public HardCap with(double moreUsdPerHour, double usdAtOnce) {
        return new HardCap(
                budgetUsd,
                spentUsd,
                topUpUsd + usdAtOnce + moreUsdPerHour / 60,
                burnUsdPerHour + moreUsdPerHour,
                stopSeconds);
    }
}
