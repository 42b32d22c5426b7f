package org.dailypapers.matching.word;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.CharArrayMap;

/** Forms of words that no rule finds, such as matrices: each is its word, and one that two words share is a form of both. */
public final class IrregularForms {

    private static final String BUILT_IN = "/irregular-forms.txt";

    private final CharArrayMap<String> bases = new CharArrayMap<>(512, false);

    /** For a word with a form that is another's too that form, and for such a form its words. */
    private final Map<String, Set<String>> others = new HashMap<>();

    private final BitSet firstLetters = new BitSet();

    private IrregularForms() {}

    public static IrregularForms builtIn() {
        return BuiltIn.FORMS;
    }

    private static final class BuiltIn {
        static final IrregularForms FORMS = load();

        private static IrregularForms load() {
            try (InputStream in = IrregularForms.class.getResourceAsStream(BUILT_IN)) {
                return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("The delivery lacks " + BUILT_IN, e);
            }
        }
    }

    /** Reads {@code word = form, form}, one word a line, in small letters; lines that begin with # are comments. */
    static IrregularForms read(String text) {
        var wordsOf = new LinkedHashMap<String, Set<String>>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] sides = line.split("\\s*=\\s*");
                for (String form : sides[1].split("\\s*,\\s*")) {
                    wordsOf.computeIfAbsent(form, f -> new LinkedHashSet<>()).add(sides[0]);
                }
            }
        }
        var forms = new IrregularForms();
        wordsOf.forEach(forms::take);
        return forms;
    }

    private void take(String form, Set<String> words) {
        if (words.size() == 1) {
            bases.put(form, words.iterator().next());
            return;
        }
        bases.put(form, form);
        others.put(form, words);
        words.forEach(
                word -> others.computeIfAbsent(word, w -> new LinkedHashSet<>()).add(form));
        others.keySet().forEach(word -> firstLetters.set(word.charAt(0)));
    }

    /** The word that it is a form of, or itself where it is one of several; null where it is no irregular form. */
    public String base(char[] buffer, int length) {
        return bases.get(buffer, 0, length);
    }

    /** What else is to be looked for beside the word that stands there in a text: bases for basis; mostly nothing. */
    public Set<String> others(CharSequence text, int start, int end) {
        // Hardly any word has some, and most begin with another letter.
        boolean may = end > start && text.charAt(start) < 0x80 && firstLetters.get(text.charAt(start) | 0x20);
        return may ? others(text.subSequence(start, end).toString()) : Set.of();
    }

    /** The same for a word by itself, in whatever case. */
    public Set<String> others(String word) {
        return others.getOrDefault(word.toLowerCase(Locale.ROOT), Set.of());
    }

    /** The words that do not begin so while one of their forms does. */
    public Set<String> wordsWithForm(String beginning) {
        var words = new LinkedHashSet<String>();
        for (Object form : bases.keySet()) {
            String text = new String((char[]) form);
            String word = bases.get(text);
            if (text.startsWith(beginning) && !word.startsWith(beginning)) {
                words.add(word);
            }
        }
        return words;
    }

    /** Every form, by the alphabet. */
    public List<String> forms() {
        return bases.keySet().stream().map(k -> new String((char[]) k)).sorted().toList();
    }
}
