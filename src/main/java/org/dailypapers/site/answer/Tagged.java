package org.dailypapers.site.answer;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Answers that bear the hash of what they hold as their tag, and are a 304 to whoever has it (RFC 9110 §13.1.2). */
public final class Tagged {

    private Tagged() {}

    /**
     * The answer.
     *
     * @param hash of what it holds, see {@link Validators#hash}
     * @param whole the answer to whoever does not have it
     */
    public static Response.ResponseBuilder answer(
            HttpHeaders request, String hash, String cacheControl, Supplier<Response.ResponseBuilder> whole) {
        List<String> known = Objects.requireNonNullElse(request.getRequestHeader(HttpHeaders.IF_NONE_MATCH), List.of());
        Response.ResponseBuilder answer = Validators.names(known, hash) ? Response.notModified() : whole.get();
        return answer.header(HttpHeaders.ETAG, Validators.tag(hash))
                .header(HttpHeaders.CACHE_CONTROL, cacheControl)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
}
