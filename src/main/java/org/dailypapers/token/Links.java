package org.dailypapers.token;

import java.net.URI;
import java.time.Instant;

/** The addresses that letters link to: the service's base URL and its signed links. */
public final class Links {

    private final URI base;
    private final LinkTokens tokens;

    /** @param base what every link begins with, without a trailing slash */
    public Links(URI base, LinkTokens tokens) {
        this.base = base;
        this.tokens = tokens;
    }

    public URI base() {
        return base;
    }

    /** A plain page of the service; the path begins with a slash. */
    public URI page(String path) {
        return URI.create(base + path);
    }

    public URI confirm(long request, Instant issued) {
        return page("/confirm/" + tokens.issue(TokenPurpose.CONFIRM, request, issued));
    }

    public URI preferences(long subscriber, Instant issued) {
        return page("/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, subscriber, issued));
    }

    /** Preferences with export, erasure and the address, for half an hour. */
    public URI privatePreferences(long subscriber, Instant issued) {
        return page("/preferences/" + tokens.issue(TokenPurpose.PRIVATE, subscriber, issued));
    }

    /** Lets letters go to the address that it is mailed to. */
    public URI move(long request, Instant issued) {
        return page("/address/" + tokens.issue(TokenPurpose.MOVE, request, issued));
    }

    /** Calls a change of address off. */
    public URI stopMove(long notice, Instant issued) {
        return page("/address/" + tokens.issue(TokenPurpose.STOP_MOVE, notice, issued));
    }

    public URI unsubscribe(long subscriber, Instant issued) {
        return page("/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, subscriber, issued));
    }

    public URI letter(long digest, Instant issued) {
        return page("/letters/" + tokens.issue(TokenPurpose.LETTER, digest, issued));
    }

    /** What a reader says of a digest's papers, without the paper's place and the word. */
    public URI voice(long digest, Instant issued) {
        return page("/voice/" + tokens.issue(TokenPurpose.VOICE, digest, issued));
    }

    /** A reader's letters as a feed, without the ending that names its format. */
    public URI feed(long feed, Instant made) {
        return page("/feeds/" + tokens.issue(TokenPurpose.FEED, feed, made));
    }
}
