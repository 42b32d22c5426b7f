package org.dailypapers.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A line to a server far away: what either side says arrives later, but no slower. */
final class DelayProxy implements Closeable {

    private static final int BACKLOG = 1_000;

    private final ServerSocket listening;
    private final int server;
    private final long delayNanos;

    /** @param roundTrip half of it passes before each side hears the other */
    DelayProxy(int server, Duration roundTrip) throws IOException {
        this.server = server;
        delayNanos = roundTrip.toNanos() / 2;
        listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Some bytes, and when they arrive; null at the end of the line. */
    private record Chunk(byte[] bytes, long due) {}

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), server);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                pipe(near, far);
                pipe(far, near);
            } catch (IOException e) {
                // Closed, or the server is gone: whoever called sees a closed line.
            }
        }
    }

    private void pipe(Socket from, Socket to) {
        BlockingQueue<Chunk> under = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> read(from, under));
        Thread.ofVirtual().start(() -> write(under, to));
    }

    private void read(Socket from, BlockingQueue<Chunk> under) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                under.add(new Chunk(Arrays.copyOf(buffer, n), System.nanoTime() + delayNanos));
            }
        } catch (IOException e) {
            // The end of the line, told below.
        }
        under.add(new Chunk(null, System.nanoTime() + delayNanos));
    }

    private static void write(BlockingQueue<Chunk> under, Socket to) {
        try (to;
                OutputStream out = to.getOutputStream()) {
            while (true) {
                Chunk chunk = under.take();
                Thread.sleep(Duration.ofNanos(Math.max(0, chunk.due() - System.nanoTime())));
                if (chunk.bytes() == null) {
                    return;
                }
                out.write(chunk.bytes());
                out.flush();
            }
        } catch (IOException e) {
            // The other side is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
