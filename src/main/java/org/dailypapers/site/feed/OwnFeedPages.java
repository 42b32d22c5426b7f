package org.dailypapers.site.feed;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.dailypapers.digest.letter.LetterFeeds;
import org.dailypapers.language.Language;
import org.dailypapers.letter.Masthead;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;

/** A reader's letters as a feed, at a private address that names nobody. */
@Path("/feeds/{file}")
@Blocking
public class OwnFeedPages {

    private final LetterFeeds feeds;
    private final LinkTokens tokens;
    private final FeedAnswers answers;
    private final Masthead masthead;
    private final Links links;

    OwnFeedPages(LetterFeeds feeds, LinkTokens tokens, FeedAnswers answers, Masthead masthead, Links links) {
        this.feeds = feeds;
        this.tokens = tokens;
        this.answers = answers;
        this.masthead = masthead;
        this.links = links;
    }

    @GET
    public Response feed(String file, @Context HttpHeaders headers) {
        FeedFormat format = FeedFormat.of(file).orElseThrow(NotFoundException::new);
        String token = file.substring(0, file.length() - format.ending().length());
        if (!(tokens.read(TokenPurpose.FEED, token) instanceof LinkTokens.Valid valid)) {
            throw new NotFoundException();
        }
        long reader = feeds.reader(valid.subject(), valid.issued())
                .orElseThrow(() -> new WebApplicationException(
                        "This address was closed; the preferences page has the present one.", 410));
        Language language = feeds.language(reader);
        var feed = new Feed(
                language.htmlTag(),
                language.letter().feedTitle(masthead.name()),
                language.letter().feedAbout(),
                masthead.name(),
                links.page("/"),
                links.page("/feeds/" + file),
                FeedPages.bounded(items(reader, language)));
        return Response.fromResponse(answers.of(FeedAnswers.Written.of(feed, format), "private, no-cache", headers))
                .header("X-Robots-Tag", "noindex")
                .build();
    }

    private List<FeedItem> items(long reader, Language language) {
        var items = new ArrayList<FeedItem>();
        var held = new HashSet<Long>();
        for (LetterFeeds.Sent sent : feeds.papers(reader)) {
            if (held.add(sent.paper().id)) {
                items.add(FeedItem.of(sent.paper(), links, sent.sent(), sent.reasons(), language));
            }
        }
        return items;
    }
}
