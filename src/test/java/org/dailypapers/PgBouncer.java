package org.dailypapers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PostgreSQL behind PgBouncer, which gives each transaction another of its sessions (pool_mode = transaction). */
public class PgBouncer extends PostgresServer {

    private static final String CONFIGURATION = """
            [databases]
            postgres = host=127.0.0.1 port=%d dbname=postgres user=papers
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 12
            server_round_robin = 1
            ignore_startup_parameters = extra_float_digits
            """;

    private Process pooler;

    /** Whether this machine has it; where not, a line says so. */
    static boolean isInstalled() {
        boolean installed = program().isPresent();
        if (!installed) {
            System.out.println("skipped: PgBouncer is not installed");
        }
        return installed;
    }

    private static Optional<Path> program() {
        return Stream.concat(
                        Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":")))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        int port = freePort();
        try {
            Path configuration = Files.createTempFile(
                    "pgbouncer",
                    ".ini",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
            Files.writeString(configuration, CONFIGURATION.formatted(port(), port));
            configuration.toFile().deleteOnExit();
            // It does not run as root.
            List<String> user = "root".equals(System.getProperty("user.name")) ? List.of("-u", "nobody") : List.of();
            pooler = new ProcessBuilder(Stream.of(
                                    List.of(program().orElseThrow().toString(), "-q"),
                                    user,
                                    List.of(configuration.toString()))
                            .flatMap(List::stream)
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PgBouncer did not start", e);
        }
        Awaitility.await("PgBouncer").until(() -> listens(port));
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + ROLE);
        return settings;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void stop() {
        if (pooler != null) {
            pooler.destroy();
        }
        super.stop();
    }
}
