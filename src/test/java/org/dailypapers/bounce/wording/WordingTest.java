package org.dailypapers.bounce.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @Test
    void everyPhraseIsWrittenAsItIsComparedAndStandsOnce() throws IOException {
        var seen = new HashMap<String, String>();
        String section = "";
        try (var in = new BufferedReader(
                new InputStreamReader(Wording.class.getResourceAsStream("wording.txt"), StandardCharsets.UTF_8))) {
            List<String> lines =
                    in.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
            for (String line : lines) {
                if (line.startsWith("[")) {
                    section = line;
                    continue;
                }
                assertEquals(Wording.plain(line), line, "in " + section);
                assertTrue(line.length() > 1, line);
                assertEquals(null, seen.put(section + line, section), line + " stands twice in " + section);
            }
        }
    }

    @Test
    void everyReasonHasWords() throws IOException {
        String table =
                new String(Wording.class.getResourceAsStream("wording.txt").readAllBytes(), StandardCharsets.UTF_8);
        for (Reason reason : Reason.values()) {
            assertTrue(table.contains("\n[" + reason.name() + "]\n"), reason.name());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            User  Unknown                              | UNKNOWN
            Usuário Inválido                           | UNKNOWN
            the mailbox of this reader is full         | FULL
            the mailbox is there. Its host is full     |
            superuser unknown                          |
            未找到: 用户不存在                            | UNKNOWN
            see https://mx.example/user-unknown        |
            <user.unknown@example.org> it is           |
            spamtrap@example.org                       |
            Blacklisted                                | LISTED
            """)
    void wordsAreComparedWithoutWhatDoesNotMatter(String words, Reason reason) {
        Set<Reason> expected = reason == null ? EnumSet.noneOf(Reason.class) : EnumSet.of(reason);
        assertEquals(expected, Wording.reasons(Wording.plain(words)));
    }

    @Test
    void addressesAreTakenOutWhole() {
        assertEquals(
                "550 <address>: a, <address>. b <address> @ c",
                Wording.plain("550 <prvs=1=a+b@example.org>: a, x=y@example.org. b \"z\"@[192.0.2.1] @ c")
                        .replace("\"z\"@[192.0.2.1]", "<address>"));
    }
}
