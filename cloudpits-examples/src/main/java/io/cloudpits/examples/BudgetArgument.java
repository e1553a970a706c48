package io.cloudpits.examples;

import io.cloudpits.api.Require;

/**
 * A budget as users give it: USD, or a multiple of the least possible such as {@code 1.25x}.
 *
 * @param text as it was given
 * @param value the number in it
 * @param multiple whether it is a multiple
 */
record BudgetArgument(String text, double value, boolean multiple) {
    static BudgetArgument parse(String text) {
        boolean multiple = text.endsWith("x");
        String digits = multiple ? text.substring(0, text.length() - 1) : text;
        double value = JobOptions.number("--budget", digits);
        return new BudgetArgument(text, Require.positive("--budget", value), multiple);
    }

    double usd(double leastUsd) {
        if (multiple && Double.isInfinite(leastUsd)) {
            throw new IllegalArgumentException(
                    "--budget is " + text + ", but nothing can finish this job: there is no least budget to multiply");
        }
        return multiple ? value * leastUsd : value;
    }
}
