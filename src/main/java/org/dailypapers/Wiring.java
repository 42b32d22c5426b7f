package org.dailypapers;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dailypapers.delivery.BounceSettings;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.desk.ClockWatch;
import org.dailypapers.digest.letter.DigestLetters;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.MastheadSettings;
import org.dailypapers.letter.SenderSettings;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.letter.dkim.DkimIdentity;
import org.dailypapers.letter.dkim.DkimSettings;
import org.dailypapers.letter.dkim.DkimSigner;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.CalendarSettings;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.returns.ReturnSettings;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.source.arxiv.ArxivCalendar;
import org.dailypapers.source.http.UserAgent;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.token.LinkSettings;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.ReturnAddresses;
import org.dailypapers.token.SecretFile;
import org.dailypapers.token.SecretSettings;
import org.dailypapers.token.SigningKeys;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Makes what is shared by all rooms and depends on settings. */
@Singleton
class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private static final String TOPICS = "topics.txt";
    private static final String ABBREVIATIONS = "abbreviations.txt";
    private static final String ARXIV_HOLIDAYS = "arxiv-holidays.txt";

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
    EditionCalendar calendar(CalendarSettings settings, Clock clock) {
        return new EditionCalendar(settings.timezone(), settings.close(), clock);
    }

    @Produces
    @Singleton
    SigningKeys keys(Config settings, LinkSettings links, StorageSettings storage) {
        SecretSettings secrets = SecretSettings.of(links, settings);
        if (secrets.current().isEmpty()) {
            return new SigningKeys(SecretFile.in(storage.data()), secrets.earlier());
        }
        // What the instance signed with before a secret was set; on PostgreSQL a folder is one replica's.
        Stream<String> kept = storage.embedded() ? SecretFile.existing(storage.data()).stream() : Stream.empty();
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
    Links links(LinkSettings settings, LinkTokens tokens) {
        return new Links(settings.baseUrl(), tokens);
    }

    @Produces
    @Singleton
    UserAgent userAgent(Links links) {
        return UserAgent.of(links.base());
    }

    @Produces
    @Singleton
    Sender sender(SenderSettings settings) {
        return new Sender(settings.from(), settings.postalAddress());
    }

    @Produces
    @Singleton
    @Named("masthead")
    Masthead masthead(MastheadSettings settings) {
        return settings.masthead();
    }

    @Produces
    @Singleton
    LetterWriter letters(DkimSettings dkim, Sender sender, MastheadSettings masthead) {
        Optional<DkimIdentity> identity = DkimIdentity.of(dkim, sender);
        identity.ifPresent(known -> known.doubts().forEach(doubt -> LOG.warnf("DKIM: %s", doubt)));
        return new LetterWriter(identity.map(DkimSigner::new), masthead.replyTo());
    }

    /** RFC 8058 §3.1 asks for https; letters that only the catcher gets may announce it over http. */
    @Produces
    @Singleton
    DigestLetters.Announcement announcement(
            Links links,
            RelaySettings relay,
            BounceSettings bounces,
            ReturnSettings returns,
            ReturnAddresses addresses) {
        boolean real = relay.host().isPresent();
        Optional<String> domain =
                new EnvelopeSenders(addresses, bounces.bounce()).domain().filter(name -> returns.isRead());
        return new DigestLetters.Announcement(
                !real || "https".equals(links.base().getScheme()),
                real,
                subscriber -> domain.map(name -> addresses.leaving(subscriber) + "@" + name));
    }

    @Produces
    @Singleton
    FirstLetter firstLetter(
            Editions editions, EditionIndexes indexes, EditionCalendar calendar, Papers papers, RelaySettings relay) {
        return new FirstLetter(editions, indexes, calendar, papers, relay.host().isPresent());
    }

    @Produces
    @Singleton
    Topics topics(StorageSettings storage) {
        Topics topics = own(storage.data(), TOPICS, Topics::read);
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
    Abbreviations abbreviations(StorageSettings storage) {
        return own(storage.data(), ABBREVIATIONS, Abbreviations::read);
    }

    @Produces
    @Singleton
    ArxivCalendar arxivCalendar(StorageSettings storage) {
        return own(storage.data(), ARXIV_HOLIDAYS, ArxivCalendar::read);
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
