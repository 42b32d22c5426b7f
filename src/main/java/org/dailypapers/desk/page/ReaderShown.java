package org.dailypapers.desk.page;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dailypapers.audience.Dossier;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.page.ReaderActPages.Act;
import org.dailypapers.desk.page.ReaderView.Fact;
import org.dailypapers.digest.Digest;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.PauseReason;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.Links;
import org.jspecify.annotations.Nullable;

/** Says what is known of a reader in the words of their page. */
@ApplicationScoped
class ReaderShown {

    private final Links links;
    private final EditionCalendar calendar;

    ReaderShown(Links links, EditionCalendar calendar) {
        this.links = links;
        this.calendar = calendar;
    }

    ReaderView of(Subscriber s, Dossier dossier, @Nullable String said) {
        return new ReaderView(
                s.id,
                s.email,
                state(s),
                facts(s, dossier),
                s.preferences().interests(),
                dossier.consents().stream()
                        .map(each -> new Fact(Times.of(each.at), lower(each.consent) + ": " + each.wording))
                        .toList(),
                dossier.letters().stream().map(this::letter).toList(),
                acts(s, dossier),
                said);
    }

    private boolean rests(Subscriber s) {
        return s.pausedOn(LocalDate.ofInstant(calendar.now(), ZoneId.of(s.zone)));
    }

    private String state(Subscriber s) {
        return switch (s.consent) {
            case PENDING -> "has asked for letters and not pressed the button yet";
            case WITHDRAWN -> "has left";
            case CONFIRMED ->
                rests(s)
                        ? "rests until " + s.pauseUntil
                                + (s.pauseReason == PauseReason.UNREACHABLE ? ", for the mailbox took no letters" : "")
                        : "reads";
        };
    }

    private static List<Fact> facts(Subscriber s, Dossier dossier) {
        var facts = new ArrayList<Fact>();
        dossier.suppression()
                .ifPresent(
                        it -> facts.add(new Fact("Suppressed", "since " + Times.of(it.since()) + ": " + it.reason())));
        facts.add(new Fact("Asked", Times.of(s.createdAt)));
        facts.add(new Fact("Confirmed", Times.of(s.confirmedAt)));
        if (s.leftAt != null) {
            facts.add(new Fact("Left", Times.of(s.leftAt)));
        }
        Preferences p = s.preferences();
        facts.add(new Fact(
                "Letters",
                lower(p.frequency())
                        + (p.frequency() == Frequency.WEEKLY
                                ? " on " + p.weekday().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                                : "")
                        + " from " + p.hour() + ":00 " + p.zone() + ", up to " + p.size() + " papers"
                        + (p.fill() ? ", filled with trending ones" : "")
                        + (p.minVotes() > 0 ? ", from " + p.minVotes() + " votes" : "")
                        + ", in " + Locale.forLanguageTag(p.language()).getDisplayName(Locale.ENGLISH)));
        dossier.place().ifPresent(place -> {
            facts.add(new Fact("Editions read to", place.covered().toString()));
            facts.add(new Fact(
                    "Last letter",
                    place.lastDate() == null ? "none" : place.lastDate().toString()));
            if (place.nextDue() != null) {
                facts.add(new Fact("Next letter from", Times.of(place.nextDue())));
            }
        });
        dossier.others()
                .forEach(other -> facts.add(new Fact("Same mailbox", other.email + ", " + lower(other.consent))));
        return facts;
    }

    private ReaderView.Letter letter(Dossier.SentLetter letter) {
        var tries = new ArrayList<String>();
        letter.attempts().forEach(each -> tries.add(attempt(each)));
        letter.returned()
                .ifPresent(back -> tries.add(Times.of(back.at()) + " came back, " + back.kind()
                        + back.status().map(status -> " " + status).orElse("") + ": " + back.cause()));
        return new ReaderView.Letter(
                letter.what(),
                Times.of(letter.at()),
                letter.state().map(ReaderShown::lower).orElse("forgotten")
                        + (letter.returned().isPresent() ? ", then came back" : ""),
                letter.kind().equals(Digest.MESSAGE_KIND)
                        ? links.letter(letter.id(), calendar.now()).getRawPath()
                        : null,
                tries,
                letter.papers().stream()
                        .map(pick -> new ReaderView.Pick(
                                pick.publicId(),
                                pick.title(),
                                pick.interests().isEmpty() ? "trending" : String.join("; ", pick.interests())))
                        .toList());
    }

    private static String attempt(Attempt attempt) {
        return Times.of(attempt.at()) + " " + lower(attempt.outcome())
                + (attempt.reply() == null ? "" : ": " + attempt.reply());
    }

    /** What would change something. */
    private List<ReaderView.Act> acts(Subscriber s, Dossier dossier) {
        boolean reads = s.consent == Consent.CONFIRMED;
        return Stream.of(Act.values())
                .filter(act -> switch (act) {
                    case UNSUBSCRIBE -> s.consent != Consent.WITHDRAWN;
                    case PAUSE -> reads && !rests(s);
                    case ADDRESS -> reads;
                    case RESUME -> reads && s.pauseUntil != null;
                    case RESEND -> s.consent != Consent.WITHDRAWN;
                    case RELEASE -> dossier.suppression().isPresent() || s.pauseReason == PauseReason.UNREACHABLE;
                    case EXPORT, ERASE -> true;
                })
                .map(act -> new ReaderView.Act(act.id(), act.button()))
                .toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
