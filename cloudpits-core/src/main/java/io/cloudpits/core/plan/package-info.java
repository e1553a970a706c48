/** Decides which instances there should be: pure functions from a {@link io.cloudpits.core.plan.Situation} to a {@link io.cloudpits.core.plan.Plan}. */
@NullMarked
package io.cloudpits.core.plan;

import org.jspecify.annotations.NullMarked;
