package org.dailypapers.delivery;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The parent's end of {@link H2Statements}. */
final class H2Gate implements Closeable {

    private final ServerSocket door;
    private final SeenStatement.Watch watch;

    H2Gate(SeenStatement.Watch watch) {
        this.watch = watch;
        try {
            door = new ServerSocket();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket line = door.accept();
                line.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> listen(line));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void listen(Socket line) {
        try (line) {
            var in = new DataInputStream(new BufferedInputStream(line.getInputStream()));
            var session = new SeenStatement.Session(watch, false);
            while (true) {
                boolean before = in.readByte() == 1;
                byte[] text = new byte[in.readUnsignedShort()];
                in.readFully(text);
                String sql = new String(text, StandardCharsets.UTF_8);
                if (before) {
                    session.before(sql);
                } else {
                    session.after(sql);
                }
                line.getOutputStream().write(1);
            }
        } catch (IOException e) {
            // The child has gone.
        }
    }
}
