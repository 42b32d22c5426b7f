package org.dailypapers.site;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.dailypapers.language.Language;
import org.dailypapers.language.ReaderMessages;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.PreferencesForm;

/**
 * The form for interests and times, with what was typed and what is wrong with it.
 *
 * @param zone what an empty time zone stands for
 * @param faults by the field's name
 * @param preview what such a reader would have been sent; null where none was asked for
 * @param language that the form speaks
 */
public record FormView(
        PreferencesForm form,
        Map<String, List<Topic>> topics,
        String zone,
        Map<String, String> faults,
        Preview preview,
        Language language) {

    private static final List<String> FOLDED =
            List.of("frequency", "weekday", "hour", "timezone", "size", "min-votes", "language");

    /** From the top of the page to its bottom. */
    private static final List<String> FIELDS = List.of(
            "email",
            "person",
            "keywords",
            "author",
            "frequency",
            "weekday",
            "hour",
            "timezone",
            "size",
            "min-votes",
            "language",
            "pause-until");

    /**
     * What the letter that follows a confirmation would hold.
     *
     * @param edition its date in words; null where no recent edition has a paper for it
     * @param perDay papers that the interests found a day, over that many editions; null where there are too many to count
     * @param hints what to mend: interests that find nothing, or nearly everything
     */
    public record Preview(String edition, String perDay, int editions, List<String> hints, List<Previewed> papers) {}

    /** One paper of it and the interest it meets; "Trending" where it meets none. */
    public record Previewed(PaperCard card, String why, String words) {}

    /** A choice of a select field. */
    public record Choice(String value, String name, boolean selected) {}

    /** The language that is chosen; the page's where none was named. */
    public String languageTag() {
        String typed = form.language();
        return typed == null || typed.isBlank() ? language.tag() : typed;
    }

    static FormView of(
            PreferencesForm form,
            Topics topics,
            ZoneId zone,
            Map<String, String> faults,
            Preview preview,
            Language language) {
        return new FormView(form, topics.groups(), zone.getId(), faults, preview, language);
    }

    /** What stands in a tag around the topics' names, which are English. */
    public String foreign() {
        return language.english() ? "" : " lang=\"en\"";
    }

    /** What the script says of a forecast. */
    public ForecastWords said() {
        return ForecastWords.of(language);
    }

    /** Whether nobody has named a time zone, so that the script may name the browser's. */
    public boolean zoneOpen() {
        return form.timezone() == null;
    }

    /** The chosen topics that are no longer offered. */
    public List<String> gone() {
        return form.topics().stream()
                .filter(Topics::isSlug)
                .filter(slug -> topics.values().stream().flatMap(List::stream).noneMatch(topic -> topic.slug()
                        .equals(slug)))
                .distinct()
                .toList();
    }

    public boolean chosen(String slug) {
        return form.topics().contains(slug);
    }

    /** What is wrong with the field; null where nothing is. */
    public String fault(String field) {
        return faults.get(field);
    }

    /** Whether the field is the topmost one on the page with which something is wrong. */
    public boolean first(String field) {
        return FIELDS.stream().filter(faults::containsKey).findFirst().equals(Optional.of(field));
    }

    /** How many of the topics are chosen. */
    public int chosenOf(List<Topic> some) {
        return (int) some.stream().filter(topic -> chosen(topic.slug())).count();
    }

    /** Whether something is wrong with when and how much. */
    public boolean open() {
        return FOLDED.stream().anyMatch(faults::containsKey);
    }

    /** When letters come and how large they are, in a few words; empty where something of it is not as it should be. */
    public String summary() {
        return frequencies().stream()
                .filter(Choice::selected)
                .findFirst()
                .filter(choice -> !open() && form.hour() != null && form.size() != null)
                .map(choice -> language.reader().summary(choice.name(), form.size()))
                .orElse("");
    }

    /** What a frequency is called on pages. */
    static String name(ReaderMessages say, Frequency frequency) {
        return switch (frequency) {
            case DAILY -> say.everyDay();
            case WEEKDAYS -> say.mondayToFriday();
            case WEEKLY -> say.onceAWeek();
        };
    }

    public List<Choice> frequencies() {
        return Arrays.stream(Frequency.values())
                .map(frequency -> choice(frequency.id(), name(language.reader(), frequency), form.frequency()))
                .toList();
    }

    public List<Choice> weekdays() {
        return java.util.stream.IntStream.rangeClosed(1, 7)
                .mapToObj(d -> choice(Integer.toString(d), language.weekday(DayOfWeek.of(d)), form.weekday()))
                .toList();
    }

    public List<Choice> hours() {
        return java.util.stream.IntStream.rangeClosed(0, 23)
                .mapToObj(h -> choice(Integer.toString(h), (h < 10 ? "0" : "") + h + ":00", form.hour()))
                .toList();
    }

    /** The names of the time zone database that a person would choose. */
    public List<String> zones() {
        return new TreeSet<>(ZoneRulesProvider.getAvailableZoneIds())
                .stream()
                        .filter(z -> z.contains("/") && !z.startsWith("Etc/") && !z.startsWith("SystemV/")
                                || z.equals("UTC"))
                        .toList();
    }

    private static Choice choice(String value, String name, String selected) {
        return new Choice(value, name, value.equals(selected));
    }
}
