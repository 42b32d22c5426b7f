package org.dailypapers.web;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Answers that are pages. */
public final class Html {

    private Html() {}

    public static Response ok(TemplateInstance page) {
        return ok(page.render());
    }

    public static Response ok(String page) {
        return status(200, page);
    }

    public static Response status(int status, TemplateInstance page) {
        return status(status, page.render());
    }

    private static Response status(int status, String page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(page)
                .build();
    }
}
