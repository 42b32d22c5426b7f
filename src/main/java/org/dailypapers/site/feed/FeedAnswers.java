package org.dailypapers.site.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.dailypapers.site.answer.Tagged;
import org.dailypapers.site.answer.Validators;

/** Feeds as answers: with what tells readers whether anything is new, and short where nothing is. */
@ApplicationScoped
class FeedAnswers {

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
        // By its tag alone: what leaves a feed, or changes its place, has no time of its own.
        return Tagged.answer(request, feed.hash(), cacheControl, () -> Response.ok(feed.text())
                        .type(feed.format().type()))
                .build();
    }
}
