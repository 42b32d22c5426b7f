package org.dailypapers.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.SigningKeys;
import org.dailypapers.token.TokenPurpose;

/**
 * {@code ./bench sockets}: a thousand connections that hold on and hardly move, in five ways; meanwhile the health check,
 * a page and one-click unsubscription, each on a new connection, and a reader whose form takes 20 seconds.
 */
public final class SocketsBench {

    private static final int CONNECTIONS = 1_000;
    private static final int ROUND_SECONDS = 25;
    private static final int FIRST_SECONDS = 5;
    private static final int DRIP_MILLIS = 3_000;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int PHONE_SECONDS = 20;
    private static final int FORM_BYTES = 2_000;
    private static final int BOUND_MILLIS = 1_000;
    private static final String SECRET = "0123456789abcdef".repeat(4);

    private final Process service;
    private final int port;
    private final String leave;

    private SocketsBench(Process service, int port) {
        this.service = service;
        this.port = port;
        leave = "/unsubscribe/"
                + new LinkTokens(new SigningKeys(SECRET, List.of()), Clock.systemUTC())
                        .issue(TokenPurpose.UNSUBSCRIBE, 1);
    }

    /** How a connection holds on. */
    private enum Way {
        BODIES("a form's body drips"),
        HEADERS("a head drips"),
        UNREAD("answers are asked for and not read"),
        SILENT("nothing is sent");

        private final String said;

        Way(String said) {
            this.said = said;
        }

        String opening() {
            return switch (this) {
                case BODIES ->
                    "POST /subscribe HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=";
                case HEADERS -> "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ";
                case UNREAD -> drip().repeat(50);
                case SILENT -> "";
            };
        }

        String drip() {
            return switch (this) {
                case BODIES, HEADERS -> "a";
                case UNREAD -> "GET /api/v1/papers?limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n";
                case SILENT -> "";
            };
        }
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            System.err.println("usage: ./bench sockets");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("sockets");
        int port = PackagedApp.freePort();
        PackagedApp app = PackagedApp.embedded(folder)
                .set("QUARKUS_HTTP_PORT", Integer.toString(port))
                .set("DAILY_PAPERS_SECRET", SECRET);
        Path readers = Files.writeString(
                folder.resolve("readers.csv"), "email,status,since\na@example.org,confirmed,2026-01-01\n");
        PackagedApp.Ended imported = app.run("subscribers", "import", readers.toString());
        if (imported.status() != 0) {
            throw new IllegalStateException(imported.toString());
        }
        Path said = folder.resolve("service.txt");
        Process service = app.start(said, said);
        boolean well = true;
        try {
            while (service.isAlive() && !Files.readString(said).contains("Daily Papers is ready")) {
                Thread.sleep(100);
            }
            var bench = new SocketsBench(service, port);
            System.out.printf(
                    Locale.ROOT,
                    "%,d connections for %d s a round; milliseconds, median and worst; files open at most%n%n",
                    CONNECTIONS,
                    ROUND_SECONDS);
            System.out.printf(
                    "%-36s %9s %6s %14s %14s %14s %10s %6s%n",
                    "round", "addresses", "held", "ready", "one-click", "front page", "slow form", "files");
            well = bench.round(null, 0);
            for (Way way : Way.values()) {
                well &= bench.round(way, 10);
                well &= bench.round(way, 1);
            }
            System.out.println(
                    well
                            ? "\nEverything was answered within a second, and every slow form was taken."
                            : "\nNOT everything was answered within a second, or a slow form was lost.");
        } finally {
            service.destroy();
            service.waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        System.exit(well ? 0 : 1);
    }

