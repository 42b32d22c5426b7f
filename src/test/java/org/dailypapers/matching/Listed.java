package org.dailypapers.matching;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;

/** A paper that a test writes by hand, listed in an edition. */
public final class Listed {

    public static final LocalDate DAY = LocalDate.of(2027, 3, 1);

    private final Entry entry = new Entry();

    private Listed(Paper paper) {
        entry.paper = paper;
        entry.edition = DAY;
        entry.reason = Entry.Reason.LISTED;
        entry.source = "hand";
    }

    public static Listed paper(String title) {
        var paper = new Paper();
        paper.title = title;
        paper.summary = "";
        paper.firstEdition = DAY;
        paper.changedAt = Instant.EPOCH;
        return new Listed(paper);
    }

    public Listed saying(String summary) {
        entry.paper.summary = summary;
        return this;
    }

    public Listed keywords(String... keywords) {
        entry.paper.keywords = List.of(keywords);
        return this;
    }

    public Listed by(String... authors) {
        entry.paper.authors = List.of(authors);
        return this;
    }

    public Listed from(String organization) {
        entry.paper.organization = organization;
        return this;
    }

    public Listed in(String... categories) {
        entry.paper.categories = List.of(categories);
        return this;
    }

    Listed votes(Integer votes) {
        entry.paper.votes = votes;
        return this;
    }

    public Listed score(Double score) {
        entry.score = score;
        return this;
    }

    public Listed rank(Integer rank) {
        entry.rank = rank;
        return this;
    }

    public Listed rising(int gained) {
        entry.reason = Entry.Reason.RISING;
        entry.gained = gained;
        return this;
    }

    public Listed withdrawn() {
        entry.paper.withdrawn = true;
        return this;
    }

    /** Listed so many days after its first edition. */
    public Listed after(int days) {
        entry.edition = entry.paper.firstEdition.plusDays(days);
        return this;
    }

    /** Another entry of the same paper. */
    public Listed another() {
        return new Listed(entry.paper);
    }

    public Paper paper() {
        return entry.paper;
    }

    /** The entries, their papers numbered from 1 in this order. */
    public static List<Entry> entries(Listed... listed) {
        var papers = new ArrayList<Paper>();
        for (Listed one : listed) {
            if (!papers.contains(one.entry.paper)) {
                papers.add(one.entry.paper);
                one.entry.paper.id = (long) papers.size();
                one.entry.paper.publicId = "2703.%05d".formatted(papers.size());
            }
        }
        return Stream.of(listed).map(l -> l.entry).toList();
    }

    public static EditionIndex index(Listed... listed) {
        return new EditionIndex(entries(listed), Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending());
    }

    /** Whether the line finds the paper, alone in an edition. */
    public static boolean finds(String line, Listed listed) {
        EditionIndex index = index(listed);
        return index.find(line).documents().length == 1;
    }
}
