package org.dailypapers.returns;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.bounce.BounceClass;
import org.dailypapers.bounce.BounceReader;
import org.dailypapers.bounce.Outcome;
import org.dailypapers.bounce.Report;
import org.dailypapers.delivery.SentLetters;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.Bounce;
import org.dailypapers.reputation.RefusalPolicy;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.token.ReturnAddresses;
import org.jboss.logging.Logger;

/**
 * The door for everything that comes back. A mail counts only with a signed address of ours; one that names a letter by its
 * Message-ID and recipient is noted. Each report counts once, however often and by whatever way it comes.
 */
@ApplicationScoped
public class Returns {

    private static final Logger LOG = Logger.getLogger(Returns.class);

    /** For how long mail systems try to deliver a letter (RFC 5321 §4.5.4.1). */
    private static final Duration TRIED = Duration.ofDays(5);

    /** For how long a letter that lies in a mailbox may be complained of. */
    private static final Duration READ = Duration.ofDays(30);

    /** How far a provider's clock may be behind ours. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final Map<String, SentLetters> letters;
    private final ReturnAddresses addresses;
    private final Outbox outbox;
    private final RefusalPolicy policy;
    private final Subscriptions subscriptions;
    private final MeterRegistry metrics;

    Returns(
            @All List<SentLetters> letters,
            ReturnAddresses addresses,
            Outbox outbox,
            RefusalPolicy policy,
            Subscriptions subscriptions,
            MeterRegistry metrics) {
        this.letters = letters.stream().collect(Collectors.toMap(SentLetters::kind, Function.identity()));
        this.addresses = addresses;
        this.outbox = outbox;
        this.policy = policy;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
    }

    /**
     * Takes a mail in. When it returns, what follows is durable; where it throws, nothing of it is, and it may come again.
     *
     * @throws IOException where the stream fails
     * @throws org.dailypapers.storage.DatabaseFailure where the database does
     */
    public Taken take(InputStream mail, Envelope envelope) throws IOException {
        return told(follow(BounceReader.read(mail), envelope));
    }

    /**
     * Takes in what a provider tells. As whoever calls is known, the letter need not be named by a signed address: its
     * Message-ID does, and where none is told, the last letter that had left for the recipient by then.
     *
     * @throws org.dailypapers.storage.DatabaseFailure where the database fails; then nothing of it was done
     */
    public Taken take(ProviderEvent event) {
        return told(event.left() ? left(event) : follow(event));
    }

    private Taken told(Taken taken) {
        switch (taken.followed()) {
            case COUNTED -> {
                count(taken.outcome().kind().toString());
                LOG.infof(
                        "Message %d came back: %s, %s",
                        taken.message().orElseThrow(),
                        taken.outcome().kind(),
                        SmtpReply.anonymous(taken.outcome().reason()));
            }
            case LEFT -> count("unsubscribe");
            case STRANGE -> count("strange");
            case KNOWN, NOTHING -> {}
        }
        return taken;
    }

    private Taken left(ProviderEvent event) {
        Optional<Subscriber> reader =
                EmailAddress.parse(event.outcome().recipient()).flatMap(subscriptions::find);
        // Who came back since then has said so to us.
        boolean leaves = reader.filter(r -> r.consent == Consent.CONFIRMED)
                .filter(r -> r.confirmedAt == null || !r.confirmedAt.isAfter(event.at()))
                .isPresent();
        if (leaves) {
            subscriptions.withdraw(reader.orElseThrow().id, "unsubscribed at the provider of mail");
        }
        return new Taken(event.outcome(), OptionalLong.empty(), leaves ? Taken.Followed.LEFT : Taken.Followed.NOTHING);
    }

    private Taken follow(ProviderEvent event) {
        Outcome outcome = event.outcome();
        if (outcome.kind() != BounceClass.COMPLAINT && outcome.failure().isEmpty()) {
            return new Taken(outcome, OptionalLong.empty(), Taken.Followed.NOTHING);
        }
        return letter(event)
                .map(letter ->
                        follow(new Report(List.of(outcome), event.letter(), List.of(), event.from(), false), letter))
                .orElseGet(() -> new Taken(outcome, OptionalLong.empty(), Taken.Followed.STRANGE));
    }

