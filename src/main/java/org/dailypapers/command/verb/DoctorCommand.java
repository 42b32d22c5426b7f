package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dailypapers.command.check.Failure;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.letter.dkim.DkimIdentity;
import org.dailypapers.letter.dkim.DkimSigner;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.MailTransport;
import org.dailypapers.smtp.TransportFailure;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Sources;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.token.Links;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what stands between this configuration and the inbox. */
@Dependent
@Command(name = "doctor", description = "Says what stands between this configuration and the inbox.")
class DoctorCommand extends Verb {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Sends a test letter there.")
    String to;

    @Inject
    Postman postman;

    @Inject
    Sender sender;

    @Inject
    Masthead masthead;

    @Inject
    LetterWriter writer;

    @Inject
    Links links;

    @Inject
    ReplicaKeys keys;

    @Inject
    Clock clock;

    @Inject
    Sources sources;

    @Override
    public Integer call() {
        boolean well = base() & from() & postalAddress() & keys() & clock();
        dkim();
        if (!postman.hasRelay()) {
            console().say("note  relay: none is set; letters go to the embedded catcher at " + links.page("/mailbox"));
            if (to != null) {
                throw new Failure("No relay is set (DAILY_PAPERS_SMTP_HOST), so no test letter can be sent.");
            }
            return well ? 0 : 1;
        }
        return relay() && well ? 0 : 1;
    }

    private boolean base() {
        boolean https = "https".equals(links.base().getScheme());
        boolean ok = https || !postman.hasRelay();
        console()
                .say(
                        ok
                                ? "ok    base URL: " + links.base()
                                : "fault base URL: " + links.base()
                                        + " is not https, so one-click unsubscription cannot be announced (RFC 8058);"
                                        + " set DAILY_PAPERS_BASE_URL");
        return ok;
    }

    private boolean from() {
        boolean own = sender.domain().contains(".");
        boolean ok = own || !postman.hasRelay();
        console()
                .say(
                        ok
                                ? "ok    from: " + sender.from().wireAddress()
                                : "fault from: " + sender.from().wireAddress()
                                        + " is not in a domain that replies can reach; set DAILY_PAPERS_FROM");
        return ok;
    }

    private boolean postalAddress() {
        if (sender.postalAddress().isEmpty() && postman.hasRelay()) {
            console()
                    .say("note  postal address: none; bulk mail needs one in many countries"
                            + " (DAILY_PAPERS_POSTAL_ADDRESS)");
        }
        return true;
    }

    /** By which keys links are signed and read; and whether the processes that serve have the same. */
    private boolean keys() {
        List<String> ids = keys.ids();
        List<String> earlier = ids.subList(1, ids.size());
        console()
                .say("ok    keys: links are signed with " + ids.getFirst()
                        + (earlier.isEmpty() ? "" : "; read too are those of " + String.join(", ", earlier)));
        List<ReplicaKeys.Other> differing = keys.differing();
        for (ReplicaKeys.Other other : differing) {
            console()
                    .say("fault keys: " + other + "; give every process the same DAILY_PAPERS_SECRET and"
                            + " DAILY_PAPERS_SECRET_OLD, or links of letters are refused by one or the other");
        }
        return differing.isEmpty();
    }

    /** How far the machine's clock is from what the sources say. */
    private boolean clock() {
        boolean well = true;
        for (PaperSource source : sources.enabled()) {
            Optional<Instant> time = source.time();
            if (time.isEmpty()) {
                console().say("note  clock: " + source.name() + " was asked for the time and did not answer");
                continue;
            }
            Duration ahead = Duration.between(time.get(), clock.instant());
            boolean ok = ahead.abs().compareTo(CLOCKS_DIFFER) <= 0;
            String difference = ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind " : "ahead of ");
            console()
                    .say((ok ? "ok    clock: " : "fault clock: ")
                            + difference
                            + source.name()
                            + (ok ? "" : "; set the machine's clock, for editions close and letters leave by it"));
            well &= ok;
        }
        return well;
    }

    private void dkim() {
        writer.signer().ifPresentOrElse(this::signedBy, () -> {
            if (postman.hasRelay()) {
                console()
                        .say("note  DKIM: letters leave unsigned; let the relay sign, or set"
                                + " DAILY_PAPERS_DKIM_DOMAIN, _SELECTOR and _KEY");
            }
        });
    }

    private void signedBy(DkimSigner signer) {
        DkimIdentity identity = signer.identity();
        console()
                .say("ok    DKIM: letters are signed as " + identity.domain() + " with the selector "
                        + identity.selector() + " (RSA of " + identity.key().bits() + " bits, by " + signer.provider()
                        + ")");
        identity.doubts().forEach(doubt -> console().say("note  DKIM: " + doubt));
        console().say("note  DKIM: this record has to be published: " + identity.zoneLine());
    }

    private boolean relay() {
        try (MailTransport.MailConnection connection = postman.relay().open()) {
            console().say("ok    relay: connected and, where set, logged in");
            return to == null || test(connection);
        } catch (TransportFailure e) {
            console().say("fault relay: " + e.getMessage());
            return false;
        }
    }

    private boolean test(MailTransport.MailConnection connection) {
        EmailAddress address =
                switch (EmailAddress.read(to)) {
                    case EmailAddress.Good(EmailAddress good) -> good;
                    case EmailAddress.Faulty(String reason) ->
                        throw new Failure(to + " is no e-mail address. " + reason);
                };
        var content = new LetterContent(
                sender.from(),
                new Mailbox(null, address.typed()),
                masthead.name() + ": a test letter",
                clock.instant().atZone(ZoneOffset.UTC),
                "test." + clock.instant().toEpochMilli() + "@" + sender.domain(),
                "=_test",
                "This letter was sent by ./run doctor. If you can read it, the relay works.\n",
                null,
                ListHeaders.service());
        DeliveryResult result = connection.send(Letter.transparent(
                sender.from().wireAddress(),
                content.to().wireAddress(),
                writer.write(content),
                content.needsSmtpUtf8()));
        return switch (result) {
            case DeliveryResult.Accepted(String reply) -> said(true, "the relay accepted it: " + reply);
            case DeliveryResult.Deferred deferred -> said(false, "not now: " + deferred.reply());
            case DeliveryResult.Rejected rejected -> said(false, "refused: " + rejected.reply());
            case DeliveryResult.Unknown(String detail) -> said(false, detail);
        };
    }

    private boolean said(boolean ok, String line) {
        console().say((ok ? "ok    " : "fault ") + "test letter: " + line);
        return ok;
    }
}
