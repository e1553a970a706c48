/** The loop: observe, account, learn, plan, act, record. */
@NullMarked
package io.cloudpits.core.control;

import org.jspecify.annotations.NullMarked;
