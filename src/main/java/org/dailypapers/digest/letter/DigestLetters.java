package org.dailypapers.digest.letter;

import static org.dailypapers.digest.letter.DigestTemplates.HTML;
import static org.dailypapers.digest.letter.DigestTemplates.TEXT;
import static org.dailypapers.digest.letter.DigestTemplates.encoded;

import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.dailypapers.delivery.Draft;
import org.dailypapers.delivery.Letters;
import org.dailypapers.digest.Digest;
import org.dailypapers.language.Language;
import org.dailypapers.letter.EncodedText;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.smtp.Letter;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.template.Rendering;

/** The letters of digests, composed again from what was chosen whenever one is sent. */
@ApplicationScoped
public class DigestLetters implements Letters {

    /** The most bytes of the encoded HTML part: Gmail cuts a letter off at 102 kB. */
    private static final int LARGEST_HTML = 90_000;

    private final Sql sql;
    private final DigestContent content;
    private final Sender sender;
    private final Masthead masthead;
    private final LetterWriter writer;
    private final Announcement announcement;
    private final Clock clock;

    private volatile SharedPieces pieces = new SharedPieces(Rendering.revision());

    DigestLetters(
            Sql sql,
            DigestContent content,
            Sender sender,
            Masthead masthead,
            LetterWriter writer,
            Announcement announcement,
            Clock clock) {
        this.sql = sql;
        this.content = content;
        this.sender = sender;
        this.masthead = masthead;
        this.writer = writer;
        this.announcement = announcement;
        this.clock = clock;
    }

    /** The pieces that are the same in many letters, encoded once, as the templates of that revision have them. */
    private static final class SharedPieces {

        private record Head(Variant variant, Language language) {}

        /** What each part of every letter of a language begins with: a third of what is not about papers. */
        private final Map<Head, EncodedText> heads = new ConcurrentHashMap<>();

        private final VoiceLinks voice = new VoiceLinks();

        private final Map<Variant, EncodedText> ends = new ConcurrentHashMap<>();

        private final long revision;

        SharedPieces(long revision) {
            this.revision = revision;
        }
    }

    private SharedPieces shared() {
        SharedPieces kept = pieces;
        if (kept.revision != Rendering.revision()) {
            kept = new SharedPieces(Rendering.revision());
            pieces = kept;
        }
        return kept;
    }

    /**
     * Where letters go, as far as their content depends on it.
     *
     * @param oneClick whether RFC 8058's one-click may be announced
     * @param real whether they leave this machine; sample papers never do
     * @param leaving the address by which a subscriber leaves, where mail to it is read
     */
    public record Announcement(boolean oneClick, boolean real, LongFunction<Optional<String>> leaving) {}

    @Override
    public String kind() {
        return Digest.MESSAGE_KIND;
    }

    @Override
    public List<Optional<Draft>> drafts(List<OutboundMessage> messages) {
        Map<Long, AddressedDigest> found =
                addressed(messages.stream().map(OutboundMessage::reference).toList());
        Instant now = clock.instant();
        return messages.stream()
                .map(message -> Optional.ofNullable(found.get(message.reference()))
                        .filter(addressed -> addressed.wanted(now))
                        .<Draft>map(DigestDraft::new))
                .toList();
    }

    private final class DigestDraft implements Draft {

        private final AddressedDigest addressed;

        DigestDraft(AddressedDigest addressed) {
            this.addressed = addressed;
        }

        @Override
        public String recipient() {
            return EmailAddress.wire(addressed.email());
        }

        @Override
        public Optional<Letter> letter() {
            return Rendering.whole(() -> {
                DigestView view = view(addressed, true);
                return view.items().isEmpty() || view.sample() && announcement.real()
                        ? Optional.empty()
                        : Optional.of(write(addressed, view));
            });
        }
    }

    /** A sent digest as a page, without anybody's links. */
    public Optional<DigestView> web(long digest) {
        return Optional.ofNullable(addressed(List.of(digest)).get(digest)).map(addressed -> view(addressed, false));
    }

