package org.dailypapers.delivery;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.h2.api.DatabaseEventListener;

/**
 * H2's own listener, named in the URL of a child's database: tells the parent of each statement, and waits until it may
 * go on. The port of the parent is the system property {@code crash.statements}.
 */
public final class H2Statements implements DatabaseEventListener {

    private final ThreadLocal<Line> lines = ThreadLocal.withInitial(Line::new);

    @Override
    public void setProgress(int state, String name, long done, long all) {
        if (name == null || state != STATE_STATEMENT_START && state != STATE_STATEMENT_END) {
            return;
        }
        String sql = name.toLowerCase(Locale.ROOT);
        if (sql.equals("commit")
                || sql.equals("rollback")
                || sql.contains("message")
                || sql.contains("suppression")
                || sql.contains("insert into")) {
            lines.get().tell(state == STATE_STATEMENT_START, name);
        }
    }

    private static final class Line {

        private final DataInputStream in;
        private final DataOutputStream out;

        Line() {
            try {
                var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger("crash.statements"));
                socket.setTcpNoDelay(true);
                in = new DataInputStream(socket.getInputStream());
                out = new DataOutputStream(socket.getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void tell(boolean before, String sql) {
            try {
                byte[] text = sql.substring(0, Math.min(sql.length(), 1_000)).getBytes("UTF-8");
                byte[] message = new byte[text.length + 3];
                message[0] = (byte) (before ? 1 : 0);
                message[1] = (byte) (text.length >> 8);
                message[2] = (byte) text.length;
                System.arraycopy(text, 0, message, 3, text.length);
                out.write(message);
                in.readByte();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
