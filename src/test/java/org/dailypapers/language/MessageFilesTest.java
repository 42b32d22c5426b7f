package org.dailypapers.language;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of messages: every language says everything that English says, about the same things. */
class MessageFilesTest {

    /** Tests run in the folder of the build. */
    private static final Path FOLDER = Path.of("../src/main/resources/messages");

    private static final Path OF_TESTS = Path.of("../src/test/resources/messages");

    /** The language of tests: every sentence in brackets, so that one that stands in no file is seen; read from the right. */
    static final String BRACKETS = "ar-XB";

    private static final Map<String, Class<?>> BUNDLES = Map.of(
            "letter", LetterMessages.class,
            "page", PageMessages.class,
            "reader", ReaderMessages.class,
            "fault", FaultMessages.class);

    /** What an address lacks is told by a library in English alone. */
    private static final Set<String> IN_OTHER_WORDS = Set.of("emailForm");

    /** What a message says itself, between what is put in: of letters that alone is bracketed, so that English put in is seen. */
    private static final Pattern WORDS = Pattern.compile("(?<![^}])[^{}]*[^{}\\s][^{}]*(?![^{])");

    /** What is put in: a word in braces that is neither a section's end nor its other branch. */
    private static final Pattern PUT_IN = Pattern.compile("\\{(?:#(?:else )?if )?([a-z]\\w*)");

    @TestFactory
    Stream<DynamicTest> everyLanguageHasTheKeysOfEnglishAndPutsTheSameThingsIn() {
        return files().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            String name = file.getFileName().toString();
            Map<String, String> english = read(FOLDER.resolve(name.substring(0, name.indexOf('_')) + "_en.properties"));
            Map<String, String> messages = read(file);
            assertEquals(english.keySet(), messages.keySet());
            assertAll(messages.entrySet().stream().map(m -> () -> {
                assertFalse(m.getValue().isBlank(), m.getKey());
                Set<String> allowed = putIn(english.get(m.getKey()));
                Set<String> used = putIn(m.getValue());
                assertTrue(allowed.containsAll(used), m.getKey());
                if (!IN_OTHER_WORDS.contains(m.getKey())) {
                    // Some languages know no plural, and so ask for no number.
                    assertTrue(used.containsAll(shown(english.get(m.getKey()))), m.getKey());
                }
            }));
        }));
    }

    @TestFactory
    Stream<DynamicTest> eachKeyIsAMethodAndEachMethodAKey() {
        return BUNDLES.entrySet().stream()
                .map(bundle -> DynamicTest.dynamicTest(
                        bundle.getKey(),
                        () -> assertEquals(
                                Arrays.stream(bundle.getValue().getDeclaredMethods())
                                        .map(java.lang.reflect.Method::getName)
                                        .collect(Collectors.toCollection(TreeSet::new)),
                                new TreeSet<>(read(FOLDER.resolve(bundle.getKey() + "_en.properties"))
                                        .keySet()))));
    }

    @Test
    void everyLanguageHasAFileForEachBundle() {
        Map<String, Set<String>> languages = files().map(
                        file -> file.getFileName().toString().split("[_.]"))
                .collect(Collectors.groupingBy(n -> n[0], Collectors.mapping(n -> n[1], Collectors.toSet())));
        assertEquals(BUNDLES.keySet(), languages.keySet());
        assertEquals(languages.get("letter"), languages.get("page"));
    }

    /** Run with {@code -Dapprove} it writes the files of the language of tests anew. */
    @ParameterizedTest
    @ValueSource(strings = {"letter", "page", "reader", "fault"})
    void theLanguageOfTestsIsEnglishInBrackets(String bundle) throws IOException {
        String bracketed = read(FOLDER.resolve(bundle + "_en.properties")).entrySet().stream()
                .map(m -> m.getKey() + "="
                        + (m.getKey().startsWith("language") && bundle.equals("letter")
                                ? BRACKETS
                                : bundle.equals("letter")
                                        ? WORDS.matcher(m.getValue()).replaceAll("⟦$0⟧")
                                        : "⟦" + m.getValue() + "⟧"))
                .collect(Collectors.joining("\n", "", "\n"));
        Path file = OF_TESTS.resolve(bundle + "_" + BRACKETS + ".properties");
        if (System.getProperty("approve") != null) {
            Files.writeString(file, bracketed);
        }
        assertEquals(bracketed, Files.readString(file), "run this test with -Dapprove");
    }

    private static Stream<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> all = files.sorted().toList();
            return all.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> read(Path file) {
        try {
            var messages = new LinkedHashMap<String, String>();
            for (String line :
                    Files.readString(file).replaceAll("\\\\\n\\s*", "").split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int equal = line.indexOf('=');
                    String earlier = messages.put(line.substring(0, equal), line.substring(equal + 1));
                    assertEquals(null, earlier, line + " stands twice in " + file);
                }
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is put in where it is seen, not only asked for. */
    private static Set<String> shown(String message) {
        return putIn(message.replaceAll("\\{#(?:else )?if [^}]*}", ""));
    }

    private static Set<String> putIn(String message) {
        return PUT_IN.matcher(message)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
