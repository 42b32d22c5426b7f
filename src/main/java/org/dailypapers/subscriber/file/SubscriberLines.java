package org.dailypapers.subscriber.file;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.language.Said;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Titles;
import org.dailypapers.paper.Topics;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Newcomers;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.preference.Offered;
import org.dailypapers.subscriber.preference.PreferenceField;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesForm;
import org.jspecify.annotations.Nullable;

/** What single lines of a list say, and what follows from each; a line that cannot be taken is an IllegalArgumentException. */
@ApplicationScoped
class SubscriberLines {

    /** Of what is wrong, as a rejection repeats it. */
    private static final int LONGEST_QUOTED = 60;

    /** A language's tag, or what looks like one (RFC 5646 §2.1); anything else is of another column. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*");

    private final Subscriptions subscriptions;
    private final SubscriberImport imports;
    private final Leavings leavings;
    private final SuppressionList suppressions;
    private final Offered offered;
    private final EditionCalendar calendar;

    SubscriberLines(
            Subscriptions subscriptions,
            SubscriberImport imports,
            Leavings leavings,
            SuppressionList suppressions,
            Offered offered,
            EditionCalendar calendar) {
        this.subscriptions = subscriptions;
        this.imports = imports;
        this.leavings = leavings;
        this.suppressions = suppressions;
        this.offered = offered;
        this.calendar = calendar;
    }

    /** The address of a line. */
    static EmailAddress address(Map<String, String> line) {
        return switch (EmailAddress.read(line.getOrDefault("email", ""))) {
            case EmailAddress.Good(EmailAddress good) -> good;
            case EmailAddress.Faulty faulty ->
                throw new IllegalArgumentException("no e-mail address in the column email: " + faulty.reason());
        };
    }

    /** Whether the line says that somebody subscribes, or asked to. */
    static boolean bringsIn(Map<String, String> line) {
        String status = line.getOrDefault("status", "");
        return Consent.CONFIRMED.name().equalsIgnoreCase(status)
                || Consent.PENDING.name().equalsIgnoreCase(status);
    }

    /** Who comes by that line if nobody of the address is known: somebody confirmed; empty for every other line. */
    Optional<Newcomers.Newcomer> newcomer(Map<String, String> line) {
        if (!Consent.CONFIRMED.name().equalsIgnoreCase(line.getOrDefault("status", ""))) {
            return Optional.empty();
        }
        EmailAddress address = address(line);
        Instant since = Objects.requireNonNull(since(line.getOrDefault("since", ""), Consent.CONFIRMED));
        Preferences preferences = merged(line, Preferences.standard(calendar.zone()));
        return since.isAfter(calendar.now())
                ? Optional.empty()
                : Optional.of(new Newcomers.Newcomer(address, preferences, since, pause(line, null)));
    }

    /** Whether the line of a newcomer says nothing that is not so already. */
    boolean isKnown(Map<String, String> line, Newcomers.Newcomer newcomer, Subscriber known) {
        return known.consent == Consent.CONFIRMED
                && !newcomer.since().isAfter(Objects.requireNonNull(known.confirmedAt))
                && merged(line, known.preferences()).equals(known.preferences())
                && Objects.equals(pause(line, known.pauseUntil), known.pauseUntil);
    }

    /** The topics of a line that this instance does not offer. */
    List<String> gone(Map<String, String> line) {
        return list(line, "topics").stream().filter(this::gone).toList();
    }

    /** The language of a line in which this instance writes no letters. */
    Optional<String> unspoken(Map<String, String> line) {
        String named = line.getOrDefault("language", "");
        boolean tag = line.containsKey(ListForm.FOREIGN) || TAG.matcher(named).matches();
        return named.isEmpty() || !tag || offered.languages().find(named).isPresent()
                ? Optional.empty()
                : Optional.of(Titles.shortened(named, LONGEST_QUOTED));
    }

