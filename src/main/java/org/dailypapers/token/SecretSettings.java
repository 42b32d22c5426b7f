package org.dailypapers.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The secrets that sign links as the settings write them: {@code DAILY_PAPERS_SECRET}, and earlier ones in
 * {@code DAILY_PAPERS_SECRET_OLD} with commas between, or each in a numbered setting of its own
 * ({@code DAILY_PAPERS_SECRET_OLD_1}), where a comma belongs to the secret. Blanks around a secret never count.
 *
 * @param current what signs; empty where none is set
 * @param earlier whose links stay valid
 */
public record SecretSettings(Optional<String> current, List<String> earlier) {

    private static final String CURRENT = "DAILY_PAPERS_SECRET";
    private static final String EARLIER = "DAILY_PAPERS_SECRET_OLD";
    private static final Pattern NUMBERED = Pattern.compile(EARLIER + "_(\\d+)");

    /**
     * Reads them.
     *
     * @param settings where numbered ones are looked for
     * @throws IllegalArgumentException that names the setting whose secret cannot be used, and never the secret
     */
    public static SecretSettings of(LinkSettings links, Config settings) {
        Optional<String> current = value(links.secret());
        current.ifPresent(secret -> check(CURRENT, secret, ""));
        var earlier = new ArrayList<String>();
        for (String item : value(links.secretOld()).orElse("").split(",")) {
            if (!item.isBlank()) {
                check(EARLIER, item.strip(), "; one with a comma in it is set as " + EARLIER + "_1");
                earlier.add(item.strip());
            }
        }
        numbered(settings).forEach((number, name) -> value(settings.getOptionalValue(name, String.class))
                .ifPresent(secret -> {
                    check(EARLIER + "_" + number, secret, "");
                    earlier.add(secret);
                }));
        earlier.removeIf(secret -> current.filter(secret::equals).isPresent());
        return new SecretSettings(current, earlier.stream().distinct().toList());
    }

    /** The names of the numbered settings, by number. */
    private static Map<String, String> numbered(Config settings) {
        var names = new TreeMap<String, String>();
        for (String name : settings.getPropertyNames()) {
            var matcher = NUMBERED.matcher(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
            if (matcher.matches()) {
                names.put(matcher.group(1), "daily-papers.secret-old-" + matcher.group(1));
            }
        }
        return names;
    }

    private static Optional<String> value(Optional<String> written) {
        return written.map(String::strip).filter(text -> !text.isEmpty());
    }

    private static void check(String name, String secret, String more) {
        if (secret.length() < SigningKeys.SHORTEST_SECRET) {
            throw new IllegalArgumentException(name + ": a secret there is shorter than " + SigningKeys.SHORTEST_SECRET
                    + " characters; make one with: openssl rand -hex 32" + more);
        }
    }

    /** How many there are only. */
    @Override
    public String toString() {
        return "SecretSettings[" + (current.isPresent() ? "set" : "unset") + ", " + earlier.size() + " earlier]";
    }
}
