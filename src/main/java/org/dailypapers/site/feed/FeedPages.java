package org.dailypapers.site.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.language.Languages;
import org.dailypapers.letter.Masthead;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.matching.search.SearchQuestion;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topics;
import org.dailypapers.token.Links;

/** The feeds for everybody: the newest closed editions, a topic, or whatever the language of interests asks for. */
@Path("/")
@Blocking
public class FeedPages {

    /** The papers of a feed. */
    static final int MOST_ITEMS = 100;

    /** About how many characters a feed holds; one paper may have twenty thousand. */
    private static final int MOST_CHARACTERS = 1 << 20;

    /** Weekends are often empty; the newest editions that are not, as many as a reader may have slept through. */
    private static final int MOST_EDITIONS = 7;

    /** Of the feed of the newest editions, both formats, in some revisions. */
    private static final int MOST_KEPT = 4;

    /** Revisions are given at a change and seen at its commit: one that commits late is missed for so long at most. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final String MAY_BE_KEPT = "public, max-age=300";

    private final Editions editions;
    private final Entries entries;
    private final PaperSearch search;
    private final Topics topics;
    private final Revisions revisions;
    private final EditionCalendar calendar;
    private final FeedAnswers answers;
    private final Masthead masthead;
    private final Links links;

    private final Cache<Asked, FeedAnswers.Written> known = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(FRESH)
            .executor(Runnable::run)
            .build();

    FeedPages(
            Editions editions,
            Entries entries,
            PaperSearch search,
            Topics topics,
            Revisions revisions,
            EditionCalendar calendar,
            FeedAnswers answers,
            Masthead masthead,
            Links links) {
        this.editions = editions;
        this.entries = entries;
        this.search = search;
        this.topics = topics;
        this.revisions = revisions;
        this.calendar = calendar;
        this.answers = answers;
        this.masthead = masthead;
        this.links = links;
    }

    /** Everything that the feed of the newest editions depends on. */
    private record Asked(FeedFormat format, LocalDate today, long revision) {}

    @GET
    @Path("feed.atom")
    public Response atom(@Context UriInfo uri, @Context HttpHeaders headers) {
        return feed(FeedFormat.ATOM, uri, headers);
    }

    @GET
    @Path("feed.json")
    public Response json(@Context UriInfo uri, @Context HttpHeaders headers) {
        return feed(FeedFormat.JSON, uri, headers);
    }

    private Response feed(FeedFormat format, UriInfo uri, HttpHeaders headers) {
        PaperQuestion question = PaperQuestion.of(uri.getQueryParameters(), topics);
        // What a search finds may lag behind the newest revision, by which alone it could be kept.
        FeedAnswers.Written feed = question.interest().isPresent()
                ? FeedAnswers.Written.of(feed(question, format), format)
                : known.get(
                        new Asked(format, calendar.today(), revisions.newest()),
                        asked -> FeedAnswers.Written.of(feed(question, format), format));
        return answers.of(feed, MAY_BE_KEPT, headers);
    }

    private Feed feed(PaperQuestion question, FeedFormat format) {
        List<Paper> papers = question.interest()
                .map(interest -> search.search(SearchQuestion.of(interest), true, 0, MOST_ITEMS)
                        .papers())
                .orElseGet(this::newestEditions);
        boolean all = question.words().isEmpty();
        return new Feed(
                Languages.ENGLISH,
                all ? masthead.name() : question.words() + " – " + masthead.name(),
                all ? "The papers of the newest editions, best rank first." : "The newest papers, newest first.",
                masthead.name(),
                links.page(all ? "/" : question.page()),
                links.page("/feed" + format.ending() + question.parameters()),
                bounded(papers.stream().map(p -> FeedItem.of(p, links)).toList()));
    }

    private List<Paper> newestEditions() {
        Map<Long, Paper> papers = new LinkedHashMap<>();
        for (LocalDate date :
                editions.closedWithPapers(LocalDate.EPOCH, calendar.today().plusDays(1), MOST_EDITIONS)) {
            entries.pinned(date).forEach(paper -> papers.putIfAbsent(paper.id, paper));
            for (Entry entry : entries.of(date, 0, MOST_ITEMS)) {
                papers.putIfAbsent(entry.paper.id, entry.paper);
            }
            if (papers.size() >= MOST_ITEMS) {
                break;
            }
        }
        return papers.values().stream().limit(MOST_ITEMS).toList();
    }

    /** The first of them, as many as a feed may hold. */
    static List<FeedItem> bounded(List<FeedItem> items) {
        var held = new ArrayList<FeedItem>();
        int characters = 0;
        for (FeedItem item : items) {
            characters += item.size();
            if (!held.isEmpty() && characters > MOST_CHARACTERS) {
                break;
            }
            held.add(item);
        }
        return held;
    }
}
