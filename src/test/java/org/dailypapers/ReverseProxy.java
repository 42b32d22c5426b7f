package org.dailypapers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A reverse proxy on the loopback interface: one request a connection, whose head it may write anew. */
public final class ReverseProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int upstream;
    private final UnaryOperator<List<String>> head;

    /**
     * Listens on a free port until it is closed.
     *
     * @param upstream the port of the service
     * @param head makes of a request's first line and fields, without the empty line, those that the service gets
     */
    public ReverseProxy(int upstream, UnaryOperator<List<String>> head) throws IOException {
        this.upstream = upstream;
        this.head = head;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Writes a field, in place of those of its name. */
    public static List<String> with(List<String> head, String name, String value) {
        List<String> written = without(head, name);
        written.add(name + ": " + value);
        return written;
    }

    private static List<String> without(List<String> head, String name) {
        String start = name.toLowerCase(java.util.Locale.ROOT) + ":";
        var kept = new ArrayList<>(head);
        kept.removeIf(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(start));
        return kept;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> forward(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void forward(Socket client) {
        try (client;
                Socket service = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            var lines = new ArrayList<String>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                lines.add(line);
            }
            if (lines.isEmpty()) {
                return;
            }
            List<String> sent =
                    with(head.apply(without(without(lines, "Connection"), "Upgrade")), "Connection", "close");
            service.getOutputStream()
                    .write((String.join("\r\n", sent) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> pump(in, service));
            service.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException cut) {
            // Either side may hang up.
        }
    }

    private static void pump(InputStream in, Socket service) {
        try {
            in.transferTo(service.getOutputStream());
        } catch (IOException cut) {
            // Either side may hang up.
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
