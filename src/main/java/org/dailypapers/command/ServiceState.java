package org.dailypapers.command;

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
class ServiceState implements HealthCheck {

    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean serving;

    void serve() {
        serving = true;
    }

    boolean serving() {
        return serving;
    }

    /** The start is over: papers are there, letters leave. */
    void ready() {
        started.countDown();
    }

    /** Waits until the start is over, at most that long; whether it is. */
    boolean awaitReady(long seconds) throws InterruptedException {
        return started.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public HealthCheckResponse call() {
        // In a command, and in tests that start no service, nothing is awaited.
        return HealthCheckResponse.named("start")
                .status(!serving || started.getCount() == 0)
                .build();
    }
}
