package org.dailypapers.subscriber.preference;

import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;

/**
 * What a reader wants in their letters, and when.
 *
 * @param weekday for weekly letters
 * @param hour of the day in {@code zone}, 0 to 23
 * @param size the most papers in a letter, 1 to {@value #LARGEST_SIZE}
 * @param fill whether trending papers complete a letter
 * @param minVotes papers with fewer votes are left out, 0 for none
 * @param interests lines of the language; topics and authors are lines too
 * @param zoneChosen whether somebody named the zone; else it is the instance's
 * @param language the tag of the one that letters speak
 */
public record Preferences(
        Frequency frequency,
        DayOfWeek weekday,
        int hour,
        ZoneId zone,
        int size,
        boolean fill,
        int minVotes,
        List<String> interests,
        boolean zoneChosen,
        String language) {

    public static final int LARGEST_SIZE = 50;
    public static final int MOST_INTERESTS = 200;
    public static final int MOST_VOTES = 100_000;

    public Preferences {
        interests = List.copyOf(interests);
    }

    /** Preferences whose zone was chosen, in English. */
    public Preferences(
            Frequency frequency,
            DayOfWeek weekday,
            int hour,
            ZoneId zone,
            int size,
            boolean fill,
            int minVotes,
            List<String> interests) {
        this(frequency, weekday, hour, zone, size, fill, minVotes, interests, true, Languages.ENGLISH);
    }

    /** The same with other interests, and whether the zone was chosen. */
    public Preferences with(List<String> interests, boolean zoneChosen) {
        return new Preferences(frequency, weekday, hour, zone, size, fill, minVotes, interests, zoneChosen, language);
    }

    /** The same as often as that. */
    public Preferences with(Frequency frequency) {
        return new Preferences(frequency, weekday, hour, zone, size, fill, minVotes, interests, zoneChosen, language);
    }

    /** The same with that many papers at most. */
    public Preferences with(int size) {
        return new Preferences(frequency, weekday, hour, zone, size, fill, minVotes, interests, zoneChosen, language);
    }

    /** The same in that language. */
    public Preferences in(Language other) {
        return in(other.tag());
    }

    /** The same in the language of that tag. */
    public Preferences in(String tag) {
        return new Preferences(frequency, weekday, hour, zone, size, fill, minVotes, interests, zoneChosen, tag);
    }

    /** What somebody gets who only leaves an address: the trending papers, on weekdays. */
    public static Preferences standard(ZoneId zone) {
        return new Preferences(
                Frequency.WEEKDAYS, DayOfWeek.MONDAY, 8, zone, 10, true, 0, List.of(), false, Languages.ENGLISH);
    }

    /** The interests that can be read; all of them can unless the language changed since they were typed. */
    public List<Interest> readable() {
        var readable = new ArrayList<Interest>();
        for (String line : interests) {
            switch (InterestParser.parse(line)) {
                case Interest interest -> readable.add(interest);
                case InterestError error -> {}
            }
        }
        return readable;
    }

    /** The slugs of the chosen topics. */
    public List<String> topics() {
        var topics = new ArrayList<String>();
        for (Interest interest : readable()) {
            if (interest.query() instanceof Query.InTopic(String slug)
                    && interest.line().equals(Interest.topicLine(slug))) {
                topics.add(slug);
            }
        }
        return topics;
    }

    /** The names of the chosen authors. */
    public List<String> authors() {
        var authors = new ArrayList<String>();
        for (Interest interest : readable()) {
            if (interest.query() instanceof Query.Phrase(Query.Field field, String name)
                    && field == Query.Field.AUTHOR
                    && interest.line().equals(Interest.authorLine(name))) {
                authors.add(name);
            }
        }
        return authors;
    }

    /** The other lines, as they were typed. */
    public List<String> keywords() {
        var rest = new ArrayList<>(interests);
        topics().forEach(t -> rest.remove(Interest.topicLine(t)));
        authors().forEach(a -> rest.remove(Interest.authorLine(a)));
        return rest;
    }
}
