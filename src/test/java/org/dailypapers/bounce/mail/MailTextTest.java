package org.dailypapers.bounce.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.james.mime4j.util.ContentUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'X: plain'                          | plain
                    'X: one\\r\\n two'                  | one two
                    'X: one  \\r\\n\\t  two\\r\\n three' | one two three
                    'X: one\\n\\n two'                  | one two
                    'X: two  blanks'                    | 'two  blanks'
                    'X:\\r\\n below'                    | below
                    'X: end\\r\\n'                      | end
                    """)
    void aFieldIsUnfolded(String written, String value) {
        String field = written.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
        assertEquals(value, MailText.field(ContentUtil.encode(field)));
    }

    @Test
    void blanksBetweenWordsStayHoweverManyTheyAre() {
        String words = "a" + " ".repeat(200_000) + "b";
        assertEquals(words, MailText.field(ContentUtil.encode("X: " + words)));
        assertEquals(words + " c", MailText.field(ContentUtil.encode("X: " + words + "\r\n c")));
    }
}
