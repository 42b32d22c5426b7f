package org.dailypapers.letter.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {

    private static HeaderFields fields(String message) {
        return new HeaderFields(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String relaxed(HeaderFields fields, String name, int fromBottom) {
        WireBytes out = new WireBytes(0);
        fields.relaxed(name, fromBottom, out);
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void fieldsOfOneNameAreCountedFromTheBottom() {
        HeaderFields fields = fields("To: a\r\nX: 1\r\nto : b\r\n\t c\r\nTop: d\r\nTO:e\r\n\r\nTo: no\r\n");
        assertEquals(3, fields.occurrences("To"));
        assertEquals("to:e", relaxed(fields, "To", 1));
        assertEquals("to:b c", relaxed(fields, "To", 2));
        assertEquals("to:a", relaxed(fields, "To", 3));
        assertEquals("", relaxed(fields, "To", 4));
        assertEquals("", relaxed(fields, "From", 1));
    }

    @Test
    void theBodyBeginsBehindTheFirstEmptyLine() {
        assertEquals(8, fields("To: a\r\n\r\n\r\nb").body() - 1);
        assertEquals(2, fields("\r\nTo: a\r\n").body());
        assertEquals(0, fields("\r\nTo: a\r\n").occurrences("To"));
        assertEquals(7, fields("To: a\r\n").body());
        assertEquals(5, fields("To: a").body());
        assertEquals(1, fields("To: a").occurrences("To"));
        assertEquals(0, fields("").body());
    }

    @Test
    void aLineWithoutAColonIsNoField() {
        HeaderFields fields = fields("To\r\nTo a\r\nTo\r\n :a\r\n\r\n");
        assertEquals(0, fields.occurrences("To"));
    }

    @Test
    void thereMayBeManyFields() {
        HeaderFields fields = fields("X: y\r\n".repeat(1000) + "\r\n");
        assertEquals(1000, fields.occurrences("x"));
        assertEquals(6002, fields.body());
    }
}
