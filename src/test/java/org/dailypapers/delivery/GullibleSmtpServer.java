package org.dailypapers.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The most gullible SMTP server: each CR and each LF ends a line for it, and a lone dot the letter, whatever ended the
 * lines around it. It keeps every line of the dialogue, a char for each octet.
 */
final class GullibleSmtpServer implements AutoCloseable {

    /** In place of a line, where a line ended by CR or LF alone. */
    static final String BARE = "(a bare CR or LF)";

    /** In place of a line, where the connection ended. */
    static final String END = "(end)";

    private final ServerSocket door;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** A server that listens already. */
    GullibleSmtpServer() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    /** What was said since it was last asked. */
    List<String> heard() {
        List<String> heard = new ArrayList<>();
        lines.drainTo(heard);
        return heard;
    }

    /** What was said since it was last asked until the connection ended, with {@link #END}. */
    List<String> heardToTheEnd() throws InterruptedException {
        List<String> heard = new ArrayList<>();
        String line = null;
        while (!END.equals(line)) {
            line = lines.poll(10, TimeUnit.SECONDS);
            heard.add(String.valueOf(line));
            if (line == null) {
                throw new AssertionError("The connection does not end: " + heard);
            }
        }
        return heard;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void welcome() {
        try {
            while (true) {
                Socket line = door.accept();
                line.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(line));
            }
        } catch (IOException e) {
            // The door is closed: the test has ended.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            listen(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (IOException e) {
            // The client's end of the line broke; what was said is kept.
        } finally {
            lines.add(END);
        }
    }

    private void listen(InputStream in, OutputStream out) throws IOException {
        say(out, "220 gullible.example.test ESMTP");
        var line = new StringBuilder();
        boolean data = false;
        int before = -1;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (before == '\r' && b != '\n' || before != '\r' && b == '\n') {
                lines.add(BARE);
            }
            if (b == '\r' || b == '\n' && before != '\r') {
                lines.add(line.toString());
                data = answer(line.toString(), data, out);
                line.setLength(0);
            } else if (b != '\n') {
                line.append((char) b);
            }
            before = b;
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
    }

    /** Whether a letter's lines follow. */
    private static boolean answer(String line, boolean data, OutputStream out) throws IOException {
        if (data) {
            if (line.equals(".")) {
                say(out, "250 2.0.0 taken");
            }
            return !line.equals(".");
        }
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        say(
                out,
                switch (verb) {
                    case "EHLO" -> "250-gullible.example.test\r\n250-SIZE\r\n250-8BITMIME\r\n250 SMTPUTF8";
                    case "DATA" -> "354 go on";
                    case "QUIT" -> "221 2.0.0 bye";
                    default -> "250 2.0.0 whatever you say";
                });
        return verb.equals("DATA");
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
