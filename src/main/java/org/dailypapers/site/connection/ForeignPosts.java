package org.dailypapers.site.connection;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.site.answer.Failures;
import org.dailypapers.token.Links;

/**
 * Refuses posts that another site's page sends, one-click unsubscription excepted. A browser that hides the referrer
 * says {@code Origin: null}; then {@code Sec-Fetch-Site} decides where it is there.
 */
@Provider
public class ForeignPosts implements ContainerRequestFilter {

    private final Links links;
    private final Languages languages;

    ForeignPosts(Links links, Languages languages) {
        this.languages = languages;
        this.links = links;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals("POST")
                || request.getUriInfo().getPath().startsWith("/unsubscribe/")) {
            return;
        }
        String origin = request.getHeaderString("Origin");
        String site = request.getHeaderString("Sec-Fetch-Site");
        boolean foreign = "cross-site".equals(site)
                || origin != null && !origin.equals("null") && !ours(origin, request.getHeaderString("Host"));
        if (foreign) {
            // Programs are told in English.
            Language language = Failures.isPage(request.getUriInfo().getPath())
                    ? languages.best(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                    : languages.english();
            request.abortWith(Response.status(403)
                    .type("text/plain; charset=utf-8")
                    .header(HttpHeaders.CONTENT_LANGUAGE, language.htmlTag())
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                    .entity(language.fault().foreignForm() + "\n")
                    .build());
        }
    }

    private boolean ours(String origin, String host) {
        String base = links.base().getScheme() + "://" + links.base().getRawAuthority();
        try {
            return origin.equals(base)
                    || host != null && host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