    private Optional<Found> letter(ProviderEvent event) {
        OptionalLong signed = first(event.from().stream(), addresses::messageOf);
        if (signed.isPresent()) {
            return found(signed.getAsLong(), true);
        }
        String recipient = event.outcome().recipient();
        // A Message-ID that is not ours is of mail of others who send through the same account.
        Optional<Found> found = event.letter().isPresent()
                ? event.letter()
                        .flatMap(this::byMessageId)
                        .filter(letter -> isSame(recipient, letter.sent().address()))
                : last(recipient, event.at().plus(CLOCKS)).filter(letter -> !letter.handedOver()
                        .triedAt()
                        .isBefore(event.at().minus(event.outcome().kind() == BounceClass.COMPLAINT ? READ : TRIED)));
        return found.map(letter -> new Found(letter.handedOver(), letter.sent(), true));
    }

    private Optional<Found> last(String recipient, Instant until) {
        return letters.values().stream()
                .flatMap(kind -> kind.last(recipient, until).stream()
                        .mapToObj(reference -> outbox.status(kind.kind(), reference))
                        .flatMap(Optional::stream))
                .flatMap(standing -> found(standing.id(), false).stream())
                .max(Comparator.comparing(found -> found.handedOver().triedAt()));
    }

    private void count(String kind) {
        metrics.counter("dailypapers.bounces", "class", kind).increment();
    }

    private Taken follow(Report report, Envelope envelope) {
        if (report.written() && !envelope.fromNobody()) {
            OptionalLong leaving =
                    first(Stream.concat(envelope.to().stream(), report.to().stream()), addresses::subscriberOf);
            if (leaving.isPresent()) {
                subscriptions.withdraw(leaving.getAsLong(), "mail to the address in List-Unsubscribe");
                return new Taken(report.main(), OptionalLong.empty(), Taken.Followed.LEFT);
            }
        }
        Outcome main = report.main();
        if (main.kind() != BounceClass.COMPLAINT
                && report.outcomes().stream().noneMatch(o -> o.failure().isPresent())) {
            return new Taken(main, OptionalLong.empty(), Taken.Followed.NOTHING);
        }
        return letter(report, envelope)
                .map(letter -> follow(report, letter))
                .orElseGet(() -> new Taken(main, OptionalLong.empty(), Taken.Followed.STRANGE));
    }

    /** A letter that left, and whether it was named in a way that no stranger could. */
    private record Found(Outbox.HandedOver handedOver, SentLetters.Sent sent, boolean believed) {}

    private Optional<Found> letter(Report report, Envelope envelope) {
        OptionalLong signed =
                first(Stream.of(envelope.to(), report.to(), report.from()).flatMap(List::stream), addresses::messageOf);
        if (signed.isPresent()) {
            return found(signed.getAsLong(), true);
        }
        // Whoever reports must know both: a Message-ID stands in public archives, too.
        return report.letter().flatMap(this::byMessageId).filter(found -> report.outcomes().stream()
                .anyMatch(outcome -> isSame(outcome.recipient(), found.sent().address())));
    }

    private Optional<Found> byMessageId(String id) {
        for (SentLetters each : letters.values()) {
            OptionalLong reference = each.reference(id);
            if (reference.isPresent()) {
                return outbox.status(each.kind(), reference.getAsLong())
                        .flatMap(standing -> found(standing.id(), false));
            }
        }
        return Optional.empty();
    }

    private Optional<Found> found(long message, boolean believed) {
        return outbox.handedOver(message).flatMap(handedOver -> Optional.ofNullable(
                        letters.get(handedOver.message().kind()))
                .flatMap(kind -> kind.sent(handedOver.message().reference()))
                .map(sent -> new Found(handedOver, sent, believed)));
    }

    private static OptionalLong first(Stream<String> candidates, Function<String, OptionalLong> read) {
        return candidates.map(read).filter(OptionalLong::isPresent).findFirst().orElse(OptionalLong.empty());
    }

