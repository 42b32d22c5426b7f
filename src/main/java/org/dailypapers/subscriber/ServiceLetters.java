package org.dailypapers.subscriber;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.dailypapers.delivery.Draft;
import org.dailypapers.delivery.Letters;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.TextLines;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.smtp.Letter;
import org.dailypapers.template.Rendering;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;
import org.jspecify.annotations.Nullable;

/**
 * The letters that somebody's own act asks for: confirmations and links. They hold nothing that a visitor typed, and
 * their links are good from when they are sent.
 */
@ApplicationScoped
public class ServiceLetters implements Letters {

    /** What their messages are called in the outbox; each refers to the request's id. */
    public static final String KIND = "service";

    /** Such a letter is tried for so long, and then not delivered at all. */
    static final Duration TRIED_FOR = Duration.ofHours(24);

    private final EntityManager database;
    private final Outbox outbox;
    private final Links links;
    private final Sender sender;
    private final Masthead masthead;
    private final LetterWriter writer;
    private final Languages languages;

    ServiceLetters(
            EntityManager database,
            Outbox outbox,
            Links links,
            Sender sender,
            Masthead masthead,
            LetterWriter writer,
            Languages languages) {
        this.database = database;
        this.outbox = outbox;
        this.links = links;
        this.sender = sender;
        this.masthead = masthead;
        this.writer = writer;
        this.languages = languages;
    }

    @CheckedTemplate(basePath = "letter", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance service(ServiceLetter letter);

        private Templates() {}
    }

    /**
     * What such a letter says.
     *
     * @param preferences a second link under the first
     */
    record ServiceLetter(
            Language language,
            String title,
            String text,
            String button,
            URI link,
            @Nullable URI preferences,
            String footnote,
            URI home,
            @Nullable String postalAddress) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    @Transactional
    public List<Optional<Draft>> drafts(List<OutboundMessage> messages) {
        return messages.stream().map(this::draft).toList();
    }