    /**
     * Does what follows from a line, in the transaction at hand.
     *
     * @param written when the file was; what a reader chose since counts for more
     * @param dry whether nothing is to be changed
     */
    ImportOutcome take(Map<String, String> line, Instant written, boolean dry) {
        EmailAddress address = address(line);
        Optional<Subscriber> present = dry ? subscriptions.find(address) : subscriptions.locked(address);
        String suppressed = line.get(ListForm.SUPPRESS);
        if (suppressed != null && line.getOrDefault("status", "").isEmpty()) {
            return suppress(address, present, suppressed, leftAt(line, written), dry);
        }
        Consent consent = consent(line.getOrDefault("status", ""));
        Instant since = since(line.getOrDefault("since", ""), consent);
        if (consent == Consent.CONFIRMED && line.containsKey(ListForm.FOREIGN)) {
            keepOut(address, present);
        }
        if (consent == Consent.WITHDRAWN && since == null && line.containsKey(ListForm.FOREIGN)) {
            since = leftAt(line, written);
        }
        Preferences before = present.map(Subscriber::preferences).orElse(Preferences.standard(calendar.zone()));
        LocalDate pausedBefore = present.map(s -> s.pauseUntil).orElse(null);
        Preferences preferences = before;
        LocalDate pause = pausedBefore;
        try {
            preferences = merged(line, before);
            pause = pause(line, pausedBefore);
        } catch (IllegalArgumentException e) {
            // Whatever else cannot be read: that somebody left is not lost for it.
            if (consent != Consent.WITHDRAWN) {
                throw e;
            }
        }
        Instant chosen = present.map(s -> s.chosenAt).orElse(null);
        if (chosen != null && written.isBefore(chosen)) {
            var newer = new ArrayList<>(changed(before, preferences));
            if (!Objects.equals(pause, pausedBefore)) {
                newer.add("pause-until");
            }
            if (!newer.isEmpty() && consent != Consent.WITHDRAWN) {
                throw new IllegalArgumentException(String.join(", ", newer) + ": the reader chose otherwise at "
                        + chosen + ", after this file was written (" + written
                        + "); a file without the column leaves it");
            }
            preferences = before;
            pause = pausedBefore;
        }
        boolean news = imports.isNews(address, present, consent, since);
        boolean same = present.isPresent() && preferences.equals(before) && Objects.equals(pause, pausedBefore);
        if (!dry && !(same && !news)) {
            imports.bringIn(address, preferences, consent, since, pause);
        }
        if (suppressed != null && !dry) {
            suppressions.complained(address.key(), suppressed.replaceFirst("^complaint: ", ""));
        }
        return consent == Consent.WITHDRAWN && news
                ? ImportOutcome.LEFT
                : present.isEmpty()
                        ? consent == Consent.PENDING ? ImportOutcome.PENDING : ImportOutcome.NEW
                        : same && !news ? ImportOutcome.UNCHANGED : ImportOutcome.CHANGED;
    }

    /** Another program's date may be that of a row, or the operator's guess: it undoes no leaving, however late it is. */
    private void keepOut(EmailAddress address, Optional<Subscriber> present) {
        if (present.filter(s -> s.consent == Consent.CONFIRMED).isEmpty()) {
            leavings.last(address.mailbox()).ifPresent(left -> {
                throw new IllegalArgumentException(
                        "left at " + left + " and comes back by their own act alone; the list is another program's");
            });
        }
    }

    /** A mailbox that was given up elsewhere is not written to, unless its reader said yes here since. */
    private ImportOutcome suppress(
            EmailAddress address, Optional<Subscriber> present, String reason, Instant at, boolean dry) {
        present.filter(s -> s.consent == Consent.CONFIRMED)
                .map(s -> s.confirmedAt)
                .filter(yes -> yes.isAfter(at))
                .ifPresent(yes -> {
                    throw new IllegalArgumentException(
                            "said yes at " + yes + ", after their mailbox was given up there");
                });
        if (suppressions.find(address.key()).isPresent()) {
            return ImportOutcome.UNCHANGED;
        }
        if (!dry) {
            suppressions.add(address.key(), reason);
        }
        return ImportOutcome.SUPPRESSED;
    }

    /** When somebody left whose line may not say it: by the time of the file, and not in days to come. */
    private Instant leftAt(Map<String, String> line, Instant written) {
        Instant now = calendar.now();
        Instant at = Moments.read(line.getOrDefault("since", ""))
                .map(OffsetDateTime::toInstant)
                .orElse(written);
        return at.isAfter(now) ? now : at;
    }

    private static @Nullable LocalDate pause(Map<String, String> line, @Nullable LocalDate before) {
        String until = line.get("pause-until");
        return until == null ? before : date(until);
    }

