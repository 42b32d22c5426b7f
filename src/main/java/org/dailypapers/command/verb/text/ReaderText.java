package org.dailypapers.command.verb.text;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dailypapers.audience.Dossier;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.subscriber.ConsentRecord;
import org.dailypapers.subscriber.PauseReason;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;

/** What is known of a reader, a line each; tabs begin what belongs to the line above. */
public final class ReaderText {

    private final List<String> lines = new ArrayList<>();

    private ReaderText() {}

    /** The lines of that reader. */
    public static List<String> of(Dossier dossier) {
        var text = new ReaderText();
        dossier.subscriber().ifPresentOrElse(s -> text.subscriber(s, dossier), () -> text.lines.add("no such reader"));
        dossier.others().forEach(s -> text.add("same mailbox", s.email + ", " + lower(s.consent)));
        dossier.suppression().ifPresent(s -> text.add("suppressed", "since " + at(s.since()) + ": " + s.reason()));
        dossier.gone().ifPresent(left -> text.add("mailbox left", at(left)));
        dossier.consents().forEach(text::consent);
        dossier.letters().forEach(text::letter);
        return text.lines.stream().map(ReaderText::harmless).toList();
    }

    private void add(String name, String value) {
        lines.add(name + ": " + value);
    }

    private void subscriber(Subscriber s, Dossier dossier) {
        add("reader", s.email);
        add(
                "state",
                lower(s.consent)
                        + (s.pauseUntil == null
                                ? ""
                                : ", letters rest until " + s.pauseUntil
                                        + (s.pauseReason == PauseReason.UNREACHABLE
                                                ? ", for their mailbox took none"
                                                : "")));
        add("asked", at(s.createdAt));
        if (s.confirmedAt != null) {
            add("confirmed", at(s.confirmedAt));
        }
        if (s.leftAt != null) {
            add("left", at(s.leftAt));
        }
        Preferences p = s.preferences();
        add(
                "letters",
                lower(p.frequency())
                        + (p.frequency() == Frequency.WEEKLY ? " on " + day(p.weekday()) : "")
                        + " from " + p.hour() + ":00 " + p.zone() + ", up to " + p.size() + " papers"
                        + (p.fill() ? ", filled with trending ones" : "")
                        + (p.minVotes() > 0 ? ", from " + p.minVotes() + " votes" : "")
                        + ", in " + Locale.forLanguageTag(p.language()).getDisplayName(Locale.ENGLISH));
        p.interests().forEach(interest -> add("interest", interest));
        dossier.place().ifPresent(place -> {
            add("covered", place.covered().toString());
            if (place.nextDue() != null) {
                add("next due", at(place.nextDue()));
            }
        });
    }

    private void consent(ConsentRecord said) {
        add("said", at(said.at) + " " + lower(said.consent) + ": " + said.wording);
    }

    private void letter(Dossier.SentLetter letter) {
        add(
                "letter",
                at(letter.at()) + " " + letter.what() + ": "
                        + letter.state().map(ReaderText::lower).orElse("forgotten"));
        letter.attempts().forEach(this::attempt);
        letter.returned()
                .ifPresent(back -> lines.add("\tcame back " + at(back.at()) + " " + back.kind()
                        + back.status().map(status -> " " + status).orElse("") + ": " + back.cause()));
        letter.papers()
                .forEach(pick -> lines.add("\t" + pick.publicId() + " " + pick.title() + " – "
                        + (pick.interests().isEmpty() ? "trending" : String.join("; ", pick.interests()))));
    }

    private void attempt(Attempt attempt) {
        lines.add("\ttried " + at(attempt.at()) + " " + lower(attempt.outcome())
                + (attempt.reply() == null ? "" : ": " + attempt.reply()));
    }

    private static String at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** The line without what could steer a terminal; a tab at its beginning stays. */
    private static String harmless(String line) {
        return (line.startsWith("\t") ? "\t" : "")
                + line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\s]+", " ")
                        .strip();
    }
}
