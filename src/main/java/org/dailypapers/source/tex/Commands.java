package org.dailypapers.source.tex;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of TeX that have a plain form, out of {@code commands.txt}, which says what the kinds are. */
final class Commands {

    private static final String FILE = "commands.txt";
    private static final int HEXADECIMAL = 16;
    private static final Map<Kind, Map<String, String>> BY_KIND = load();

    enum Kind {
        LETTER,
        RELATION,
        OPERATOR,
        RAISED,
        FUNCTION,
        SPACE,
        STYLE,
        SWITCH,
        ACCENT,
        SPREAD,
        LAYOUT
    }

    private Commands() {}

    /** The text of a command of that kind, for an accent its combining character; null where it is none. */
    static @Nullable String text(Kind kind, String name) {
        Map<String, String> texts = BY_KIND.get(kind);
        return texts == null ? null : texts.get(name);
    }

    static boolean is(Kind kind, String name) {
        return text(kind, name) != null;
    }

    private static Map<Kind, Map<String, String>> load() {
        Map<Kind, Map<String, String>> commands = new EnumMap<>(Kind.class);
        try (InputStream file = Commands.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The delivery lacks " + FILE);
            }
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .forEach(line -> {
                        Kind kind = Kind.valueOf(line[0].toUpperCase(Locale.ROOT));
                        boolean mark = kind == Kind.ACCENT || kind == Kind.SPREAD;
                        String text = line.length < 3 ? "" : line[2];
                        commands.computeIfAbsent(kind, k -> new HashMap<>())
                                .put(line[1], mark ? Character.toString(Integer.parseInt(text, HEXADECIMAL)) : text);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("The delivery lacks " + FILE, e);
        }
        return commands;
    }
}
