package org.dailypapers.site.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Revisions;
import org.dailypapers.site.answer.Validators;

/** Feeds as answers: with what tells readers whether anything is new, and short where nothing is. */
@ApplicationScoped
class FeedAnswers {

    private final Revisions revisions;
    private final EditionCalendar calendar;

    FeedAnswers(Revisions revisions, EditionCalendar calendar) {
        this.revisions = revisions;
        this.calendar = calendar;
    }

    /**
     * A feed as it was written.
     *
     * @param hash of its text
     */
    record Written(FeedFormat format, String text, String hash) {

        static Written of(Feed feed, FeedFormat format) {
            String text = format.write(feed);
            return new Written(format, text, Validators.hash(text));
        }
    }

    /** The feed, or 304 to whoever has it. */
    Response of(Written feed, String cacheControl, HttpHeaders request) {
        // Any change of the catalogue counts: what leaves a feed has no time of its own.
        Instant now = calendar.now();
        Instant changed = revisions.newestAt().filter(at -> at.isBefore(now)).orElse(now);
        Response.ResponseBuilder answer = has(feed, changed, request)
                ? Response.notModified()
                : Response.ok(feed.text()).type(feed.format().type());
        return answer.header("ETag", Validators.tag(feed.hash()))
                .header("Last-Modified", Validators.date(changed))
                .header("Cache-Control", cacheControl)
                .header("Vary", "Accept-Encoding")
                .build();
    }

    private static boolean has(Written feed, Instant changed, HttpHeaders request) {
        List<String> tags = request.getRequestHeader("If-None-Match");
        if (!tags.isEmpty()) {
            return Validators.names(tags, feed.hash());
        }
        return Optional.ofNullable(request.getHeaderString("If-Modified-Since"))
                .filter(since -> Validators.isSince(since, changed))
                .isPresent();
    }
}
