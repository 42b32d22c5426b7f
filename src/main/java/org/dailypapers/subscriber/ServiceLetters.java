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
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.smtp.Letter;
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

    ServiceLetters(
            EntityManager database, Outbox outbox, Links links, Sender sender, Masthead masthead, LetterWriter writer) {
        this.database = database;
        this.outbox = outbox;
        this.links = links;
        this.sender = sender;
        this.masthead = masthead;
        this.writer = writer;
    }

    @CheckedTemplate(basePath = "letter", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance service(ServiceLetter letter);

        private Templates() {}
    }

    /**
     * What such a letter says.
     *
     * @param second a second link under the first
     */
    record ServiceLetter(
            String title,
            String text,
            String button,
            URI link,
            @Nullable String secondText,
            @Nullable String second,
            @Nullable URI secondLink,
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
        return content(request, subscriber, request.askedAt)
                .map(said -> new ServiceDraft(message, request, subscriber));
    }

    private final class ServiceDraft implements Draft {

        private final OutboundMessage message;
        private final LinkRequest request;
        private final Subscriber subscriber;

        ServiceDraft(OutboundMessage message, LinkRequest request, Subscriber subscriber) {
            this.message = message;
            this.request = request;
            this.subscriber = subscriber;
        }

        @Override
        public String recipient() {
            return EmailAddress.wire(subscriber.email);
        }

        @Override
        public Optional<Letter> letter() {
            return outbox.composed(message, TRIED_FOR).flatMap(composed -> content(request, subscriber, composed)
                    .map(said -> write(request, subscriber, composed, said)));
        }
    }

    /** @param composed when the life of its links begins */
    private Optional<ServiceLetter> content(LinkRequest request, Subscriber subscriber, Instant composed) {
        boolean confirmed = subscriber.consent == Consent.CONFIRMED;
        String postal = sender.postalAddress().orElse(null);
        return switch (request.kind) {
            case SUBSCRIBE ->
                confirmed || request.appliedAt != null
                        ? Optional.empty()
                        : Optional.of(new ServiceLetter(
                                "Confirm your " + masthead.name(),
                                "Somebody, hopefully you, asked for a personal letter of new research papers to be sent"
                                        + " to this address. Press the button to say yes. The first letter follows at"
                                        + " once where the newest editions have something for you, else in the rhythm that"
                                        + " was asked for, as soon as one has.",
                                "Confirm my subscription",
                                links.confirm(request.id, composed),
                                null,
                                null,
                                null,
                                "If it was not you, do nothing: without the button no letter will come. The link is"
                                        + " good for " + TokenPurpose.CONFIRM.lifetimeInWords() + ".",
                                links.base(),
                                postal));
            case CHANGE ->
                !confirmed || request.appliedAt != null
                        ? Optional.empty()
                        : Optional.of(new ServiceLetter(
                                "You already receive " + masthead.name(),
                                "Somebody, hopefully you, filled in the form again for this address. Press the button"
                                        + " to make what was typed there your new preferences.",
                                "Use the new preferences",
                                links.confirm(request.id, composed),
                                "Or look at your present ones and change them by hand:",
                                "Open my preferences",
                                links.preferences(subscriber.id, composed),
                                "If it was not you, do nothing: your preferences stay as they are.",
                                links.base(),
                                postal));
            case LINK ->
                !confirmed
                        ? Optional.empty()
                        : Optional.of(new ServiceLetter(
                                "Your link to " + masthead.name(),
                                "Here you can change what you are sent, see or take away everything that is kept about"
                                        + " you, or have it erased.",
                                "Open my preferences",
                                links.privatePreferences(subscriber.id, composed),
                                null,
                                null,
                                null,
                                "The link is good for " + TokenPurpose.PRIVATE.lifetimeInWords()
                                        + ". If you did not ask for it, do nothing.",
                                links.base(),
                                postal));
        };
    }

    private Letter write(LinkRequest request, Subscriber subscriber, Instant composed, ServiceLetter said) {
        var content = new LetterContent(
                sender.from(),
                new Mailbox(null, subscriber.email),
                said.title(),
                composed.atZone(ZoneId.of(subscriber.zone)),
                "request." + request.id + "." + composed.toEpochMilli() + "@" + sender.domain(),
                "=_request_" + request.id,
                LetterParts.of(
                        Templates.service(said)
                                .setVariant(Variant.forContentType(Variant.TEXT_PLAIN))
                                .render(),
                        Templates.service(said)
                                .setVariant(Variant.forContentType(Variant.TEXT_HTML))
                                .render()),
                ListHeaders.service());
        return Letter.transparent(
                sender.from().wireAddress(),
                content.to().wireAddress(),
                writer.write(content),
                content.needsSmtpUtf8());
    }
}
