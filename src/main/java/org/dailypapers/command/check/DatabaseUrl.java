package org.dailypapers.command.check;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/** The address of PostgreSQL in {@code DATABASE_URL}. It may hold a password, which stands in no message. */
final class DatabaseUrl {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final String EXAMPLE = "; write it like jdbc:postgresql://host/db?user=NAME&password=WORD";
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern HOSTS = Pattern.compile(PREFIX + "//([^/?]*)");
    private static final Pattern WORD = Pattern.compile("(?i)[?&][a-z]*password=([^&]*)");

    /** The driver logs pieces of an address that it cannot read; held, or the level would be forgotten with it. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.util.PGPropertyUtil");

    private final String text;

    private DatabaseUrl(String text) {
        this.text = text;
    }

    /** Reads it; throws a {@link Failure} that says what is wrong without showing it. */
    static DatabaseUrl parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new Failure("DATABASE_URL must begin with " + PREFIX + ", as in"
                    + " jdbc:postgresql://host/db?user=NAME&password=WORD");
        }
        Matcher hosts = HOSTS.matcher(text);
        if (hosts.find() && hosts.group(1).contains("@")) {
            throw new Failure("DATABASE_URL: user and password do not stand before the host" + EXAMPLE);
        }
        if (BAD_ESCAPE.matcher(text).find()) {
            throw new Failure("DATABASE_URL: a % in it is written %25, & is %26, + is %2B"
                    + "; or give the password as it is in QUARKUS_DATASOURCE_PASSWORD");
        }
        DRIVER.setLevel(Level.OFF);
        if (Driver.parseURL(text, null) == null) {
            throw new Failure("DATABASE_URL cannot be read: its port is a number from 1 to 65535, and"
                    + " the name of the database stands behind a slash" + EXAMPLE);
        }
        return new DatabaseUrl(text);
    }

    /** What a database or its driver said, without the address and its passwords. */
    String hide(String words) {
        String hidden = words.replace(text, "DATABASE_URL");
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group(1);
            hidden = word.isEmpty()
                    ? hidden
                    : hidden.replace(word, "…").replace(URLDecoder.decode(word, StandardCharsets.UTF_8), "…");
        }
        return hidden;
    }
}
