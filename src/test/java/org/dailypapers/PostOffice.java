package org.dailypapers;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;

/** A real SMTP server to which the tests deliver, and what it has taken. */
public final class PostOffice implements AutoCloseable {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private int seen;

    public PostOffice() {
        server.start();
    }

    /** A letter as it arrived. */
    public record Received(MimeMessage message) {

        /** The value of the header, unfolded; null where there is none. */
        public String header(String name) {
            try {
                return message.getHeader(name) == null
                        ? null
                        : message.getHeader(name, null).replaceAll("\r\n[ \t]", " ");
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        public String subject() {
            try {
                return message.getSubject();
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        public String text() {
            return part(0, "text/plain");
        }

        public String html() {
            return part(1, "text/html");
        }

        /** The bytes from the first header on. */
        public String source() {
            try {
                var bytes = new ByteArrayOutputStream();
                message.writeTo(bytes);
                return bytes.toString(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        private String part(int index, String type) {
            try {
                if (!message.isMimeType("multipart/alternative")) {
                    throw new AssertionError("not multipart/alternative: " + message.getContentType());
                }
                var parts = (MimeMultipart) message.getContent();
                BodyPart part = parts.getBodyPart(index);
                if (parts.getCount() != 2 || !part.isMimeType(type)) {
                    throw new AssertionError("part " + index + " is " + part.getContentType());
                }
                return (String) part.getContent();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Sends what is due; the letters that have arrived by it. */
    public List<Received> deliver(Delivery delivery) {
        var relay = new Relay(new RelayAddress(
                "127.0.0.1",
                server.getSmtp().getPort(),
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                10_000,
                "test.example"));
        // In a thread without a request, as the service's own: what is composed must do without one too.
        CompletableFuture.runAsync(
                        () -> delivery.drain(relay), task -> Thread.ofPlatform().start(task))
                .join();
        var all = new ArrayList<>(
                Arrays.stream(server.getReceivedMessages()).map(Received::new).toList());
        List<Received> fresh = List.copyOf(all.subList(seen, all.size()));
        seen = all.size();
        return fresh;
    }

    @Override
    public void close() {
        server.stop();
    }
}
