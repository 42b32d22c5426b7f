package org.dailypapers.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The built service in a JVM of its own, started and killed again and again over the same data. */
final class KillableService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String MAIN = "org.dailypapers.command.Main";

    private final Path folder;
    private final String profile;
    private final String classPath;
    private final int port;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> properties = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Path archive;
    private Process process;

    /**
     * @param folder for its data and what it says
     * @param build the folder below {@code target} that it was built into
     */
    KillableService(Path folder, String build, String profile) {
        this.folder = folder;
        this.profile = profile;
        classPath = classPath(folder, root().resolve("target").resolve(build));
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("DAILY_PAPERS_DATA", folder.resolve("data").toString());
        environment.put("DAILY_PAPERS_HUGGINGFACE_URL", "http://127.0.0.1:9");
        environment.put("DAILY_PAPERS_BASE_URL", "https://papers.example.test");
        environment.put("DAILY_PAPERS_FROM", "Daily Papers <papers@example.test>");
        environment.put("DAILY_PAPERS_SECRET", "0123456789abcdef".repeat(4));
    }

    static Path root() {
        Path root = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("pom.xml"))) {
            root = root.getParent();
        }
        return root == null ? Path.of("") : root;
    }

    static boolean built(String build) {
        return Files.exists(root().resolve("target").resolve(build).resolve("quarkus-run.jar"));
    }

    KillableService set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    KillableService property(String name, String value) {
        properties.add("-D" + name + "=" + value);
        return this;
    }

    /** Runs a command to its end. */
    void command(String... arguments) throws IOException, InterruptedException {
        Path said = folder.resolve("command.txt");
        Process command = launch(said, List.of(), arguments);
        if (!command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || command.exitValue() != 0) {
            command.destroyForcibly();
            throw new IllegalStateException(List.of(arguments) + " failed: " + Files.readString(said));
        }
    }

    /** Writes an archive of the loaded classes at the end of this life, with which later ones start in half the time. */
    void startArchiving() throws IOException, InterruptedException {
        Path made = folder.resolve("classes.jsa");
        start(List.of("-XX:ArchiveClassesAtExit=" + made));
        archive = made;
    }

    /** Starts it and returns when it is ready. */
    void start() throws IOException, InterruptedException {
        start(archive == null || !Files.exists(archive) ? List.of() : List.of("-XX:SharedArchiveFile=" + archive));
    }

    private void start(List<String> options) throws IOException, InterruptedException {
        Path said = folder.resolve("service.txt");
        Files.deleteIfExists(said);
        process = launch(said, options);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(said).contains("Daily Papers is ready")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("The service did not start: " + Files.readString(said));
            }
            Thread.sleep(20);
        }
    }

    private Process launch(Path said, List<String> options, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dquarkus.profile=" + profile,
                "-Ddaily-papers.folder=" + folder,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(options);
        command.addAll(properties);
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DAILY_PAPERS_")
                        || name.startsWith("QUARKUS_")
                        || name.startsWith("DATABASE_")
                        || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    /** SIGKILL; returns when nothing is left of it. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An orderly stop. */
    /** Whether the process has ended, within that time. */
    boolean endedWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Posts a form; whether it was answered with 200. */
    boolean post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .reduce((a, b) -> a + "&" + b)
                .orElse("");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return succeeds(request);
    }

    /** Whether it says that it can serve. */
    boolean ready() {
        return succeeds(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    private boolean succeeds(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String said() throws IOException {
        return Files.readString(folder.resolve("service.txt"));
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        http.close();
    }

    /** All jars side by side, Quarkus's own class loader left out: so a class of the tests can stand beside H2's. */
    private static String classPath(Path folder, Path build) {
        var jars = new ArrayList<Path>();
        jars.add(listener(folder));
        jars.add(build.resolve("quarkus/generated-bytecode.jar"));
        jars.add(build.resolve("quarkus/transformed-bytecode.jar"));
        for (String part : List.of("app", "lib/main", "lib/boot")) {
            try (Stream<Path> files = Files.list(build.resolve(part))) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return String.join(
                java.io.File.pathSeparator, jars.stream().map(Path::toString).toList());
    }

    private static Path listener(Path folder) {
        Path jar = folder.resolve("listener.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> each : List.of(
                    H2Statements.class, Class.forName(H2Statements.class.getName() + "$Line", false, loader()))) {
                String name = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                copy(name, out);
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(String name, OutputStream out) throws IOException {
        try (var in = loader().getResourceAsStream(name)) {
            in.transferTo(out);
        }
    }

    private static ClassLoader loader() {
        return H2Statements.class.getClassLoader();
    }
}
