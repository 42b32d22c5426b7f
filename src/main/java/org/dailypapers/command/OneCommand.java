package org.dailypapers.command;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dailypapers.command.verb.Commands;

/** Runs one command in a process of its own. */
@Singleton
public class OneCommand implements QuarkusApplication {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch running = new CountDownLatch(1);
    private volatile boolean begun;

    @Override
    public int run(String... arguments) {
        begun = true;
        try {
            return Commands.run(arguments, Main.console());
        } finally {
            running.countDown();
        }
    }

    /** The database stays open until a command that is told to stop has done so. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event)
            throws InterruptedException {
        if (begun && !running.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            Main.halt();
        }
    }
}