    /** What the letter of a digest that is kept nowhere would be, without anybody's links. */
    public DigestView preview(Digest digest) {
        long revision = sql.joined("The papers could not be read", "select max(revision) from paper", select -> {
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        return content.view(digest, revision, false);
    }

    private DigestView view(AddressedDigest addressed, boolean personal) {
        return content.view(addressed.digest(), addressed.revision(), personal);
    }

    private Map<Long, AddressedDigest> addressed(List<Long> digests) {
        return sql.joined("Digests could not be read", connection -> {
            Map<Long, AddressedDigest> letters = AddressedDigest.read(connection, digests);
            content.prepare(connection, letters.values());
            return letters;
        });
    }

    /** The HTML of a letter or page. */
    public static String html(DigestView view) {
        return DigestTemplates.written(DigestTemplates.digest(view), HTML, view.language());
    }

    /** The text part of a letter. */
    public static String text(DigestView view) {
        return DigestTemplates.written(DigestTemplates.digest(view), TEXT, view.language());
    }

    /** A letter's view and its HTML. */
    private record Fitting(DigestView view, EncodedText html) {}

    private Fitting fitted(DigestView view) {
        return new Fitting(view, part(view, HTML));
    }

    /** As many papers as keep the HTML small enough that mail programs do not cut it off; at least one. */
    private Fitting fitting(DigestView view) {
        Fitting all = fitted(view);
        if (all.html().size() <= LARGEST_HTML) {
            return all;
        }
        List<DigestItem> items = view.items();
        // The opening names the titles that follow the first one.
        int size = fitted(view.first(1)).html().size() + openingSize(view) - openingSize(view.first(1));
        int count = 1;
        while (count < items.size() && size + htmlSize(view, items.get(count)) <= LARGEST_HTML) {
            size += htmlSize(view, items.get(count++));
        }
        return fitted(view.first(count));
    }

    private static int openingSize(DigestView view) {
        return encoded(DigestTemplates.digest$opening(view), HTML, view.language())
                .size();
    }

    private int htmlSize(DigestView view, DigestItem item) {
        return pieces(view, item, HTML).stream().mapToInt(EncodedText::size).sum();
    }

    /** A paper with what stands above it and its reader's own links. */
    private List<EncodedText> pieces(DigestView view, DigestItem item, Variant variant) {
        DigestItem.Piece piece = variant == HTML ? item.html() : item.text();
        SharedPieces shared = shared();
        return List.of(
                item.heading() == null
                        ? EncodedText.of("")
                        : encoded(DigestTemplates.digest$heading(item.heading()), variant, view.language()),
                piece.why(),
                shared.voice.belowReason(view, item, variant),
                piece.rest(),
                shared.voice.below(view, item, variant),
                shared.ends.computeIfAbsent(variant, v -> encoded(DigestTemplates.digest$end(), v, view.language())));
    }

    private EncodedText part(DigestView view, Variant variant) {
        Language language = view.language();
        var pieces = new ArrayList<EncodedText>(6 * view.items().size() + 3);
        pieces.add(shared().heads
                .computeIfAbsent(
                        new SharedPieces.Head(variant, language),
                        h -> encoded(DigestTemplates.digest$head(view), variant, language)));
        pieces.add(encoded(DigestTemplates.digest$opening(view), variant, language));
        view.items().forEach(item -> pieces.addAll(pieces(view, item, variant)));
        pieces.add(encoded(DigestTemplates.digest$foot(view), variant, language));
        return EncodedText.joined(pieces);
    }

    /** Where a template of the operator's own leaves out what each letter owes, that template goes and the letter is made again. */
    private void checkDuties(DigestView view, Variant variant, String template) {
        if (Rendering.replaced(template)) {
            Rendering.lacks(
                    template,
                    DigestTemplates.written(DigestTemplates.digest$opening(view), variant, view.language())
                            + DigestTemplates.written(DigestTemplates.digest$foot(view), variant, view.language()),
                    view.unsubscribe(),
                    view.postalAddress(),
                    masthead.imprint());
        }
    }

    private Letter write(AddressedDigest addressed, DigestView all) {
        checkDuties(all, HTML, "letter/digest.html");
        checkDuties(all, TEXT, "letter/digest.txt");
        Digest digest = addressed.digest();
        Fitting fitting = fitting(all);
        String host = sender.domain();
        var letter = new LetterContent(
                sender.from(),
                new Mailbox(null, addressed.email()),
                all.title(),
                digest.composedAt.atZone(addressed.zone()),
                "digest." + digest.id + "." + digest.composedAt.toEpochMilli() + "@" + host,
                "=_digest_" + digest.id,
                new LetterParts(part(fitting.view(), TEXT), fitting.html()),
                ListHeaders.in(
                        all.language().htmlTag(),
                        ListHeaders.digest(
                                "daily-papers." + (host.contains(".") ? host : host + ".localdomain"),
                                masthead.name(),
                                all.unsubscribe(),
                                announcement
                                        .leaving()
                                        .apply(digest.subscriberId)
                                        .map(to -> "mailto:" + to + "?subject=unsubscribe"),
                                announcement.oneClick(),
                                "digest:daily-papers:" + host)));
        return Letter.transparent(
                sender.from().wireAddress(), letter.to().wireAddress(), writer.write(letter), letter.needsSmtpUtf8());
    }
}
