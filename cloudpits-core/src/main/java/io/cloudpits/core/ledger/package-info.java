/** Counts the money: what the run has cost up to any instant, and what it may still cost. */
@NullMarked
package io.cloudpits.core.ledger;

import org.jspecify.annotations.NullMarked;
