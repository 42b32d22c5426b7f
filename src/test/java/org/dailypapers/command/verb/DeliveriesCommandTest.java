package org.dailypapers.command.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DeliveriesCommandTest {

    @Test
    void aReplyCanNeitherBreakALineOrAColumnNorSteerATerminal() {
        assertEquals(
                "550 no [31mred [2J end a b c",
                DeliveriesCommand.harmless(
                        "550 no\t\u001b[31mred\r\n\u001b[2J\u009bend\u2028a\u202eb\u0000c\ud800\u0007"));
        assertEquals("250 2.0.0 größer 好 😀", DeliveriesCommand.harmless("250 2.0.0 größer 好 😀"));
    }
}