    /** What there was, with what the line says; a column that is not there leaves what there was. */
    private Preferences merged(Map<String, String> line, Preferences before) {
        // A topic that another instance offers, or this one did, is no fault: it may come back.
        List<String> named = list(line, "topics");
        Map<String, String> cells = line;
        if (unspoken(line).isPresent()) {
            cells = new LinkedHashMap<>(line);
            cells.remove("language");
        }
        var form = PreferencesForm.of(
                named.stream().filter(slug -> !gone(slug)).toList(),
                String.join("\n", list(line, "keywords")),
                String.join("\n", list(line, "authors")),
                cells,
                fill(line.getOrDefault("fill", "")));
        Preferences said =
                switch (form.read(offered, before)) {
                    case PreferencesForm.Good(Preferences good) -> good;
                    case PreferencesForm.Faulty(Map<String, Said> faults) ->
                        throw new IllegalArgumentException(faults.entrySet().stream()
                                .map(f -> f.getKey() + ": " + f.getValue())
                                .collect(Collectors.joining("; ")));
                };
        var interests = new LinkedHashSet<String>();
        (line.containsKey("topics") ? said : before)
                .topics().stream().map(Interest::topicLine).forEach(interests::add);
        named.stream().filter(this::gone).map(Interest::topicLine).forEach(interests::add);
        interests.addAll((line.containsKey("keywords") ? said : before).keywords());
        (line.containsKey("authors") ? said : before)
                .authors().stream().map(Interest::authorLine).forEach(interests::add);
        if (interests.size() > Preferences.MOST_INTERESTS) {
            throw new IllegalArgumentException("more than " + Preferences.MOST_INTERESTS + " interests");
        }
        boolean zoneNamed = !line.getOrDefault("timezone", "").isBlank();
        return said.with(List.copyOf(interests), before.zoneChosen() || zoneNamed);
    }

    private boolean gone(String slug) {
        return Topics.isSlug(slug) && offered.topics().find(slug).isEmpty();
    }

    /** The columns in which they differ. */
    private static List<String> changed(Preferences before, Preferences after) {
        var changed = new ArrayList<String>();
        for (PreferenceField field : PreferenceField.values()) {
            if (!field.of(before).equals(field.of(after))) {
                changed.add(field.id());
            }
        }
        var interests = new LinkedHashMap<String, Function<Preferences, List<String>>>();
        interests.put("topics", Preferences::topics);
        interests.put("keywords", Preferences::keywords);
        interests.put("authors", Preferences::authors);
        interests.forEach((column, of) -> {
            if (!Set.copyOf(of.apply(before)).equals(Set.copyOf(of.apply(after)))) {
                changed.add(column);
            }
        });
        return changed;
    }

    private static Consent consent(String status) {
        return Arrays.stream(Consent.values())
                .filter(c -> c.name().equalsIgnoreCase(status))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("status is confirmed, pending or withdrawn, not \""
                        + Titles.shortened(status, LONGEST_QUOTED) + "\""));
    }

    private static @Nullable Boolean fill(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "yes", "true", "1", "on" -> true;
            case "no", "false", "0", "off" -> false;
            default ->
                throw new IllegalArgumentException(
                        "fill is yes or no, not \"" + Titles.shortened(text, LONGEST_QUOTED) + "\"");
        };
    }

    /** When they said what the status says, where that is known. */
    private static @Nullable Instant since(String text, Consent consent) {
        if (!text.isEmpty()) {
            return Moments.read(text)
                    .map(OffsetDateTime::toInstant)
                    .filter(i -> i.isAfter(Instant.EPOCH))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "since is a date such as 2026-01-31, or a time such as 2026-01-31T08:00:00Z, not \""
                                    + Titles.shortened(text, LONGEST_QUOTED) + "\""));
        }
        if (consent == Consent.CONFIRMED) {
            throw new IllegalArgumentException("a confirmed reader needs the column since: when they said yes");
        }
        return null;
    }

    private static @Nullable LocalDate date(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return Moments.read(text)
                .map(OffsetDateTime::toLocalDate)
                .orElseThrow(() -> new IllegalArgumentException("pause-until is a date such as 2026-01-31, not \""
                        + Titles.shortened(text, LONGEST_QUOTED) + "\""));
    }

    private static List<String> list(Map<String, String> line, String column) {
        return Arrays.stream(line.getOrDefault(column, "").split(";"))
                .map(SubscriberColumns::stripped)
                .filter(s -> !s.isEmpty())
                .toList();
    }
}
