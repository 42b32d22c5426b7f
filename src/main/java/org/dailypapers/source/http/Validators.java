package org.dailypapers.source.http;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Optional;

/**
 * By what a server tells whether an answer is still the same (RFC 9110 §8.8).
 *
 * @param etag empty where it has none
 * @param modified as the server wrote it; empty where it has none
 */
public record Validators(Optional<String> etag, Optional<String> modified) {

    /** Of who has no answer yet. */
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    static Validators of(HttpHeaders headers) {
        return new Validators(headers.firstValue("ETag"), headers.firstValue("Last-Modified"));
    }

    /** RFC 9110 §13.1.3: a date is not looked at where there is a tag. */
    void into(HttpRequest.Builder request) {
        etag.ifPresentOrElse(
                tag -> request.header("If-None-Match", tag),
                () -> modified.ifPresent(date -> request.header("If-Modified-Since", date)));
    }
}
