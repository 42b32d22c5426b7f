package org.dailypapers.delivery;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A mail server of other people, run by the scripts of {@code src/bench/servers} on a port of loopback. */
final class MailServer implements Closeable {

    private static final Path SCRIPTS = Path.of("src/bench/servers").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 20;

    /** Which servers there are. */
    enum Kind {
        POSTFIX("Postfix"),
        EXIM("Exim"),
        OPENSMTPD("OpenSMTPD"),
        SENDMAIL("Sendmail"),
        AIOSMTPD("aiosmtpd"),
        HARAKA("Haraka");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is unpacked from Debian's packages and runs in a view of its own of the file system. */
        boolean isDebians() {
            return this != AIOSMTPD && this != HARAKA;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private final Process process;
    private final Path work;

    private MailServer(Process process, Path work) {
        this.process = process;
        this.work = work;
    }

    /** Why it cannot run here; empty where it can. */
    static Optional<String> missing(Kind kind, Path unpacked) {
        if (!kind.isDebians()) {
            return command(kind, unpacked).isPresent() ? Optional.empty() : Optional.of("not installed");
        }
        if (!Files.isDirectory(unpacked.resolve(kind.id()).resolve("usr"))) {
            return Optional.of("not in " + unpacked + "; --download brings it there on Debian");
        }
        return succeeds("unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                ? Optional.empty()
                : Optional.of("a file system of its own cannot be mounted here: that needs root");
    }

    /** Downloads and unpacks Debian's servers into a folder, one below it for each; installs nothing. */
    static void download(Path unpacked) throws IOException, InterruptedException {
        Files.createDirectories(unpacked);
        new ProcessBuilder("bash", SCRIPTS.resolve("download.sh").toString(), unpacked.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static Optional<List<String>> command(Kind kind, Path unpacked) {
        if (kind == Kind.HARAKA) {
            return Stream.of(unpacked.resolve("haraka/node_modules/.bin/haraka").toString(), "haraka")
                    .filter(haraka -> succeeds(haraka, "-v"))
                    .findFirst()
                    .map(haraka -> List.of("bash", SCRIPTS.resolve("haraka.sh").toString(), haraka));
        }
        return Stream.of(unpacked.resolve("python/bin/python").toString(), "python3")
                .filter(python -> succeeds(python, "-c", "import aiosmtpd"))
                .findFirst()
                .map(python ->
                        List.of(python, SCRIPTS.resolve("aiosmtpd-server.py").toString()));
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts one and waits until it greets.
     *
     * @param work a folder of its own, with the file recipients: an address a line
     * @param settings for its script, such as LOGIN or SIZE
     */
    static MailServer start(Kind kind, Path unpacked, Path work, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (kind.isDebians()) {
            command.addAll(List.of(
                    SCRIPTS.resolve("view.sh").toString(),
                    kind.id(),
                    unpacked.resolve(kind.id()).toString(),
                    work.toString()));
        } else {
            command.addAll(command(kind, unpacked).orElseThrow());
        }
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("out").toFile());
        var environment = new HashMap<>(settings);
        environment.put("PORT", Integer.toString(port));
        environment.put("WORK", work.toString());
        builder.environment().putAll(environment);
        var server = new MailServer(builder.start(), work);
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (greets(port)) {
                return server;
            }
            if (!server.process.isAlive()) {
                break;
            }
            Thread.sleep(100);
        }
        server.close();
        throw new IOException(kind + " does not answer: " + server.said());
    }

    private static boolean greets(int port) {
        try (var line = new Socket()) {
            line.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            line.setSoTimeout(5_000);
            var in = new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII));
            String greeting = in.readLine();
            line.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            in.readLine();
            return greeting != null && greeting.startsWith("220");
        } catch (IOException e) {
            return false;
        }
    }

    private String said() {
        try {
            return Files.readString(work.resolve("out")).strip().replaceAll("\\s+", " ");
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** The letters that it has stored so far, with the ends of their lines as on the wire. */
    List<byte[]> stored() {
        try (Stream<Path> files = Files.walk(work.resolve("mail"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getParent().endsWith("tmp"))
                    .map(MailServer::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1)
                    .replaceAll("\r?\n", "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and whatever it started. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            // The view's processes end a moment after the one that holds them.
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
