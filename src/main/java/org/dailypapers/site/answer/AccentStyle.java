package org.dailypapers.site.answer;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.dailypapers.letter.Accent;
import org.dailypapers.letter.Masthead;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The style sheet by which pages take the operator's own colour, after that of the site. */
@Singleton
@Named("accentStyle")
@Path(AccentStyle.PATH)
public class AccentStyle {

    static final String PATH = "/style/accent.css";

    private final Accent accent;

    AccentStyle(Masthead masthead) {
        this.accent = masthead.accent();
    }

    /** Its address, which changes with the colour. */
    public String address() {
        return PATH + "?v=" + accent.light().substring(1);
    }

    @GET
    @Produces("text/css")
    @Operation(hidden = true)
    public Response sheet() {
        return Response.ok("""
                        :root:not([data-theme="dark"]) {%s}
                        @media only screen and (prefers-color-scheme: dark) {:root:not([data-theme]) {%s}}
                        """.formatted(
                        colours(accent.light(), accent.lightHover()), colours(accent.dark(), accent.darkHover())))
                .header("Cache-Control", "public, max-age=86400")
                .build();
    }

    private static String colours(String colour, String hover) {
        return """
                --pico-primary:%1$s;--pico-primary-background:%1$s;--pico-primary-border:%1$s;\
                --pico-primary-underline:%1$s66;--pico-primary-focus:%1$s73;\
                --pico-primary-hover:%2$s;--pico-primary-hover-background:%2$s;--pico-primary-hover-border:%2$s;\
                --pico-primary-hover-underline:%2$s66""".formatted(colour, hover);
    }
}
