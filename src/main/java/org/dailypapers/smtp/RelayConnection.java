package org.dailypapers.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** A kept-open connection to the relay. */
final class RelayConnection implements MailTransport.MailConnection {

    /**
     * Refusals right after another one that a line is good for. Postfix answers late from the tenth error in a row and
     * hangs up at the twentieth; Exim hangs up at the eleventh RSET that follows another.
     */
    static final int PATIENCE = 5;

    private final Session session;
    private final SmtpLine line;
    private final UndelayedSockets sockets;
    private final Duration deadline;
    private final Runnable whenClosed;
    private boolean closed;
    private int carried;
    private boolean broken;
    private boolean refusedBefore;
    private int refusedAgain;
    private boolean stale;

    /** @param whenClosed run when the line is closed and the session free for another */
    RelayConnection(Session session, SmtpLine line, UndelayedSockets sockets, Duration deadline, Runnable whenClosed) {
        this.session = session;
        this.line = line;
        this.sockets = sockets;
        this.deadline = deadline;
        this.whenClosed = whenClosed;
    }

    @Override
    public DeliveryResult send(Letter letter, Runnable goAhead) {
        line.begin(letter);
        boolean eightBit = letter.eightBit();
        Optional<SmtpReply> impossible = impossible(letter, eightBit);
        if (impossible.isPresent()) {
            return new DeliveryResult.Rejected(impossible.get(), ReplyMeaning.OUR_FAULT);
        }
        var message = new PreparedMessage(session, line, letter, parameters(letter, eightBit), goAhead);
        try (Watchdog watchdog = Watchdog.over(sockets, deadline)) {
            try {
                line.sendMessage(message, message.getAllRecipients());
                refusedBefore = false;
                return new DeliveryResult.Accepted(line.getLastServerResponse().strip());
            } catch (MessagingException e) {
                return failed(e, watchdog);
            }
        } catch (RuntimeException | Error e) {
            // Without its dot nothing counts as sent; a QUIT would stand in the letter (RFC 5321 §4.1.1.4).
            sockets.cut();
            broken = true;
            throw e;
        } finally {
            carried++;
        }
    }

    /** Why the server cannot be handed such a letter at all, in the words that it would use itself. */
    private Optional<SmtpReply> impossible(Letter letter, boolean eightBit) {
        if (letter.needsSmtpUtf8() && !line.supportsExtension("SMTPUTF8")) {
            // RFC 6531 §3.2: such an address cannot be passed on to a server without the extension.
            return Optional.of(
                    new SmtpReply(SmtpStage.RCPT, 553, "5.6.7 the relay does not take internationalised addresses"));
        }
        long size = letter.bytes().length;
        if (size > line.sizeLimit().orElse(Long.MAX_VALUE)) {
            // RFC 1870 §6.2: what is known to be too large is not begun.
            return Optional.of(new SmtpReply(
                    SmtpStage.MAIL,
                    552,
                    "5.3.4 the letter has " + size + " octets, the relay takes "
                            + line.sizeLimit().getAsLong()));
        }
        if (eightBit && !line.supportsExtension("8BITMIME")) {
            // RFC 6152 §3: eight-bit content is not sent to a server without the extension.
            return Optional.of(new SmtpReply(
                    SmtpStage.MAIL, 554, "5.6.3 the relay takes no eight-bit content, the letter has it"));
        }
        return Optional.empty();
    }

    private String parameters(Letter letter, boolean eightBit) {
        var parameters = new StringBuilder();
        if (line.supportsExtension("SIZE")) {
            // RFC 1870 §3: octets with their CRLFs, before dot-stuffing.
            parameters.append("SIZE=").append(letter.bytes().length);
        }
        if (eightBit && line.supportsExtension("8BITMIME")) {
            parameters.append(parameters.isEmpty() ? "" : " ").append("BODY=8BITMIME");
        }
        return parameters.toString();
    }

    private DeliveryResult failed(MessagingException e, Watchdog watchdog) {
        Optional<SmtpReply> refusal = line.refusal();
        if (refusal.isPresent()) {
            refusedAgain += refusedBefore ? 1 : 0;
            refusedBefore = true;
            broken = !line.isReset() || refusedAgain == PATIENCE;
            broken |= refusal.get().code() == 421;
            stale = carried > 0 && saysEnough(refusal.get());
            return DeliveryResult.of(refusal.get());
        }
        broken = true;
        stale = carried > 0 && line.stage() == SmtpStage.MAIL && !watchdog.hasExpired() && !timedOut(e);
        String why = watchdog.hasExpired() ? "cut after " + deadline.toSeconds() + " s" : oneLine(e);
        return line.stage() == SmtpStage.DOT
                ? new DeliveryResult.Unknown("line lost after the final dot: " + why)
                : new DeliveryResult.Deferred(
                        new SmtpReply(SmtpStage.CONNECT, 421, "line lost: " + why), ReplyMeaning.SLOW_DOWN);
    }

    /** OpenSMTPD has had enough letters of a line with 452 at MAIL, others with 421 there or at the next recipient. */
    private static boolean saysEnough(SmtpReply reply) {
        return reply.stage() == SmtpStage.MAIL && reply.isTransient()
                || reply.stage() == SmtpStage.RCPT && reply.code() == 421;
    }

    private static boolean timedOut(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }

    @Override
    public boolean stale() {
        return stale;
    }

    @Override
    public int carried() {
        return carried;
    }

    /** The server is asked nothing: it has answered the RSET after a refusal, and Sendmail answers many NOOPs late. */
    @Override
    public boolean usable() {
        return !broken;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Watchdog watchdog = Watchdog.over(sockets, deadline)) {
            line.close();
        } catch (MessagingException e) {
            // A line lost at QUIT changes nothing: what was accepted is accepted (RFC 5321 §4.1.1.10).
            broken = true;
        } finally {
            whenClosed.run();
        }
    }

    /** The bytes as they are; nothing is built or encoded again. */
    private static final class PreparedMessage extends SMTPMessage {

        private final SmtpLine line;
        private final Letter letter;
        private final Runnable goAhead;

        PreparedMessage(Session session, SmtpLine line, Letter letter, String parameters, Runnable goAhead) {
            super(session);
            this.line = line;
            this.letter = letter;
            this.goAhead = goAhead;
            setEnvelopeFrom(letter.sender());
            setMailExtension(parameters);
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException {
            goAhead.run();
            line.write(letter, out);
        }

        @Override
        public void saveChanges() {
            // The bytes carry their own Message-ID.
        }

        @Override
        public Address[] getAllRecipients() {
            // Not parsed: Jakarta Mail's parser refuses domains with joiners and other marks (RFC 5892 §2).
            var recipient = new InternetAddress();
            recipient.setAddress(letter.recipient());
            return new Address[] {recipient};
        }
    }
}
