package org.dailypapers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A build as its operator runs it, this one or another: by its own {@code ./run}, on a data folder, away from the settings
 * of whoever measures.
 *
 * @param folder of the checkout
 */
public record Checkout(Path folder) {

    private static final int LONGEST_SECONDS = 7_200;
    private static final double TICKS_A_SECOND = 100;

    /** Starts it, or one of its commands; what it says is added to a log beside the data folder. */
    public Process start(Path data, String javaOptions, Map<String, String> settings, String... arguments)
            throws IOException {
        Files.createDirectories(data);
        var command = new ArrayList<>(List.of(folder.resolve("run").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(data.toAbsolutePath().getParent().toFile());
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("DAILY_PAPERS_")
                        || name.startsWith("QUARKUS_")
                        || name.startsWith("DATABASE_")
                        || name.startsWith("JAVA_OPTS"));
        environment.put("DAILY_PAPERS_DATA", data.toString());
        environment.put("DAILY_PAPERS_HUGGINGFACE_URL", "http://127.0.0.1:9");
        if (!javaOptions.isEmpty()) {
            environment.put("JAVA_OPTS", javaOptions);
        }
        environment.putAll(settings);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()))
                .start();
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    /** Waits for the end of a command; throws what it said where it failed. */
    public static void end(Process process, Path data) throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log(data)));
        }
    }

    /** Waits until the service answers there with 200; throws what it said where it has ended. */
    public static void await(Process service, Path data, int port, String path)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!answers(port, path)) {
            if (!service.isAlive() || (System.nanoTime() - begun) / 1e9 > LONGEST_SECONDS) {
                throw new IllegalStateException(Files.readString(log(data)));
            }
            Thread.sleep(20);
        }
    }

    private static boolean answers(int port, String path) {
        try {
            get(port, path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a 200 brings. */
    public static byte[] get(int port, String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
        if (connection.getResponseCode() != 200) {
            throw new IOException(path + ": " + connection.getResponseCode());
        }
        return connection.getInputStream().readAllBytes();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public static void stop(Process service) throws InterruptedException {
        service.destroy();
        if (!service.waitFor(1, TimeUnit.MINUTES)) {
            service.destroyForcibly().waitFor();
        }
    }

    /** The CPU that a process has used, in seconds; Linux alone tells. */
    public static double cpuSeconds(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
}
