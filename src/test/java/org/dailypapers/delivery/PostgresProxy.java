package org.dailypapers.delivery;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between the service and PostgreSQL and tells of the statements that go by, before the server sees them and
 * before the client learns of their end. The client is to use no named statements ({@code prepareThreshold=0}).
 */
final class PostgresProxy implements Closeable {

    private final ServerSocket door;
    private final int server;
    private final SeenStatement.Watch watch;

    PostgresProxy(int server, SeenStatement.Watch watch) {
        this.server = server;
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
                Socket client = door.accept();
                var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), server));
                Thread.ofPlatform().daemon().start(line::forth);
                Thread.ofPlatform().daemon().start(line::back);
            } catch (IOException e) {
                // The door is closed, or the server is gone: the client sees a line that breaks.
            }
        }
    }

    private final class Line {

        private final Socket client;
        private final Socket upstream;
        private final SeenStatement.Session session = new SeenStatement.Session(watch, true);
        private final Queue<List<String>> unanswered = new ConcurrentLinkedQueue<>();

        Line(Socket client, Socket upstream) throws IOException {
            this.client = client;
            this.upstream = upstream;
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        }

        /** PostgreSQL's protocol 3.0: one message without a type, then type, length, content. */
        void forth() {
            try (client;
                    upstream) {
                var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
                var out = new DataOutputStream(new BufferedOutputStream(upstream.getOutputStream()));
                byte[] startup = content(in);
                out.writeInt(startup.length + 4);
                out.write(startup);
                out.flush();
                var asked = new ArrayList<String>();
                while (true) {
                    int type = in.readUnsignedByte();
                    byte[] content = content(in);
                    String sql =
                            switch (type) {
                                case 'P' -> text(content, text(content, 0).length() + 1);
                                case 'Q' -> text(content, 0);
                                default -> null;
                            };
                    if (sql != null) {
                        out.flush();
                        session.before(sql);
                        asked.add(sql);
                    }
                    if (type == 'S' || type == 'Q') {
                        unanswered.add(List.copyOf(asked));
                        asked.clear();
                    }
                    write(out, type, content);
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One of the two has gone.
            }
        }

        void back() {
            try (client;
                    upstream) {
                var in = new DataInputStream(new BufferedInputStream(upstream.getInputStream(), 1 << 16));
                var out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream(), 1 << 16));
                while (true) {
                    int type = in.readUnsignedByte();
                    byte[] content = content(in);
                    if (type == 'Z') {
                        List<String> answered = unanswered.poll();
                        if (answered != null) {
                            answered.forEach(session::after);
                        }
                    }
                    write(out, type, content);
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One of the two has gone.
            }
        }

        private static void write(DataOutputStream out, int type, byte[] content) throws IOException {
            out.writeByte(type);
            out.writeInt(content.length + 4);
            out.write(content);
        }

        private static byte[] content(DataInputStream in) throws IOException {
            byte[] content = new byte[in.readInt() - 4];
            in.readFully(content);
            return content;
        }

        private static String text(byte[] content, int from) {
            int end = from;
            while (content[end] != 0) {
                end++;
            }
            return new String(content, from, end - from, StandardCharsets.UTF_8);
        }
    }
}
