package org.dailypapers.smtp.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** The data of a mail transaction, up to a size that is announced (RFC 1870). */
public final class MessageData {

    /** The largest message taken, in bytes. */
    public static final int SIZE = 10_000_000;

    /** Past this a sender that overruns the size is cut off rather than heard out. */
    private static final long PATIENCE = 10L * SIZE;

    private MessageData() {}

    /**
     * Hears a message to its end and keeps its first bytes.
     *
     * @param most how many bytes are kept
     * @throws RejectException with 552 where it is larger than {@value #SIZE}
     * @throws DropConnectionException where the line is lost, or the sender does not stop
     */
    public static byte[] read(InputStream data, int most, MessageContext session) throws RejectException, IOException {
        try {
            byte[] kept = data.readNBytes(most);
            if (kept.length + rest(data, kept.length) > SIZE) {
                throw refused(session, 552, "5.3.4 The message is larger than " + SIZE + " bytes");
            }
            return kept;
        } catch (EOFException lineLost) {
            throw new DropConnectionException(421, "4.4.2 The line was lost within the message");
        }
    }

    private static long rest(InputStream data, long before) throws IOException, RejectException {
        byte[] passedOver = new byte[8192];
        long heard = 0;
        while (before + heard <= PATIENCE) {
            int n = data.read(passedOver);
            if (n < 0) {
                return heard;
            }
            heard += n;
        }
        throw new DropConnectionException(552, "5.3.4 The message is larger than " + SIZE + " bytes");
    }

    /** Ends the transaction with that reply. RFC 5321 §4.1.1.4: a failed DATA ends it too; the library leaves it open. */
    public static RejectException refused(MessageContext session, int code, String reason) {
        if (session instanceof Session open) {
            open.resetMailTransaction();
        }
        return new RejectException(code, reason);
    }
}
