package org.dailypapers.source.http;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** An HTTP server that answers byte for byte what a test says, also what no server should, and notes who asked when. */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket door;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = (request, n, answer) -> answer.send(404, "");

    /**
     * What was asked.
     *
     * @param target path and query
     * @param fields by their names in lower case
     * @param at by the server's own clock
     */
    public record Request(String target, Map<String, String> fields, Instant at) {}

    /** What it does with the n-th request, from 1. */
    @FunctionalInterface
    public interface Script {
        void answer(Request request, int n, Answer answer) throws IOException, InterruptedException;
    }

    /** The answer to one request. */
    public static final class Answer {
        private final Socket line;

        Answer(Socket line) {
            this.line = line;
        }

        /** A whole answer of text; each field is {@code Name: value}. */
        public void send(int status, String body, String... fields) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            head(status, bytes.length, fields);
            raw(bytes);
        }

        /** A whole answer, packed. */
        public void sendPacked(byte[] body, String... fields) throws IOException {
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            head(200, packed.size(), add(fields, "Content-Encoding: gzip"));
            raw(packed.toByteArray());
        }

        /** A head that promises so many bytes. */
        public void head(int status, long length, String... fields) throws IOException {
            raw(("HTTP/1.1 " + status + " Said\r\nContent-Length: " + length + "\r\nConnection: close\r\n"
                            + String.join(
                                    "",
                                    List.of(fields).stream()
                                            .map(f -> f + "\r\n")
                                            .toList()) + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }

        public void raw(byte[] bytes) throws IOException {
            OutputStream out = line.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /** Ends the connection so that the other side is told of a reset. */
        public void reset() throws IOException {
            line.setSoLinger(true, 0);
            line.close();
        }

        private static String[] add(String[] fields, String last) {
            var all = new java.util.ArrayList<>(List.of(fields));
            all.add(last);
            return all.toArray(String[]::new);
        }
    }

    public ScriptedServer(Clock clock) {
        this.clock = clock;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::listen);
    }

    public ScriptedServer answering(Script script) {
        this.script = script;
        return this;
    }

    public String address() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket line = door.accept();
                threads.execute(() -> serve(line));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket line) {
        try (line) {
            var in = new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            if (first == null) {
                return;
            }
            var fields = new TreeMap<String, String>();
            for (String field = in.readLine(); field != null && !field.isEmpty(); field = in.readLine()) {
                int colon = field.indexOf(':');
                fields.put(
                        field.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                        field.substring(colon + 1).strip());
            }
            var request = new Request(first.split(" ")[1], fields, clock.instant());
            int n;
            synchronized (requests) {
                requests.add(request);
                n = requests.size();
            }
            script.answer(request, n, new Answer(line));
        } catch (IOException gone) {
            // The client has had enough, as some tests want.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
