package org.dailypapers.matching.word;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Short forms of terms and their long ones; each finds the other. */
public final class Abbreviations {

    private static final String BUILT_IN = "/abbreviations.txt";

    /** For the stems of each form those of its others, and how they are written. */
    private final Map<List<String>, Map<List<String>, String>> others = new HashMap<>();

    private Abbreviations() {}

    /** The well-known ones of the field. */
    public static Abbreviations builtIn() {
        return BuiltIn.ABBREVIATIONS;
    }

    private static final class BuiltIn {
        static final Abbreviations ABBREVIATIONS = load();

        private static Abbreviations load() {
            try (InputStream in = Abbreviations.class.getResourceAsStream(BUILT_IN)) {
                return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("The delivery lacks " + BUILT_IN, e);
            }
        }
    }

    /**
     * Reads a file of abbreviations: {@code short = long form}, one a line; lines that begin with # are comments.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static Abbreviations read(String text) {
        var abbreviations = new Abbreviations();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                abbreviations.take(line, number);
            }
        }
        return abbreviations;
    }

    private void take(String line, int number) {
        String[] sides = line.split("=", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("line " + number + ": expected short = long form, found " + line);
        }
        String brief = sides[0].strip();
        String whole = sides[1].strip();
        if (Analysis.words(Analysis.PROSE, brief).size() != 1) {
            throw new IllegalArgumentException(
                    "line " + number + ": the short form is one word, found \"" + brief + "\"");
        }
        if (stems(whole).isEmpty() || stems(whole).equals(stems(brief))) {
            throw new IllegalArgumentException(
                    "line " + number + ": the long form of " + brief + " is missing, found \"" + whole + "\"");
        }
        // Words of two letters have no stem: RLs is found as a form of its own.
        List<String> forms = List.of(brief, brief + "s", whole);
        for (String form : forms) {
            for (String other : forms) {
                link(form, other);
            }
        }
    }

    private void link(String form, String other) {
        if (!stems(form).equals(stems(other))) {
            others.computeIfAbsent(stems(form), s -> new LinkedHashMap<>()).putIfAbsent(stems(other), other);
        }
    }

    /** The other forms of a term, none where it has none; a term's forms are not followed further. */
    public List<String> others(String term) {
        return List.copyOf(others.getOrDefault(stems(term), Map.of()).values());
    }

    /** The other forms of a term as stems, for the stems of the term. */
    public Set<List<String>> others(List<String> stems) {
        return others.getOrDefault(stems, Map.of()).keySet();
    }

    private static List<String> stems(String text) {
        return Analysis.words(Analysis.PROSE, text);
    }
}