    private Optional<Draft> draft(OutboundMessage message) {
        LinkRequest request = database.find(LinkRequest.class, message.reference());
        if (request == null) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, request.subscriberId);
        boolean taken = request.kind == LinkRequest.Kind.MOVE && AddressChange.taken(database, request);
        return content(request, subscriber, taken, request.askedAt)
                .map(said -> new ServiceDraft(message, request, subscriber, taken));
    }

    private final class ServiceDraft implements Draft {

        private final OutboundMessage message;
        private final LinkRequest request;
        private final Subscriber subscriber;

        /** Asked with the rest: a letter is written outside any transaction. */
        private final boolean taken;

        ServiceDraft(OutboundMessage message, LinkRequest request, Subscriber subscriber, boolean taken) {
            this.message = message;
            this.request = request;
            this.subscriber = subscriber;
            this.taken = taken;
        }

        @Override
        public String recipient() {
            return EmailAddress.wire(to(request, subscriber));
        }

        @Override
        public Optional<Letter> letter() {
            return outbox.composed(message, TRIED_FOR).flatMap(composed -> content(request, subscriber, taken, composed)
                    .map(said -> write(request, subscriber, composed, said)));
        }
    }

    private static String to(LinkRequest request, Subscriber subscriber) {
        return request.address == null ? subscriber.email : request.address;
    }

    /**
     * @param taken whether the address that is asked for is somebody's
     * @param composed when the life of its links begins
     */
    private Optional<ServiceLetter> content(
            LinkRequest request, Subscriber subscriber, boolean taken, Instant composed) {
        boolean confirmed = subscriber.consent == Consent.CONFIRMED;
        Language language = languages.of(request.language);
        return switch (request.kind) {
            case SUBSCRIBE ->
                confirmed || request.appliedAt != null
                        ? Optional.empty()
                        : Optional.of(confirmation(language, links.confirm(request.id, composed)));
            case CHANGE ->
                !confirmed || request.appliedAt != null
                        ? Optional.empty()
                        : Optional.of(change(
                                language,
                                links.confirm(request.id, composed),
                                links.preferences(subscriber.id, composed)));
            case LINK ->
                !confirmed
                        ? Optional.empty()
                        : Optional.of(link(language, links.privatePreferences(subscriber.id, composed)));
            case MOVE ->
                !confirmed || request.appliedAt != null || request.stoppedAt != null
                        ? Optional.empty()
                        : Optional.of(taken ? taken(language) : move(language, links.move(request.id, composed)));
            case MOVE_NOTICE ->
                confirmed ? Optional.of(notice(language, links.stopMove(request.id, composed))) : Optional.empty();
        };
    }

    private ServiceLetter confirmation(Language language, URI link) {
        LetterMessages words = language.letter();
        return letter(
                language,
                words.confirmTitle(masthead.name()),
                words.confirmText(),
                words.confirmButton(),
                link,
                null,
                words.confirmFootnote(lifetime(TokenPurpose.CONFIRM, language)));
    }

    /** What a letter looks like, in both its parts. */
    public record Preview(String subject, String html, String text) {}

    /** The letter that asks for a confirmation, with a link that leads nowhere. */
    public Preview preview(Language language) {
        ServiceLetter said = confirmation(language, links.page("/confirm/example"));
        return new Preview(
                said.title(), rendered(said, Variant.TEXT_HTML), TextLines.wrapped(rendered(said, Variant.TEXT_PLAIN)));
    }

    private ServiceLetter change(Language language, URI link, URI preferences) {
        LetterMessages words = language.letter();
        return letter(
                language,
                words.changeTitle(masthead.name()),
                words.changeText(),
                words.changeButton(),
                link,
                preferences,
                words.changeFootnote());
    }

    private ServiceLetter link(Language language, URI link) {
        LetterMessages words = language.letter();
        return letter(
                language,
                words.linkTitle(masthead.name()),
                words.linkText(),
                words.openPreferences(),
                link,
                null,
                words.linkFootnote(lifetime(TokenPurpose.PRIVATE, language)));
    }

    private ServiceLetter move(Language language, URI link) {
        LetterMessages words = language.letter();
        return letter(
                language,
                words.moveTitle(masthead.name()),
                words.moveText(),
                words.moveButton(),
                link,
                null,
                words.moveFootnote(lifetime(TokenPurpose.MOVE, language)));
    }

    private ServiceLetter taken(Language language) {
        LetterMessages words = language.letter();
        return letter(
                language,
                words.moveTitle(masthead.name()),
                words.moveTakenText(),
                words.moveTakenButton(),
                links.page("/subscribe"),
                null,
                words.moveTakenFootnote());
    }

    private ServiceLetter notice(Language language, URI link) {
        LetterMessages words = language.letter();
        return letter(
                language,
                words.movingTitle(masthead.name()),
                words.movingText(),
                words.movingButton(),
                link,
                null,
                words.movingFootnote());
    }

    private ServiceLetter letter(
            Language language,
            String title,
            String text,
            String button,
            URI link,
            @Nullable URI preferences,
            String footnote) {
        return new ServiceLetter(
                language,
                title,
                text,
                button,
                link,
                preferences,
                footnote,
                links.base(),
                sender.postalAddress().orElse(null));
    }

    private static String lifetime(TokenPurpose purpose, Language language) {
        return language.duration(purpose.lifetime().orElseThrow());
    }

    private Letter write(LinkRequest request, Subscriber subscriber, Instant composed, ServiceLetter said) {
        var content = new LetterContent(
                sender.from(),
                new Mailbox(null, to(request, subscriber)),
                said.title(),
                composed.atZone(ZoneId.of(subscriber.zone)),
                "request." + request.id + "." + composed.toEpochMilli() + "@" + sender.domain(),
                "=_request_" + request.id,
                LetterParts.of(
                        TextLines.wrapped(rendered(said, Variant.TEXT_PLAIN)), rendered(said, Variant.TEXT_HTML)),
                ListHeaders.in(said.language().htmlTag(), ListHeaders.service()));
        return Letter.transparent(
                sender.from().wireAddress(),
                content.to().wireAddress(),
                writer.write(content),
                content.needsSmtpUtf8());
    }

    private String rendered(ServiceLetter said, String type) {
        TemplateInstance letter = Templates.service(said)
                .setVariant(Variant.forContentType(type))
                .setLocale(said.language().locale());
        String name = type.equals(Variant.TEXT_HTML) ? "letter/service.html" : "letter/service.txt";
        String text = Rendering.of(letter);
        return Rendering.lacks(name, text, said.link(), said.postalAddress(), masthead.imprint())
                ? Rendering.of(letter)
                : text;
    }
}
