package org.dailypapers.subscriber.preference;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Spelling;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.language.Said;
import org.dailypapers.paper.Titles;
import org.jspecify.annotations.Nullable;

/**
 * Preferences as somebody typed them, whether on a page or in a file; text that may be wrong.
 *
 * @param topics slugs
 * @param keywords one interest a line
 * @param authors one name a line
 * @param timezone none where nobody has named one yet
 * @param fill none leaves it to the default
 */
public record PreferencesForm(
        List<String> topics,
        String keywords,
        String authors,
        @Nullable String frequency,
        @Nullable String weekday,
        @Nullable String hour,
        @Nullable String timezone,
        @Nullable String size,
        @Nullable Boolean fill,
        @Nullable String minVotes,
        @Nullable String language) {

    private static final int LONGEST_NAME = 120;

    /** Of what is wrong, as a fault repeats it. */
    private static final int LONGEST_QUOTED = 60;

    /** Of more faults in one field the rest is counted. */
    private static final int MOST_NAMED = 10;

    public PreferencesForm {
        topics = List.copyOf(topics);
    }

    /** What was read, or what is wrong with which field. */
    public sealed interface Reading {}

    /** Every field could be read. */
    public record Good(Preferences preferences) implements Reading {}

    /** The faults by the field's name on the form. */
    public record Faulty(Map<String, Said> faults) implements Reading {}

    /**
     * The form of a line of a file.
     *
     * @param keywords one interest a line
     * @param authors one name a line
     * @param cells by the names of their columns; what is not there is left to the default
     */
    public static PreferencesForm of(
            List<String> topics, String keywords, String authors, Map<String, String> cells, @Nullable Boolean fill) {
        return new PreferencesForm(
                topics,
                keywords,
                authors,
                cells.get("frequency"),
                cells.get("weekday"),
                cells.get("hour"),
                cells.get("timezone"),
                cells.get("size"),
                fill,
                cells.get("min-votes"),
                cells.get("language"));
    }

    /** The form as it looks for these preferences. */
    public static PreferencesForm of(Preferences p) {
        return new PreferencesForm(
                p.topics(),
                String.join("\n", p.keywords()),
                String.join("\n", p.authors()),
                p.frequency().id(),
                Integer.toString(p.weekday().getValue()),
                Integer.toString(p.hour()),
                p.zoneChosen() ? p.zone().getId() : null,
                Integer.toString(p.size()),
                p.fill(),
                Integer.toString(p.minVotes()),
                p.language());
    }

    /** The form with these choices where it has no field; whose zone it is, nobody but its reader says. */
    public PreferencesForm over(Preferences p) {
        PreferencesForm chosen = of(p);
        return new PreferencesForm(
                topics,
                keywords,
                authors,
                frequency == null ? chosen.frequency : frequency,
                weekday == null ? chosen.weekday : weekday,
                hour == null ? chosen.hour : hour,
                timezone,
                size == null ? chosen.size : size,
                fill == null ? chosen.fill : fill,
                minVotes == null ? chosen.minVotes : minVotes,
                language == null ? chosen.language : language);
    }

    /**
     * Reads the form; a blank field takes its value from the defaults. A topic that the defaults have stays one, though
     * there is none of that name any more.
     */
    public Reading read(Offered offered, Preferences defaults) {
        var faults = new LinkedHashMap<String, Said>();
        Set<String> lines = new LinkedHashSet<>();
        var unknown = new ArrayList<Said>();
        List<String> kept = defaults.topics();
        for (String slug : topics) {
            if (offered.topics().find(slug).isPresent() || kept.contains(slug)) {
                lines.add(Interest.topicLine(slug));
            } else {
                String quoted = Titles.shortened(slug, LONGEST_QUOTED);
                unknown.add(Said.of("noTopic", "There is no topic \"" + quoted + "\".", quoted));
            }
        }
        name("topic", unknown, faults);
        readKeywords(lines, faults);
        readAuthors(lines, faults);
        if (lines.size() > Preferences.MOST_INTERESTS) {
            faults.put(
                    "keywords",
                    Said.of(
                            "interestsAtMost",
                            "At most " + Preferences.MOST_INTERESTS + " interests, please.",
                            Preferences.MOST_INTERESTS));
        }
        Frequency chosen = defaults.frequency();
        if (frequency != null && !frequency.isBlank()) {
            Optional<Frequency> named = Frequency.of(frequency);
            if (named.isEmpty()) {
                faults.put("frequency", Said.of("chooseFrequency", "Choose daily, weekdays or weekly."));
            }
            chosen = named.orElse(chosen);
        }
        int day = number("weekday", weekday, 1, 7, defaults.weekday().getValue(), faults);
        int at = number("hour", hour, 0, 23, defaults.hour(), faults);
        int most = number("size", size, 1, Preferences.LARGEST_SIZE, defaults.size(), faults);
        int votes = number("min-votes", minVotes, 0, Preferences.MOST_VOTES, defaults.minVotes(), faults);
        ZoneId zone = zone(defaults.zone(), faults);
        String spoken = language(offered.languages(), defaults.language(), faults);
        return faults.isEmpty()
                ? new Good(new Preferences(
                        chosen,
                        DayOfWeek.of(day),
                        at,
                        zone,
                        most,
                        fill == null ? defaults.fill() : fill,
                        votes,
                        new ArrayList<>(lines),
                        !blank(timezone) || defaults.zoneChosen(),
                        spoken))
                : new Faulty(faults);
    }

    private void readKeywords(Set<String> lines, Map<String, Said> faults) {
        var unread = new ArrayList<Said>();
        int number = 0;
        for (String line : InterestParser.lines(keywords == null ? "" : keywords)) {
            number++;
            switch (InterestParser.parse(line)) {
                case Interest interest -> lines.add(interest.line());
                case InterestError error ->
                    unread.add(Said.of(
                            "lineFault", "Line " + number + ": " + error.message() + ".", number, error.said()));
            }
        }
        name("keywords", unread, faults);
    }

    private void readAuthors(Set<String> lines, Map<String, Said> faults) {
        var unread = new ArrayList<Said>();
        for (String name : InterestParser.lines(authors == null ? "" : authors)) {
            String line = Interest.authorLine(name);
            if (name.length() > LONGEST_NAME || !(InterestParser.parse(line) instanceof Interest)) {
                String quoted = Titles.shortened(name, LONGEST_QUOTED);
                unread.add(Said.of("noName", "\"" + quoted + "\" does not look like a name.", quoted));
            } else {
                lines.add(line);
            }
        }
        name("author", unread, faults);
    }

    /** Names every one of a field's faults, up to a number. */
    private static void name(String field, List<Said> all, Map<String, Said> faults) {
        if (!all.isEmpty()) {
            Said named = all.getFirst();
            for (Said next : all.subList(1, Math.min(all.size(), MOST_NAMED))) {
                named = Said.of("faultsInRow", named.english() + " " + next.english(), named, next);
            }
            int rest = all.size() - MOST_NAMED;
            faults.put(
                    field,
                    rest > 0
                            ? Said.of("andMoreFaults", named.english() + " And " + rest + " more.", named, rest)
                            : named);
        }
    }

    private ZoneId zone(ZoneId fallback, Map<String, Said> faults) {
        if (timezone == null || timezone.isBlank()) {
            return fallback;
        }
        String id = timezone.strip();
        if (id.equals(fallback.getId())) {
            return fallback; // The instance's own may be an offset.
        }
        try {
            // Offsets such as +02:00 know no summer; the names of the time zone database do.
            if (ZoneRulesProvider.getAvailableZoneIds().contains(id)) {
                return ZoneId.of(id);
            }
        } catch (DateTimeException e) {
            // Falls through to the one fault below.
        }
        String quoted = Titles.shortened(id, LONGEST_QUOTED);
        String none = "There is no time zone \"" + quoted + "\".";
        faults.put(
                "timezone",
                Spelling.nearest(id, ZoneRulesProvider.getAvailableZoneIds())
                        .map(z -> Said.of("noTimeZoneNear", none + " Did you mean " + z + "?", quoted, z))
                        .orElseGet(() -> Said.of("noTimeZone", none + " Write it like Europe/Berlin.", quoted)));
        return fallback;
    }

    private String language(Languages known, String fallback, Map<String, Said> faults) {
        if (language == null || language.isBlank() || language.strip().equals(fallback)) {
            return fallback;
        }
        Optional<Language> named = known.find(language);
        if (named.isEmpty()) {
            String quoted = Titles.shortened(language.strip(), LONGEST_QUOTED);
            String tags = String.join(", ", known.tags());
            faults.put(
                    "language",
                    Said.of(
                            "noLanguage",
                            "There is no language \"" + quoted + "\". Choose one of " + tags + ".",
                            quoted,
                            tags));
        }
        return named.map(Language::tag).orElse(fallback);
    }

    private static int number(
            String field, @Nullable String typed, int least, int most, int fallback, Map<String, Said> faults) {
        if (typed == null || typed.isBlank()) {
            return fallback;
        }
        String digits = typed.strip();
        if (digits.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return number;
            }
        }
        faults.put(field, Said.of("numberFault", "A number from " + least + " to " + most + ", please.", least, most));
        return fallback;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
