/** Learns what instance types and instances deliver, and tells working instances from silent and failing ones. */
@NullMarked
package io.cloudpits.core.learn;

import org.jspecify.annotations.NullMarked;
