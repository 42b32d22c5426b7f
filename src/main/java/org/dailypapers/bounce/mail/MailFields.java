package org.dailypapers.bounce.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Fields of a head, or of a group in a report: names in lower case, values unfolded. */
public final class MailFields {

    private static final int MOST = 1_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private int count;

    /** Adds a field; of very many the last ones are left out. */
    public void add(String name, String value) {
        if (count++ < MOST) {
            values.computeIfAbsent(name.strip().toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                    .add(value.strip());
        }
    }

    /** The first value of a field, where it has one that is not blank. */
    public Optional<String> first(String name) {
        return all(name).stream().filter(v -> !v.isBlank()).findFirst();
    }

    /** The first value of a field, or an empty word. */
    public String get(String name) {
        return first(name).orElse("");
    }

    /** All values of a field, in their order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether there is such a field. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether there is none at all. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The fields that a text begins with. */
    public static MailFields head(String text) {
        List<MailFields> groups = groups(text, 1);
        return groups.isEmpty() ? new MailFields() : groups.getFirst();
    }

    /** The groups of fields in a text, which blank lines part (RFC 3464 §2.1); lines that are no fields are passed over. */
    public static List<MailFields> groups(String text) {
        return groups(text, MOST);
    }

    private static List<MailFields> groups(String text, int most) {
        var groups = new ArrayList<MailFields>();
        var group = new MailFields();
        String name = null;
        var value = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            boolean folded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (name != null && folded && !line.isBlank()) {
                value.append(' ').append(line.strip());
                continue;
            }
            if (name != null) {
                group.add(name, value.toString());
                name = null;
            }
            if (line.isBlank()) {
                if (!group.isEmpty()) {
                    groups.add(group);
                    group = new MailFields();
                    if (groups.size() >= most) {
                        return groups;
                    }
                }
                continue;
            }
            int colon = line.indexOf(':');
            if (colon > 0 && isName(line, colon)) {
                name = line.substring(0, colon);
                value.setLength(0);
                value.append(line, colon + 1, line.length());
            }
        }
        if (name != null) {
            group.add(name, value.toString());
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    // RFC 5322 §2.2: printable ASCII without the colon.
    private static boolean isName(String line, int colon) {
        for (int i = 0; i < colon; i++) {
            char c = line.charAt(i);
            if (c <= ' ' && i + 1 < colon || c > '~') {
                return false;
            }
        }
        return true;
    }
}