    private Taken follow(Report report, Found letter) {
        String address = letter.sent().address();
        OptionalLong id = OptionalLong.of(letter.handedOver().message().id());
        Outcome main = report.main();
        if (!letter.believed()) {
            return new Taken(main, id, noted(report, letter));
        }
        if (main.kind() == BounceClass.COMPLAINT) {
            return new Taken(main, id, news(policy.complained(bounce(letter, main, complaint(main)))));
        }
        Optional<Outcome> own = report.outcomes().stream()
                .filter(outcome -> isSame(outcome.recipient(), address))
                .findFirst();
        Outcome outcome = own.orElse(main);
        if (outcome.failure().isEmpty()) {
            return new Taken(outcome, id, Taken.Followed.NOTHING);
        }
        Outcome.Failure failure = outcome.failure().get();
        boolean another = own.isEmpty() && !outcome.recipient().isEmpty();
        if (another && outcome.kind() == BounceClass.HARD) {
            // The mailbox that is gone is one that the reader's passes letters on to, perhaps one of several.
            failure = new Outcome.Failure(failure.cause(), failure.reply(), ReplyMeaning.SOFT);
            outcome = new Outcome(
                    BounceClass.SOFT, outcome.status(), outcome.recipient(), outcome.reason(), Optional.of(failure));
        }
        return new Taken(outcome, id, news(policy.bounced(bounce(letter, outcome, failure))));
    }

    /** Whoever reads a letter of theirs can guess the Message-IDs of others: what names one so is noted, no more. */
    private Taken.Followed noted(Report report, Found letter) {
        Outcome outcome = report.outcomes().stream()
                .filter(each -> isSame(each.recipient(), letter.sent().address()))
                .findFirst()
                .orElse(report.main());
        Outcome.Failure failure = outcome.failure().orElseGet(() -> complaint(outcome));
        return policy.noted(bounce(letter, outcome, failure).unsigned()) ? Taken.Followed.NOTED : Taken.Followed.KNOWN;
    }

    private static Outcome.Failure complaint(Outcome outcome) {
        return new Outcome.Failure(
                outcome.reason(), new SmtpReply(SmtpStage.DOT, 250, outcome.reason()), ReplyMeaning.POLICY);
    }

    private static Taken.Followed news(boolean news) {
        return news ? Taken.Followed.COUNTED : Taken.Followed.KNOWN;
    }

    private Bounce bounce(Found letter, Outcome outcome, Outcome.Failure failure) {
        SentLetters kind =
                Objects.requireNonNull(letters.get(letter.handedOver().message().kind()));
        String run = letter.sent().run();
        return new Bounce(
                letter.handedOver().message(),
                outcome.kind().toString(),
                digest(outcome, failure),
                letter.sent().address(),
                new Bounce.Run(run, most -> kind.letters(run, most)),
                letter.handedOver().triedAt(),
                outcome.status(),
                failure.cause(),
                failure.reply(),
                failure.meaning());
    }

    /** Of what is told, not of the mail: its trace differs by the way that it came. */
    private static String digest(Outcome outcome, Outcome.Failure failure) {
        String told = String.join(
                "\n",
                outcome.kind().toString(),
                outcome.recipient().toLowerCase(Locale.ROOT),
                failure.reply().toString());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(told.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether a report's recipient is the letter's: by the same spelling, or the same name at a host of the same domain. */
    private static boolean isSame(String reported, String address) {
        String one = key(reported);
        String other = key(address);
        if (one.equals(other)) {
            return true;
        }
        int at = one.lastIndexOf('@');
        int its = other.lastIndexOf('@');
        return at > 0
                && its > 0
                && one.substring(0, at).equals(other.substring(0, its))
                && (one.endsWith("." + other.substring(its + 1)) || other.endsWith("." + one.substring(at + 1)));
    }

    private static String key(String address) {
        return EmailAddress.parse(address).map(EmailAddress::key).orElseGet(() -> address.toLowerCase(Locale.ROOT));
    }
}
