package org.dailypapers.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server on loopback that takes every letter and keeps only their number. */
final class CountingSink implements AutoCloseable {

    private static final byte[] OK = "250 2.0.0 ok\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GO_ON = "354 go on\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final AtomicInteger taken = new AtomicInteger();

    /** A server that listens already. */
    CountingSink() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    int taken() {
        return taken.get();
    }

    private void welcome() {
        try {
            while (true) {
                Socket line = door.accept();
                line.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(line));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = socket.getOutputStream()) {
            out.write("220 sink.example.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            boolean letter = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (letter && !line.equals(".")) {
                    continue;
                }
                if (letter) {
                    taken.incrementAndGet();
                }
                letter = !letter && line.regionMatches(true, 0, "DATA", 0, 4);
                out.write(letter ? GO_ON : OK);
            }
        } catch (IOException e) {
            // The client's end of the line broke.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
