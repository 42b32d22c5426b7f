package org.dailypapers.command.verb;

import io.quarkus.runtime.ApplicationLifecycleManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this process is the service, which delivers, rather than a command beside it; and whether its start is over,
 * for {@code /q/health/ready}.
 */
@Default
@Readiness
@ApplicationScoped
public class ServiceState implements HealthCheck {

    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean serving;
    private volatile boolean stopping;

    public void serve() {
        serving = true;
    }

    public boolean serving() {
        return serving;
    }

    /** The start is over: papers are there, letters leave. */
    public void ready() {
        started.countDown();
    }

    /** The process stops; whoever waits for its start need not any longer. */
    public void stop() {
        stopping = true;
        started.countDown();
    }

    public boolean stopping() {
        return stopping || ApplicationLifecycleManager.isVmShuttingDown();
    }

    /** Waits until the start is over, at most that long; whether it is, and the process does not stop. */
    public boolean awaitReady(long seconds) throws InterruptedException {
        return started.await(seconds, TimeUnit.SECONDS) && !stopping();
    }

    @Override
    public HealthCheckResponse call() {
        // In a command, and in tests that start no service, nothing is awaited.
        return HealthCheckResponse.named("start")
                .status(!serving || started.getCount() == 0 && !stopping())
                .build();
    }
}
