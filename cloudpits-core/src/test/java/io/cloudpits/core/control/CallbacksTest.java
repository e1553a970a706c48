package io.cloudpits.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudpits.api.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Callbacks callbacks = new Callbacks(new RunListener() {}, executor);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListenerThatHangsDelaysOnlyItsOwnInstance() {
        var hang = new CountDownLatch(1);
        var others = new CountDownLatch(2);
        var last = new CountDownLatch(1);
        callbacks.call("a", listener -> await(hang));
        callbacks.call("a", listener -> {
            told.add("a");
            last.countDown();
        });
        for (String key : List.of("b", "c")) {
            callbacks.call(key, listener -> {
                told.add(key);
                others.countDown();
            });
        }

        await(others);
        assertThat(told).containsExactlyInAnyOrder("b", "c");
        hang.countDown();
        await(last);
        assertThat(told).contains("a");
    }

    @Test
    void aListenerThatThrowsIsCalledAgain() {
        var done = new CountDownLatch(1);
        callbacks.call("a", listener -> {
            throw new IllegalStateException("thrown by the test");
        });
        callbacks.call("a", listener -> done.countDown());

        await(done);
    }

    @Test
    void callsAboutOneInstanceComeInOrder() {
        var done = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            String number = String.valueOf(i);
            callbacks.call("a", listener -> {
                told.add(number);
                done.countDown();
            });
        }

        await(done);
        for (int i = 0; i < 200; i++) {
            assertThat(told.get(i)).isEqualTo(String.valueOf(i));
        }
    }
}
