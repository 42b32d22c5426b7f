package org.dailypapers;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * An instance with a name, a look and a foot of its own, made of what HTML, headers and templates could stumble over;
 * behind a proxy, with limits by client network.
 */
public class OwnMasthead implements QuarkusTestProfile {

    static final String NAME = "</title><b>\"Ada's\" & Ünï </b>{x}, Bcc: <x@y.z>";
    static final String LOGO = "<script>alert(1)</script> \u00df";
    static final String FOOTER = "Foot & <i>hand</i> \"'{letter.title}";
    static final String IMPRINT = "https://example.org/imprint?a=1&b=\"".replace("\"", "%22");
    static final String ACCENT = "#7a1f3d";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "daily-papers.name",
                NAME,
                "daily-papers.logo",
                LOGO,
                "daily-papers.footer",
                FOOTER,
                "daily-papers.imprint",
                IMPRINT,
                "daily-papers.accent",
                ACCENT,
                "daily-papers.reply-to",
                "\"Desk, of <Ada>\" <desk@example.org>",
                "daily-papers.proxy",
                "127.0.0.1",
                "daily-papers.limit.forms",
                "20",
                "daily-papers.limit.api",
                "20");
    }
}
