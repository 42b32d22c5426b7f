package org.dailypapers.subscriber;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.language.Languages;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** Somebody who asked for letters. */
@Entity
public class Subscriber {

    @Id
    public Long id;

    /** As its owner typed it. */
    @Column(nullable = false)
    public String email;

    @Column(name = "email_key", nullable = false)
    public String emailKey;

    /** What {@link EmailAddress#mailbox()} says of it. */
    @Column(name = "mailbox_key", nullable = false)
    public String mailboxKey;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    public Consent consent;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    public Frequency frequency;

    /** From 1, Monday. */
    public int weekday;

    @Column(name = "send_hour")
    public int hour;

    @Column(nullable = false)
    public String zone;

    /** Whether somebody named the zone; else it is the instance's. */
    @Column(name = "zone_chosen")
    public boolean zoneChosen;

    public int size;
    public boolean fill;

    @Column(name = "min_votes")
    public int minVotes;

    /** The tag of the language that letters speak. */
    @Column(nullable = false)
    public String language = Languages.ENGLISH;

    /** Letters rest until this date of the subscriber's, if they do. */
    @Column(name = "pause_until")
    public @Nullable LocalDate pauseUntil;

    /** Why they rest, where the reader did not say so. */
    @Enumerated(EnumType.STRING)
    @Column(name = "pause_reason")
    public @Nullable PauseReason pauseReason;

    /** One a line. */
    @Column(nullable = false)
    public String interests;

    @Column(name = "created_at", nullable = false)
    public Instant createdAt;

    /** When they last said yes, if they ever did. */
    @Column(name = "confirmed_at")
    public @Nullable Instant confirmedAt;

    /** When they last chose what they are sent, on a page; none where all of it came from files. */
    @Column(name = "chosen_at")
    public @Nullable Instant chosenAt;

    /** When they last left, also where they have come back since. */
    @Column(name = "left_at")
    public @Nullable Instant leftAt;

    /** What they said of single papers, as the lines that letters follow, one a line; none where nothing was said. */
    @Column(insertable = false, updatable = false)
    public @Nullable String learned;

    /** The lines that letters follow because of what they said of single papers. */
    public List<String> learnedLines() {
        return learned == null ? List.of() : InterestParser.lines(learned);
    }

    public Preferences preferences() {
        return new Preferences(
                frequency,
                DayOfWeek.of(weekday),
                hour,
                ZoneId.of(zone),
                size,
                fill,
                minVotes,
                InterestParser.lines(interests),
                zoneChosen,
                language);
    }

    void prefer(Preferences p) {
        frequency = p.frequency();
        weekday = p.weekday().getValue();
        hour = p.hour();
        zone = p.zone().getId();
        zoneChosen = p.zoneChosen();
        size = p.size();
        fill = p.fill();
        minVotes = p.minVotes();
        language = p.language();
        interests = String.join("\n", p.interests());
    }

    /** Whether letters rest on that date. */
    public boolean pausedOn(LocalDate date) {
        return pauseUntil != null && date.isBefore(pauseUntil);
    }
}
