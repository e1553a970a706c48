package io.cloudpits.core.control;

import io.cloudpits.api.RunListener;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener on an executor: in order for each instance, and so that its failures touch nothing else. */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final RunListener listener;
    private final Executor executor;
    private final Map<String, CompletableFuture<Void>> queues = new ConcurrentHashMap<>();

    Callbacks(RunListener listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    /** Calls the listener after all earlier calls with the same key. */
    void call(String key, Consumer<RunListener> action) {
        queues.compute(key, (k, last) -> {
            CompletableFuture<Void> before = last == null ? CompletableFuture.completedFuture(null) : last;
            return before.thenRunAsync(() -> guarded(key, action), executor);
        });
        queues.entrySet().removeIf(e -> e.getValue().isDone());
    }

    private void guarded(String key, Consumer<RunListener> action) {
        try {
            action.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("the listener failed for {}", key, e);
        }
    }
}
