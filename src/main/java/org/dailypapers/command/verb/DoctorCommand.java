package org.dailypapers.command.verb;

import static org.dailypapers.dns.Finding.fault;
import static org.dailypapers.dns.Finding.note;
import static org.dailypapers.dns.Finding.ok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.command.check.Failure;
import org.dailypapers.delivery.BounceSettings;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.dns.Deliverability;
import org.dailypapers.dns.Finding;
import org.dailypapers.dns.Finding.Verdict;
import org.dailypapers.dns.NameServer;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
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
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.smtp.TransportFailure;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Sources;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.template.OwnTemplates;
import org.dailypapers.token.Links;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what stands between this configuration and the inbox. */
@Dependent
@Command(name = "doctor", description = "Says what stands between this configuration and the inbox.")
class DoctorCommand extends Verb {

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String HTTPS = "https";
    private static final int LONGEST_LIST = 4096;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Sends a test letter there.")
    @Nullable
    String to;

    @Option(names = "--json", description = "Prints an array of verdict, subject and words.")
    boolean json;

    @Inject
    Postman postman;

    @Inject
    RelaySettings relay;

    @Inject
    BounceSettings bounces;

    @Inject
    NameServer dns;

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

    @Inject
    OwnTemplates templates;

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() throws JsonProcessingException {
        if (to != null && !postman.hasRelay()) {
            throw new Failure("No relay is set (DAILY_PAPERS_SMTP_HOST), so no test letter can be sent.");
        }
        base();
        from();
        postalAddress();
        keys();
        clock();
        templates();
        dkim();
        if (postman.hasRelay()) {
            domains();
            oneClick();
            relay();
        } else {
            add(note("relay", "none is set; letters go to the embedded catcher at " + links.page("/mailbox")));
        }
        if (json) {
            console().say(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAULT) ? 1 : 0;
    }

    private void add(Finding finding) {
        findings.add(finding);
        if (!json) {
            console().say(finding.line());
        }
    }

    private void base() {
        boolean https = HTTPS.equals(links.base().getScheme());
        add(
                https || !postman.hasRelay()
                        ? ok("base URL", links.base().toString())
                        : fault(
                                "base URL",
                                links.base()
                                        + " is not https, so one-click unsubscription cannot be announced (RFC 8058);"
                                        + " set DAILY_PAPERS_BASE_URL"));
    }

    private void from() {
        String address = sender.from().wireAddress();
        add(
                sender.domain().contains(".") || !postman.hasRelay()
                        ? ok("from", address)
                        : fault("from", address + " is not in a domain that replies can reach; set DAILY_PAPERS_FROM"));
    }

    private void postalAddress() {
        if (sender.postalAddress().isEmpty() && postman.hasRelay()) {
            add(note("postal address", "none; bulk mail needs one in many countries (DAILY_PAPERS_POSTAL_ADDRESS)"));
        }
    }

    /** By which keys links are signed and read; and whether the processes that serve have the same. */
    private void keys() {
        List<String> ids = keys.ids();
        List<String> earlier = ids.subList(1, ids.size());
        add(ok(
                "keys",
                "links are signed with " + ids.getFirst()
                        + (earlier.isEmpty() ? "" : "; read too are those of " + String.join(", ", earlier))));
        for (ReplicaKeys.Other other : keys.differing()) {
            add(fault(
                    "keys",
                    other + "; give every process the same DAILY_PAPERS_SECRET and DAILY_PAPERS_SECRET_OLD, or links of"
                            + " letters are refused by one or the other"));
        }
    }

    /** How far the machine's clock is from what the sources say. */
    private void clock() {
        for (PaperSource source : sources.enabled()) {
            Optional<Instant> time = source.time();
            if (time.isEmpty()) {
                add(note("clock", source.name() + " was asked for the time and did not answer"));
                continue;
            }
            Duration ahead = Duration.between(time.get(), clock.instant());
            boolean well = ahead.abs().compareTo(CLOCKS_DIFFER) <= 0;
            String difference =
                    ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind " : "ahead of ") + source.name();
            add(
                    well
                            ? ok("clock", difference)
                            : fault(
                                    "clock",
                                    difference
                                            + "; set the machine's clock, for editions close and letters leave by it"));
        }
    }

    private void templates() {
        templates.folder().ifPresent(folder -> {
            templates.look();
            OwnTemplates.Report report = templates.report();
            report.faults().forEach(broken -> add(fault("templates", broken + "; the built-in one is used instead")));
            if (report.faults().isEmpty()) {
                add(ok("templates", report.used().size() + " of your own from " + folder));
            }
        });
    }

    private void dkim() {
        writer.signer().ifPresentOrElse(this::signedBy, () -> {
            if (postman.hasRelay()) {
                add(note(
                        "DKIM",
                        "letters leave unsigned; let the relay sign, or set DAILY_PAPERS_DKIM_DOMAIN, _SELECTOR and"
                                + " _KEY"));
            }
        });
    }

    private void signedBy(DkimSigner signer) {
        DkimIdentity identity = signer.identity();
        add(ok(
                "DKIM",
                "letters are signed as " + identity.domain() + " with the selector " + identity.selector() + " (RSA of "
                        + identity.key().bits() + " bits, by " + signer.provider() + ")"
                        + (identity.records().size() > 1 ? ", and with a key of Ed25519" : "")));
        identity.doubts().forEach(doubt -> add(note("DKIM", doubt)));
        identity.zoneLines().forEach(line -> add(note("DKIM", "this record has to be published: " + line)));
    }

    /** What the DNS says of the domains that letters name. */
    private void domains() {
        if (!sender.domain().contains(".")) {
            return;
        }
        Map<String, String> records = writer.signer()
                .map(DkimSigner::identity)
                .map(DkimIdentity::records)
                .orElse(Map.of());
        Deliverability.findings(
                        dns,
                        new Deliverability.Setup(
                                sender.domain(),
                                bounces.bounce().orElse(sender.domain()),
                                relay.host().orElseThrow(),
                                records))
                .forEach(this::add);
    }

    /** Whether what answers at the base URL are these pages: their list for robots names their own address. */
    private void oneClick() {
        if (!HTTPS.equals(links.base().getScheme())) {
            return;
        }
        URI address = links.page("/robots.txt");
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            String list;
            try (InputStream body = answer.body()) {
                list = new String(body.readNBytes(LONGEST_LIST), StandardCharsets.UTF_8);
            }
            add(
                    list.contains("Sitemap: " + links.page("/sitemap.xml"))
                            ? ok("one-click", "these pages answer over https")
                            : fault(
                                    "one-click",
                                    address + " answers " + answer.statusCode() + " and is not of these pages; is"
                                            + " DAILY_PAPERS_BASE_URL theirs?"));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            add(new Finding(
                    Verdict.UNASKED,
                    "one-click",
                    links.base() + " does not answer from here (" + why.toLowerCase(Locale.ROOT)
                            + "); mail providers must reach it"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relay() {
        try (MailTransport.MailConnection connection = postman.relay().open()) {
            add(ok("relay", "connected and, where set, logged in"));
            if (to != null) {
                test(connection, to);
            }
        } catch (TransportFailure e) {
            add(fault("relay", String.valueOf(e.getMessage())));
        }
    }

    private void test(MailTransport.MailConnection connection, String to) {
        EmailAddress address =
                switch (EmailAddress.read(to)) {
                    case EmailAddress.Good(EmailAddress good) -> good;
                    case EmailAddress.Faulty faulty ->
                        throw new Failure(to + " is no e-mail address. " + faulty.reason());
                };
        var content = new LetterContent(
                sender.from(),
                new Mailbox(null, address.typed()),
                masthead.name() + ": a test letter",
                clock.instant().atZone(ZoneOffset.UTC),
                "test." + clock.instant().toEpochMilli() + "@" + sender.domain(),
                "=_test",
                LetterParts.of("This letter was sent by ./run doctor. If you can read it, the relay works.\n", null),
                ListHeaders.service());
        DeliveryResult result = connection.send(Letter.transparent(
                sender.from().wireAddress(),
                content.to().wireAddress(),
                writer.write(content),
                content.needsSmtpUtf8()));
        add(
                switch (result) {
                    case DeliveryResult.Accepted(String reply) -> ok("test letter", "the relay accepted it: " + reply);
                    case DeliveryResult.Deferred deferred -> fault("test letter", "not now: " + deferred.reply());
                    case DeliveryResult.Rejected rejected -> fault("test letter", "refused: " + rejected.reply());
                    case DeliveryResult.Unknown(String detail) -> fault("test letter", detail);
                });
    }
}
