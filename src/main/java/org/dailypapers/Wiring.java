package org.dailypapers;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dailypapers.delivery.RelaySettings;
import org.dailypapers.desk.ClockWatch;
import org.dailypapers.digest.letter.DigestLetters;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.letter.DkimIdentity;
import org.dailypapers.letter.DkimSettings;
import org.dailypapers.letter.DkimSigner;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.Mailbox;
import org.dailypapers.letter.Sender;
import org.dailypapers.matching.Abbreviations;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.token.BaseUrl;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.ReturnAddresses;
import org.dailypapers.token.SecretFile;
import org.dailypapers.token.SecretSettings;
import org.dailypapers.token.SigningKeys;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes what is shared by all rooms and depends on settings. */
@Singleton
class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private static final String TOPICS = "topics.txt";
    private static final String ABBREVIATIONS = "abbreviations.txt";

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ClockWatch.ElapsedTime elapsedTime() {
        return () -> Duration.ofNanos(System.nanoTime());
    }

    @Produces
    @Singleton
    EditionCalendar calendar(
            @ConfigProperty(name = "daily-papers.timezone") String zone,
            @ConfigProperty(name = "daily-papers.close") String close,
            Clock clock) {
        return new EditionCalendar(ZoneId.of(zone), LocalTime.parse(close), clock);
    }

    @Produces
    @Singleton
    SigningKeys keys(
            Config settings,
            @ConfigProperty(name = "daily-papers.data") Path data,
            @ConfigProperty(name = "database.url") Optional<String> databaseUrl) {
        SecretSettings secrets = SecretSettings.of(settings);
        if (secrets.current().isEmpty()) {
            return new SigningKeys(SecretFile.in(data), secrets.earlier());
        }
        // What the instance signed with before a secret was set; on PostgreSQL a folder is one replica's.
        Stream<String> kept = databaseUrl.isEmpty() ? SecretFile.existing(data).stream() : Stream.empty();
        return new SigningKeys(
                secrets.current().get(),
                Stream.concat(secrets.earlier().stream(), kept).toList());
    }

    @Produces
    @Singleton
    LinkTokens tokens(SigningKeys keys, Clock clock) {
        return new LinkTokens(keys, clock);
    }

    @Produces
    @Singleton
    ReturnAddresses returnAddresses(SigningKeys keys) {
        return new ReturnAddresses(keys);
    }

    @Produces
    @Singleton
    Links links(@ConfigProperty(name = "daily-papers.base-url") String base, LinkTokens tokens) {
        return new Links(BaseUrl.parse(base), tokens);
    }

    @Produces
    @Singleton
    Sender sender(
            @ConfigProperty(name = "daily-papers.from") String from,
            @ConfigProperty(name = "daily-papers.postal-address") Optional<String> postalAddress) {
        return new Sender(Mailbox.parse(from), postalAddress);
    }

    @Produces
    @Singleton
    LetterWriter letters(DkimSettings dkim, Sender sender) {
        Optional<DkimIdentity> identity = DkimIdentity.of(dkim.domain(), dkim.selector(), dkim.key(), sender);
        identity.ifPresent(known -> known.doubts().forEach(doubt -> LOG.warnf("DKIM: %s", doubt)));
        return new LetterWriter(identity.map(DkimSigner::new));
    }

    /** RFC 8058 §3.1 asks for https; letters that only the catcher gets may announce it over http. */
    @Produces
    @Singleton
    DigestLetters.Announcement announcement(Links links, RelaySettings relay) {
        boolean real = relay.host().isPresent();
        return new DigestLetters.Announcement(
                !real || "https".equals(links.base().getScheme()), real);
    }

    @Produces
    @Singleton
    Topics topics(@ConfigProperty(name = "daily-papers.data") Path data) {
        Topics topics = own(data, TOPICS, Topics::read);
        for (Topic topic : topics.all()) {
            for (String line : topic.lines()) {
                if (InterestParser.parse(line) instanceof InterestError error) {
                    LOG.warnf("%s, topic %s: the line is left out: %s", TOPICS, topic.slug(), error.message());
                }
            }
        }
        return topics;
    }

    @Produces
    @Singleton
    Abbreviations abbreviations(@ConfigProperty(name = "daily-papers.data") Path data) {
        return own(data, ABBREVIATIONS, Abbreviations::read);
    }

    /** The operator's file in the data folder, else the built-in one. */
    private static <T> T own(Path data, String name, Function<String, T> read) {
        Path own = data.resolve(name);
        try (InputStream in =
                Files.exists(own) ? Files.newInputStream(own) : Wiring.class.getResourceAsStream("/" + name)) {
            return read.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(own + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(name + ", " + e.getMessage(), e);
        }
    }
}
