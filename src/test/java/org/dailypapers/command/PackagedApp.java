package org.dailypapers.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The packaged application, run as its operator runs it: in a JVM of its own, away from this checkout's settings. */
final class PackagedApp {

    private static final long LONGEST_SECONDS = 120;

    /** 128 and SIGTERM's number. */
    private static final int TERMINATED = 143;

    private static final Pattern FAULT = Pattern.compile("(?m)^[0-9:]+ (WARN|ERROR|FATAL) |^\\s+at |Exception|Error");

    private final Path jar;
    private final String profile;
    private final Path folder;
    private final Map<String, String> settings = new HashMap<>();
    private Path input = Path.of("/dev/null");

    private PackagedApp(String name, String profile, Path folder) {
        Path root = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("pom.xml"))) {
            root = root.getParent();
        }
        jar = (root == null ? Path.of("") : root.resolve("target"))
                .resolve(name)
                .resolve("quarkus-run.jar");
        Assumptions.assumeTrue(Files.exists(jar), "skipped: not packaged yet: " + jar);
        this.profile = profile;
        this.folder = folder;
        set("DAILY_PAPERS_DATA", folder.resolve("data").toString());
        set("DAILY_PAPERS_HUGGINGFACE_URL", "http://127.0.0.1:9");
        // Nobody answers there.
        set("DAILY_PAPERS_DNS", "127.0.0.1:9");
    }

    /** How a call ended. */
    record Ended(int status, List<String> out, List<String> err) {}

    /**
     * On its embedded database.
     *
     * @param folder that it is called from; its data lie below
     */
    static PackagedApp embedded(Path folder) {
        return new PackagedApp("quarkus-app", "prod", folder);
    }

    static PackagedApp onPostgres(Path folder) {
        return new PackagedApp("quarkus-app-postgresql", "postgresql", folder);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Sets an environment variable of the calls to come. */
    PackagedApp set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** What the calls to come have on their standard input. */
    PackagedApp reading(Path file) {
        input = file;
        return this;
    }

    /** Runs to the end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = start(out, err, arguments);
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    List.of(arguments) + " did not end; it said " + Files.readString(out) + Files.readString(err));
        }
        return new Ended(process.exitValue(), lines(out), lines(err));
    }

    /** Starts the service, or a command, and leaves it running. */
    Process start(Path out, Path err, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.profile=" + profile,
                "-Ddaily-papers.folder=" + folder,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DAILY_PAPERS_")
                        || name.startsWith("QUARKUS_")
                        || name.startsWith("DATABASE_")
                        || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(settings);
        if (out.equals(err)) {
            // Two streams into one file would write over each other.
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(err.toFile());
        }
        return builder.redirectOutput(out.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
                .start();
    }

    /** Tells it to stop, as a supervisor does, and holds that it says of no fault and ends by the signal. */
    static void stop(Process service, Path said) throws IOException, InterruptedException {
        int before = Files.readString(said).length();
        service.destroy();
        Assertions.assertTrue(service.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), () -> "it goes on: " + said);
        String last = Files.readString(said).substring(before);
        Assertions.assertFalse(FAULT.matcher(last).find(), last);
        Assertions.assertEquals(TERMINATED, service.exitValue(), () -> text(said));
        Assertions.assertTrue(last.contains("Stopped"), () -> text(said));
    }

    private static String text(Path said) {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** What was said, without what the JVM says of itself. */
    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();
    }
}
