package org.dailypapers.site;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dailypapers.letter.MastheadSettings;
import org.dailypapers.letter.address.Mailbox;
import org.eclipse.microprofile.config.spi.Converter;

/** What the operator says of the service, and where they can be reached. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface AboutSettings {

    /** Their own words in Markdown, above those of the page. */
    Optional<@WithConverter(MarkdownFile.class) String> about();

    /** A link that leads to them. */
    Optional<@WithConverter(Contact.class) URI> contact();

    /** Reads the file that a setting names. */
    final class MarkdownFile implements Converter<String> {

        private static final long LONGEST = 20_000;

        @Override
        public String convert(String text) {
            Path file = Path.of(text.strip());
            try {
                if (Files.size(file) > LONGEST) {
                    throw new IllegalArgumentException(file + " is larger than " + LONGEST + " bytes");
                }
                return Files.readString(file);
            } catch (IOException e) {
                throw new IllegalArgumentException(file + " cannot be read as UTF-8 text; name a file in Markdown", e);
            }
        }
    }

    /** Reads a mail address, or that of a page. */
    final class Contact implements Converter<URI> {

        @Override
        public URI convert(String text) {
            return text.contains("://")
                    ? new MastheadSettings.Page().convert(text)
                    : URI.create("mailto:" + Mailbox.parse(text).address());
        }
    }
}
