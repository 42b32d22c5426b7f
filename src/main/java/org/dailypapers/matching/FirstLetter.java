package org.dailypapers.matching;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;

/**
 * Which edition a first letter is made of: the newest closed one that has papers for the profile.
 *
 * <p>The welcome, the previews and the command line all ask here, so that nobody is shown what is not sent.
 */
public class FirstLetter {

    /** How many closed editions with papers are looked at, newest first. */
    public static final int MOST_EDITIONS = 14;

    private final Editions editions;
    private final EditionIndexes indexes;
    private final EditionCalendar calendar;
    private final Papers papers;
    private final boolean relay;

    /** Once there are real papers the sample never comes back. */
    private volatile boolean real;

    /** @param relay whether letters leave this machine */
    public FirstLetter(
            Editions editions, EditionIndexes indexes, EditionCalendar calendar, Papers papers, boolean relay) {
        this.editions = editions;
        this.indexes = indexes;
        this.calendar = calendar;
        this.papers = papers;
        this.relay = relay;
    }

    /**
     * Whether letters can be made of the papers there are: not of the bundled sample, where a relay would carry them to
     * people.
     */
    public boolean mailable() {
        if (!relay || real) {
            return true;
        }
        boolean sample = papers.countFrom(Paper.SAMPLE) > 0;
        real = !sample && papers.count() > 0;
        return !sample;
    }

    /**
     * An edition and what a profile gets of it.
     *
     * @param matches at least one
     */
    public record Choice(LocalDate edition, EditionIndex index, List<Match> matches) {}

    /**
     * The choice for somebody who was sent nothing yet; empty where none of those editions has a paper for the profile.
     */
    public Optional<Choice> of(Profile profile) {
        return of(profile, LocalDate.EPOCH, id -> false);
    }

    /**
     * The choice for somebody who may have been a reader before.
     *
     * @param covered the last edition that was taken into account for them
     * @param seen whether a paper, by its id, was in a letter before
     */
    public Optional<Choice> of(Profile profile, LocalDate covered, LongPredicate seen) {
        if (!mailable()) {
            return Optional.empty();
        }
        // What was asked for comes before what only fills a letter up, also where it is some days older.
        Optional<Choice> filled = Optional.empty();
        for (LocalDate date : editions.closedWithPapers(covered, calendar.today(), MOST_EDITIONS)) {
            EditionIndex index = indexes.edition(date);
            List<Match> matches = Matcher.match(index, profile, seen);
            if (matches.stream().anyMatch(match -> match.interest() != null)) {
                return Optional.of(new Choice(date, index, matches));
            }
            if (filled.isEmpty() && !matches.isEmpty()) {
                filled = Optional.of(new Choice(date, index, matches));
            }
        }
        return filled;
    }
}