    private boolean round(Way way, int addresses) throws InterruptedException, IOException {
        var holders = new ArrayList<Thread>();
        var held = new AtomicInteger();
        for (int i = 0; way != null && i < CONNECTIONS; i++) {
            String from = addresses == 1 ? "127.0.0.1" : "127.0.1." + (1 + i % addresses);
            holders.add(Thread.ofVirtual().start(() -> hold(way, from, held)));
        }
        // What is measured stands behind the first burst of connections, not in it.
        Thread.sleep(FIRST_SECONDS * 1_000L);
        var phone = new AtomicInteger();
        Thread slow = Thread.ofVirtual().start(() -> phone.set(slowForm()));
        var ready = new ArrayList<Long>();
        var oneClick = new ArrayList<Long>();
        var page = new ArrayList<Long>();
        long files = 0;
        int most = 0;
        long end = System.nanoTime() + ROUND_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            ready.add(answered("GET /q/health/ready HTTP/1.1\r\n", ""));
            oneClick.add(answered("POST " + leave + " HTTP/1.1\r\n", "List-Unsubscribe=One-Click"));
            page.add(answered("GET / HTTP/1.1\r\n", ""));
            try (Stream<Path> open = Files.list(Path.of("/proc/" + service.pid() + "/fd"))) {
                files = Math.max(files, open.count());
            }
            most = Math.max(most, held.get());
            Thread.sleep(200);
        }
        slow.join();
        holders.forEach(Thread::interrupt);
        for (Thread holder : holders) {
            holder.join();
        }
        System.out.printf(
                Locale.ROOT,
                "%-36s %9s %6d %14s %14s %14s %10s %6d%n",
                way == null ? "nobody" : way.said,
                way == null ? "-" : addresses,
                most,
                figures(ready),
                figures(oneClick),
                figures(page),
                phone.get() == 200 ? "taken" : "LOST " + phone.get(),
                files);
        return phone.get() == 200
                && Stream.of(ready, oneClick, page).flatMap(List::stream).allMatch(millis -> millis < BOUND_MILLIS);
    }

    private static String figures(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        long worst = sorted.getLast();
        return sorted.get(sorted.size() / 2) + " / " + (worst >= PATIENCE_MILLIS ? "FAILED" : worst);
    }

    private Socket connect(String from) throws IOException {
        var socket = new Socket();
        try {
            socket.setReceiveBufferSize(4_096);
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Holds a connection, and takes another where it is cut, until it is interrupted. */
    private void hold(Way way, String from, AtomicInteger held) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = connect(from)) {
                held.incrementAndGet();
                try {
                    socket.getOutputStream().write(way.opening().getBytes(StandardCharsets.US_ASCII));
                    drip(way, socket);
                } finally {
                    held.decrementAndGet();
                }
            } catch (IOException cut) {
                // It is taken anew.
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(DRIP_MILLIS / 3);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void drip(Way way, Socket socket) throws IOException, InterruptedException {
        socket.setSoTimeout(1);
        while (true) {
            Thread.sleep(DRIP_MILLIS);
            if (way != Way.UNREAD) {
                try {
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException stillOpen) {
                    // As it should be.
                }
            }
            socket.getOutputStream().write(way.drip().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Milliseconds until a request on a new connection was answered well; all the patience where it was not. */
    private long answered(String line, String body) {
        long began = System.nanoTime();
        try (Socket socket = connect("127.0.0.1")) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request(line, body.length(), body));
            int status = status(socket.getInputStream());
            if (status != 200) {
                System.out.println(line.strip() + ": " + (status == 0 ? "no answer" : status));
                return PATIENCE_MILLIS;
            }
        } catch (IOException e) {
            System.out.println(line.strip() + ": " + e.getMessage());
            return PATIENCE_MILLIS;
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    private static byte[] request(String line, int length, String body) {
        return (line + "Host: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int status(InputStream in) throws IOException {
        String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    /** A form of 2 kB on a bad line. */
    private int slowForm() {
        String form = "email=phone%40example.org&keywords=" + "diffusion+model%0A".repeat(FORM_BYTES / 18);
        try (Socket socket = connect("127.0.0.1")) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request("POST /subscribe HTTP/1.1\r\n", form.length(), ""));
            int at = 0;
            for (int second = 1; second <= PHONE_SECONDS; second++) {
                int to = form.length() * second / PHONE_SECONDS;
                socket.getOutputStream().write(form.substring(at, to).getBytes(StandardCharsets.US_ASCII));
                at = to;
                Thread.sleep(1_000);
            }
            return status(socket.getInputStream());
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
