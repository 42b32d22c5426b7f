package org.dailypapers.letter;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.letter.address.Mailbox;
import org.eclipse.microprofile.config.spi.Converter;

/** What the instance calls itself, and how it looks. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface MastheadSettings {

    @WithDefault("Daily Papers")
    @WithConverter(Title.class)
    String name();

    /** The words at the head of pages and letters; the name where it is not set. */
    Optional<@WithConverter(Title.class) String> logo();

    @WithDefault("#1d5c8f")
    @WithConverter(Accent.Reading.class)
    Accent accent();

    /** Where answers to letters go; to From where it is not set. */
    Optional<@WithConverter(ReplyTo.class) Mailbox> replyTo();

    Optional<@WithConverter(Page.class) URI> imprint();

    Optional<@WithConverter(OneLine.class) String> footer();

    default Masthead masthead() {
        return new Masthead(name(), logo().orElse(name()), accent(), imprint().orElse(null), footer().orElse(null));
    }

    /** Reads a line of text: no control characters, no ends of lines, nothing that turns the direction of what follows. */
    class OneLine implements Converter<String> {

        private static final Pattern UNFIT =
                Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\u202A-\u202E\u2066-\u2069]");
        private final int longest;

        /** Up to 500 characters. */
        public OneLine() {
            this(500);
        }

        OneLine(int longest) {
            this.longest = longest;
        }

        @Override
        public String convert(String text) {
            String line = text.strip();
            if (line.isEmpty() || line.length() > longest || UNFIT.matcher(line).find()) {
                throw new IllegalArgumentException(
                        "write it on one line, with 1 to " + longest + " characters that can be seen.");
            }
            return line;
        }
    }

    /** Reads what stands in subjects, headers and titles. */
    final class Title extends OneLine {

        /** Up to 60 characters, so that a subject with it stays short. */
        public Title() {
            super(60);
        }
    }

    /** Reads a mailbox that everybody can answer to. */
    final class ReplyTo implements Converter<Mailbox> {
        @Override
        public Mailbox convert(String text) {
            Mailbox mailbox = Mailbox.parse(text);
            if (mailbox.needsSmtpUtf8()) {
                throw new IllegalArgumentException(
                        "few mail systems can write to an address outside of ASCII (RFC 6531);" + " take another one.");
            }
            return mailbox;
        }
    }

    /** Reads the address of a page. */
    final class Page implements Converter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI page = URI.create(text.strip());
                if (page.getHost() != null
                        && page.getRawUserInfo() == null
                        && ("https".equalsIgnoreCase(page.getScheme()) || "http".equalsIgnoreCase(page.getScheme()))) {
                    return page;
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(fault(text), e);
            }
            throw new IllegalArgumentException(fault(text));
        }

        private static String fault(String text) {
            return text + " is no address of a page; write it like https://example.org/imprint";
        }
    }
}
