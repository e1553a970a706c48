package io.cloudpits.api;

import org.jspecify.annotations.Nullable;

/**
 * The outside failed: the only exception that implementations of the interfaces throw by design. The controller keeps
 * its last good values and tries again at the next tick.
 */
public class CloudPitsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CloudPitsException(String message) {
        super(message);
    }

    public CloudPitsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
