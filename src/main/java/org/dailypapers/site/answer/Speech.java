package org.dailypapers.site.answer;

import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.language.PageMessages;
import org.dailypapers.language.ReaderMessages;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to whoever asks for a page, in their language: the one that the address asks for, else their own where the page
 * knows them, else what their browser prefers.
 */
@RequestScoped
public class Speech {

    private static final Pattern ASKED =
            Pattern.compile("(?<![^&])" + Spoken.PARAMETER + "=([A-Za-z0-9_-]{1,35})(?![^&])");

    private final Languages languages;
    private final RoutingContext request;
    private Spoken spoken;

    Speech(Languages languages, RoutingContext request) {
        this.languages = languages;
        this.request = request;
        this.spoken = of(languages, request);
    }

    /** How an answer to that request speaks, whoever asks. */
    public static Spoken of(Languages languages, RoutingContext request) {
        String query = request.request().query();
        Optional<Language> asked = query == null
                ? Optional.empty()
                : ASKED.matcher(query).results().findFirst().flatMap(found -> languages.find(found.group(1)));
        return new Spoken(
                asked.orElseGet(() -> languages.best(request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE))),
                asked.isPresent(),
                address(request),
                languages.offered());
    }

    private static @Nullable String address(RoutingContext request) {
        if (request.request().method() != HttpMethod.GET && request.request().method() != HttpMethod.HEAD) {
            return null;
        }
        String typed = request.request().path();
        // Two slashes would lead to another host.
        String path = typed == null || typed.length() > 1 && "/\\".indexOf(typed.charAt(1)) >= 0 ? "/" : typed;
        String query = request.request().query();
        String others = query == null
                ? ""
                : Stream.of(query.split("&"))
                        .filter(part -> !part.isEmpty() && !part.matches(Spoken.PARAMETER + "(=.*)?"))
                        .collect(Collectors.joining("&", "?", ""));
        return path + (others.equals("?") ? "" : others);
    }

    /** From here on in the language of a reader who is known, unless the address asks for one. */
    public void to(String tag) {
        if (!spoken.asked()) {
            spoken = new Spoken(languages.of(tag), false, spoken.address(), spoken.offered());
        }
    }

    /** How the answer speaks. */
    public Spoken spoken() {
        return spoken;
    }

    /** The language of the answer. */
    public Language language() {
        return spoken.language();
    }

    /** What there is to say, in the language. */
    public PageMessages say() {
        return spoken.language().page();
    }

    /** What there is to say to a reader who comes by a link. */
    public ReaderMessages reply() {
        return spoken.language().reader();
    }

    /** What there is to say when something is wrong. */
    public FaultMessages fault() {
        return spoken.language().fault();
    }

    /** The page, with status 200. */
    public Response ok(TemplateInstance page) {
        return status(200, page);
    }

    /** The page. */
    public Response status(int status, TemplateInstance page) {
        return rendered(status, spoken.render(page));
    }

    /** A page in this language that has been rendered already. */
    public Response rendered(int status, String page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CONTENT_LANGUAGE, spoken.language().htmlTag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(page)
                .build();
    }
}
