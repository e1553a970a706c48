/** The same loop on a virtual clock: markets, a simulated provider, and the oracle that no controller beats. */
@NullMarked
package io.cloudpits.core.sim;

import org.jspecify.annotations.NullMarked;
