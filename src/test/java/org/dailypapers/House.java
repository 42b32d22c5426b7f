package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;

/** Says in a test who reads and what is listed: {@code house.reader("ada").interestedIn("graph").daily(8)}. */
@ApplicationScoped
public class House {

    private final SubscriberImport imports;
    private final EntityManager database;
    private final Papers papers;
    private final MovedClock clock;

    House(SubscriberImport imports, EntityManager database, Papers papers, MovedClock clock) {
        this.imports = imports;
        this.database = database;
        this.papers = papers;
        this.clock = clock;
    }

    /** A paper listed on that date. */
    public static PaperRecord paper(String arxiv, String title, String listed) {
        return paper(arxiv, title, listed, null);
    }

    /** A paper listed on that date with so many votes; null where unknown. */
    public static PaperRecord paper(String arxiv, String title, String listed, Integer votes) {
        return PaperRecord.titled(title)
                .id(PaperId.arxiv(arxiv).orElseThrow())
                .summary("About " + title + ".")
                .listed(LocalDate.parse(listed))
                .published(Instant.parse(listed + "T00:00:00Z"))
                .votes(votes)
                .build();
    }

    public ReaderBuilder reader(String name) {
        return new ReaderBuilder(name);
    }

    /** A reader in the making. */
    public final class ReaderBuilder {
        private final String name;
        private final List<String> interests = new ArrayList<>();
        private Frequency frequency = Frequency.DAILY;
        private DayOfWeek weekday = DayOfWeek.MONDAY;
        private int hour = 8;
        private String zone = "UTC";
        private boolean fill;
        private String language = "en";
        private LocalDate pauseUntil;

        private ReaderBuilder(String name) {
            this.name = name;
        }

        public ReaderBuilder interestedIn(String line) {
            interests.add(line);
            return this;
        }

        public ReaderBuilder filled() {
            fill = true;
            return this;
        }

        public ReaderBuilder in(String zone) {
            this.zone = zone;
            return this;
        }

        public ReaderBuilder speaking(String tag) {
            language = tag;
            return this;
        }

        public ReaderBuilder at(int hour) {
            this.hour = hour;
            return this;
        }

        public ReaderBuilder weekly(DayOfWeek day) {
            frequency = Frequency.WEEKLY;
            weekday = day;
            return this;
        }

        public ReaderBuilder pausedUntil(String date) {
            pauseUntil = LocalDate.parse(date);
            return this;
        }

        public Preferences preferences() {
            return new Preferences(frequency, weekday, hour, ZoneId.of(zone), 10, fill, 0, interests, true, language);
        }

        /** Confirmed, without a letter of welcome. */
        public Subscriber confirmed() {
            return imports.bringIn(
                    EmailAddress.parse(name + "@example.org").orElseThrow(),
                    preferences(),
                    Consent.CONFIRMED,
                    clock.instant(),
                    pauseUntil);
        }
    }

    /** What a reader's digests held that were not given back, oldest first: the public ids, in the letter's order. */
    @Transactional
    public List<List<String>> digests(Subscriber reader) {
        return database
                .createQuery("from Digest d where d.subscriberId = :s and d.givenBack = 0 order by d.id", Digest.class)
                .setParameter("s", reader.id)
                .getResultList()
                .stream()
                .map(this::ids)
                .toList();
    }

    /** All papers that a reader was sent, in order. */
    @Transactional
    public List<String> sent(Subscriber reader) {
        return digests(reader).stream().flatMap(List::stream).collect(Collectors.toList());
    }

    private List<String> ids(Digest digest) {
        return digest.chosen().stream()
                .map(Chosen::paper)
                .map(id -> papers.findById(id).publicId)
                .toList();
    }
}
