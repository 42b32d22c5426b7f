package org.dailypapers.matching;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;

/**
 * Which edition a first letter is made of: the newest closed one that has papers for the profile.
 *
 * <p>The welcome, the previews and the command line all ask here, so that nobody is shown what is not sent.
 */
@ApplicationScoped
public class FirstLetter {

    /** How many closed editions with papers are looked at, newest first. */
    static final int MOST_EDITIONS = 14;

    private final Editions editions;
    private final EditionIndexes indexes;
    private final EditionCalendar calendar;

    FirstLetter(Editions editions, EditionIndexes indexes, EditionCalendar calendar) {
        this.editions = editions;
        this.indexes = indexes;
        this.calendar = calendar;
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
        for (LocalDate date : editions.closedWithPapers(covered, calendar.today(), MOST_EDITIONS)) {
            EditionIndex index = indexes.edition(date);
            List<Match> matches = Matcher.match(index, profile, seen);
            if (!matches.isEmpty()) {
                return Optional.of(new Choice(date, index, matches));
            }
        }
        return Optional.empty();
    }
}
