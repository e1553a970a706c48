/** Programs to run from an IDE or by Maven. */
@NullMarked
package io.cloudpits.examples;

import org.jspecify.annotations.NullMarked;
