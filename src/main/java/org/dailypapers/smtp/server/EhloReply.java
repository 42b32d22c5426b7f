package org.dailypapers.smtp.server;

import java.io.IOException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * The extensions that the embedded servers announce (RFC 5321 §4.1.1.1). It replaces the library's reply, which offers
 * CHUNKING, though it takes a chunk cut off by a lost line for a whole message, and not PIPELINING, which it can do.
 */
public final class EhloReply extends BaseCommand {

    /** The reply, for one server. */
    public EhloReply() {
        super("EHLO", "Introduce yourself.", "<hostname>");
    }

    @Override
    public void execute(String command, Session session) throws IOException {
        String[] words = getArgs(command);
        if (words.length < 2) {
            session.sendResponse("501 5.5.4 Syntax: EHLO hostname");
            return;
        }
        session.resetMailTransaction();
        session.setHelo(words[1]);
        session.sendResponse("250-" + session.getServer().getHostName()
                + "\r\n250-PIPELINING" // RFC 2920
                + "\r\n250-SIZE " + session.getServer().getMaxMessageSize() // RFC 1870
                + "\r\n250-8BITMIME" // RFC 6152
                + "\r\n250 SMTPUTF8"); // RFC 6531
    }
}
