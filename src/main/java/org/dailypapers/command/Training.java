package org.dailypapers.command;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.dailypapers.command.check.Failure;
import org.dailypapers.command.verb.Commands;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * A start that Java's cache of classes is made from: the service answers some requests over loopback and ends by itself.
 * Only the launcher asks for it, in a folder of its own.
 */
final class Training {

    private static final String WANTED = "daily-papers.training";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int READ_MILLIS = 60_000;
    private static final int BETWEEN_LOOKS_MILLIS = 200;

    private static final List<String> ASKED = List.of(
            "/",
            "/subscribe",
            "/topics/language-models",
            "/papers?q=language",
            "/papers?period=week",
            "/api/v1/topics",
            "/q/health",
            "/q/metrics",
            "/");

    private final int port;
    private final boolean embedded;

    private Training(int port, boolean embedded) {
        this.port = port;
        this.embedded = embedded;
    }

    static boolean wanted() {
        return Boolean.getBoolean(WANTED);
    }

    /** Prepares the service for it, and asks as soon as it answers. Before the settings are read. */
    static void begin() {
        Training training = new Training(
                freePort(),
                ConfigProvider.getConfig()
                        .getOptionalValue("database.url", String.class)
                        .isEmpty());
        System.setProperty("quarkus.http.host", "127.0.0.1");
        System.setProperty("quarkus.http.port", Integer.toString(training.port));
        if (!training.embedded) {
            // There is no server to ask: what does not need one is trained.
            System.setProperty("quarkus.flyway.migrate-at-start", "false");
            System.setProperty("quarkus.hibernate-orm.database.start-offline", "true");
        }
        Thread.ofPlatform().daemon().name("training").start(training::ask);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure("No port is free: " + e.getMessage());
        }
    }

    private void ask() {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (status("/q/health/" + (embedded ? "ready" : "live"), null) != 200) {
                if (System.nanoTime() > end) {
                    Runtime.getRuntime().halt(Commands.FAILED);
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
            for (String path : ASKED) {
                status(path, null);
            }
            status("/subscribe", "email=reader%40example.org&keywords=language+model");
            Quarkus.asyncExit(Commands.OK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer's status; 0 where none came. */
    private int status(String path, @Nullable String form) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setReadTimeout(READ_MILLIS);
            if (form != null) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
            }
            int status = connection.getResponseCode();
            if (status < 400) {
                connection.getInputStream().readAllBytes();
            }
            return status;
        } catch (IOException e) {
            return 0;
        }
    }
}
