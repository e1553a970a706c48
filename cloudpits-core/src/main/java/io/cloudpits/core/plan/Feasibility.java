package io.cloudpits.core.plan;

/**
 * Whether the rest of the job can be done at all.
 *
 * @param feasible whether some fleet meets the objective at present prices and expected rates
 * @param minimumLeftUsd least money that any fleet needs from now on to finish, deadline disregarded, USD; infinite
 *     where no fleet finishes
 * @param earliestSeconds least seconds from now in which any fleet finishes, money disregarded; infinite where none does
 * @param words the verdict with its numbers
 */
public record Feasibility(boolean feasible, double minimumLeftUsd, double earliestSeconds, String words) {}
