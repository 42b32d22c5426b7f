package org.dailypapers;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An instance with a name, a look and a foot of its own, made of what HTML, headers and templates could stumble over;
 * behind a proxy, with limits by client network, and with a folder of templates of its own that is empty.
 */
public class OwnMasthead implements QuarkusTestProfile {

    static final String NAME = "</title><b>\"Ada's\" & Ünï </b>{x}, Bcc: <x@y.z>";
    static final String LOGO = "<script>alert(1)</script> \u00df";
    static final String FOOTER = "Foot & <i>hand</i> \"'{letter.title}";
    public static final String IMPRINT = "https://example.org/imprint?a=1&b=\"".replace("\"", "%22");
    static final String ACCENT = "#7a1f3d";
    static final String CONTACT = "desk@example.org";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("daily-papers.name", NAME),
                Map.entry("daily-papers.logo", LOGO),
                Map.entry("daily-papers.footer", FOOTER),
                Map.entry("daily-papers.imprint", IMPRINT),
                Map.entry("daily-papers.accent", ACCENT),
                Map.entry("daily-papers.reply-to", "\"Desk, of <Ada>\" <desk@example.org>"),
                Map.entry("daily-papers.proxy", "127.0.0.1"),
                Map.entry("daily-papers.limit.forms", "20"),
                Map.entry("daily-papers.limit.api", "20"),
                Map.entry("daily-papers.contact", "Desk <" + CONTACT + ">"),
                Map.entry("daily-papers.templates", templates().toString()),
                Map.entry("daily-papers.about", about().toString()));
    }

    private static Path templates() {
        try {
            return Files.createTempDirectory("templates");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path about() {
        try {
            Path file = Files.createTempFile("about", ".md");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "This is **ours**.\n\n<i>not marked up</i>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
