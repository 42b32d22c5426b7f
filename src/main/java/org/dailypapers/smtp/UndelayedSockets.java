package org.dailypapers.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes a connection's sockets, with TCP_NODELAY, which Jakarta Mail does not set: without it each letter waits for
 * delayed ACKs. It keeps hold of them, so that a watchdog can cut a line that its reader is waiting on.
 */
final class UndelayedSockets extends SocketFactory {

    private final List<Socket> made = new ArrayList<>(1);

    /** Closes the line under whoever reads from it or writes to it. */
    synchronized void cut() {
        for (Socket socket : made) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed is closed.
            }
        }
    }

    /** What is written to the newest of them. */
    synchronized OutputStream line() throws IOException {
        return made.getLast().getOutputStream();
    }

    /** Lets the next reads last so long. */
    synchronized void patience(int millis) {
        for (Socket socket : made) {
            try {
                if (!socket.isClosed()) {
                    socket.setSoTimeout(millis);
                }
            } catch (SocketException e) {
                // A broken line says so when it is next read from.
            }
        }
    }

    private synchronized Socket undelayed(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        if (!made.contains(socket)) {
            made.add(socket);
        }
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return undelayed(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return undelayed(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return undelayed(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return undelayed(new Socket(host, port, local, localPort));
    }

    /** TLS over sockets that are kept hold of likewise. */
    SSLSocketFactory under(SSLSocketFactory tls) {
        return new Secured(tls);
    }

    private final class Secured extends SSLSocketFactory {

        private final SSLSocketFactory tls;

        Secured(SSLSocketFactory tls) {
            this.tls = tls;
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean closeBelow) throws IOException {
            return tls.createSocket(undelayed(below), host, port, closeBelow);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket(UndelayedSockets.this.createSocket(host, port), host, port, true);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(UndelayedSockets.this.createSocket(host, port, local, localPort), host, port, true);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return createSocket(UndelayedSockets.this.createSocket(host, port), host.getHostName(), port, true);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(
                    UndelayedSockets.this.createSocket(host, port, local, localPort), host.getHostName(), port, true);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }
    }
}
