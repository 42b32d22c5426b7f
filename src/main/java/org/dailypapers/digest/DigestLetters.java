package org.dailypapers.digest;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.ZoneId;
import java.util.Optional;
import org.dailypapers.delivery.Letter;
import org.dailypapers.delivery.Letters;
import org.dailypapers.delivery.OutboundMessage;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.Mailbox;
import org.dailypapers.letter.MimeWriter;
import org.dailypapers.letter.Sender;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.Links;

/** The letters of digests, composed again from what was chosen whenever one is sent. */
@ApplicationScoped
public class DigestLetters implements Letters {

    static final String KIND = "digest";

    /** Of the encoded part, in bytes; Gmail cuts a letter off at 102 kB. */
    private static final int LARGEST_HTML = 90_000;

    private final EntityManager database;
    private final DigestContent content;
    private final Links links;
    private final Sender sender;
    private final LetterWriter writer;
    private final Announcement announcement;

    DigestLetters(
            EntityManager database,
            DigestContent content,
            Links links,
            Sender sender,
            LetterWriter writer,
            Announcement announcement) {
        this.database = database;
        this.content = content;
        this.links = links;
        this.sender = sender;
        this.writer = writer;
        this.announcement = announcement;
    }

    /**
     * Where letters go, as far as their content depends on it.
     *
     * @param oneClick whether RFC 8058's one-click may be announced
     * @param real whether they leave this machine; sample papers never do
     */
    public record Announcement(boolean oneClick, boolean real) {}

    @CheckedTemplate(basePath = "letter", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance digest(DigestView letter);

        private Templates() {}
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    @Transactional
    public Optional<Letter> letter(OutboundMessage message) {
        Digest digest = database.find(Digest.class, message.reference());
        if (digest == null) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, digest.subscriberId);
        if (subscriber.consent != Consent.CONFIRMED) {
            return Optional.empty();
        }
        DigestView view = content.view(digest, true);
        if (view.papers().isEmpty() || view.sample() && announcement.real()) {
            return Optional.empty();
        }
        return Optional.of(write(digest, subscriber, view));
    }

    /** A sent digest as a page, without anybody's links. */
    @Transactional
    public Optional<DigestView> web(long digest) {
        return Optional.ofNullable(database.find(Digest.class, digest)).map(d -> content.view(d, false));
    }

    /** The HTML of a letter or page. */
    public static String html(DigestView view) {
        return Templates.digest(view)
                .setVariant(Variant.forContentType(Variant.TEXT_HTML))
                .render();
    }

    /** As many papers as keep the HTML small enough that mail programs do not cut it off. */
    private static DigestView fitting(DigestView view) {
        DigestView fitting = view;
        while (fitting.papers().size() > 1 && MimeWriter.encodedLength(html(fitting)) > LARGEST_HTML) {
            fitting = fitting.first(fitting.papers().size() * 9 / 10);
        }
        return fitting;
    }

    private Letter write(Digest digest, Subscriber subscriber, DigestView all) {
        DigestView view = fitting(all);
        String host = sender.domain();
        var letter = new LetterContent(
                sender.from(),
                new Mailbox(null, subscriber.email),
                view.title(),
                digest.composedAt.atZone(ZoneId.of(subscriber.zone)),
                "digest." + digest.id + "." + digest.composedAt.toEpochMilli() + "@" + host,
                "=_digest_" + digest.id,
                Templates.digest(view)
                        .setVariant(Variant.forContentType(Variant.TEXT_PLAIN))
                        .render(),
                html(view),
                ListHeaders.digest(
                        "daily-papers." + (host.contains(".") ? host : host + ".localdomain"),
                        "Daily Papers",
                        links.unsubscribe(subscriber.id, digest.composedAt),
                        Optional.empty(),
                        announcement.oneClick(),
                        "digest:daily-papers:" + host));
        return new Letter(
                sender.from().wireAddress(), letter.to().wireAddress(), writer.write(letter), letter.needsSmtpUtf8());
    }
}
