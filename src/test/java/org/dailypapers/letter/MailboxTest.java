package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

    @Test
    void aSettingNamesAMailbox() {
        assertEquals(
                new Mailbox("Daily Papers", "papers@localhost"), Mailbox.parse(" Daily Papers <papers@localhost> "));
        assertEquals(new Mailbox("Papers, \"Daily\"", "p@x.org"), Mailbox.parse("\"Papers, \\\"Daily\\\"\" <p@x.org>"));
        assertEquals(new Mailbox("Tägliche Papiere", "p@x.org"), Mailbox.parse("Tägliche Papiere<p@x.org>"));
        assertEquals(new Mailbox(null, "papers@localhost"), Mailbox.parse("papers@localhost"));
        assertEquals(new Mailbox(null, "papers@localhost"), Mailbox.parse("<papers@localhost>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "papers",
                "Daily Papers",
                "Daily Papers papers@localhost",
                "papers@localhost>",
                "\"Daily <papers@localhost>",
                "\"Daily\" Papers <papers@localhost>",
                "Daily \"Papers <papers@localhost>",
                "a <b@c> <d@e>",
                "a@b, c@d",
                "a\nb <c@d>"
            })
    void aSettingThatNamesNoneIsRefusedWithAReason(String setting) {
        String message = assertThrows(IllegalArgumentException.class, () -> Mailbox.parse(setting))
                .getMessage();
        assertTrue(message.contains(": ") && !message.contains("\n"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "o'neil+x@sub.example.org",
                "\"a b@c\\\"\"@example.org",
                "a@[192.0.2.1]",
                "a@[IPv6:2001:db8::1]",
                "用户@例子.广告",
                "😀@example.org",
                "a@faß.example",
                "a@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.org"
            })
    void anAddressIsTaken(String address) {
        assertEquals(address, new Mailbox(null, address).address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@b",
                "a@",
                "a",
                ".a@b",
                "a.@b",
                "a..b@c",
                "a b@c",
                "a@b c",
                "a,b@c",
                "a@b,c",
                "<a@b>",
                "a@b.",
                "a@.b",
                "a@-b",
                "a@b-",
                "a@b..c",
                "a@b_c",
                "\"a@b",
                "\"a\"b\"@c",
                "\"\\\"@b",
                "\"\"@b",
                "a@[b]c",
                "a@[]",
                "(x)a@b",
                "a@b@c",
                "a\r\nb@c",
                "a@b\r\nRCPT",
                "a\u0000@b",
                "a\u00A0@b",
                "a\u2028@b",
                "a\uD83D@b",
                "a@\uDE00.b",
                "a@b\uFF20c",
                "a@\u2100.example",
                "a@bücher.example..org",
                "a@ä b"
            })
    void whatIsNoAddressIsRefusedWithoutRepeatingIt(String address) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Mailbox(null, address))
                .getMessage();
        assertTrue(
                message.startsWith("Not an address: it ") || message.startsWith("Not an address: the part "), message);
        assertFalse(address.length() > 2 && message.contains(address), message);
    }

    @Test
    void anAddressLongerThanSmtpAllowsIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new Mailbox(null, "a".repeat(300) + "@example-of-a-domain.org"));
    }

    @Test
    void onlyWhatStaysOutsideOfAsciiNeedsSmtpUtf8() {
        assertFalse(new Mailbox("Zoë", "zoe@example.org").needsSmtpUtf8());
        assertFalse(new Mailbox(null, "zoe@bücher.example").needsSmtpUtf8());
        assertEquals("zoe@xn--bcher-kva.example", new Mailbox(null, "zoe@BÜCHER.example").wireAddress());
        assertTrue(new Mailbox(null, "zoë@example.org").needsSmtpUtf8());
    }

    @Test
    void aDomainThatIdna2003WouldMapToAnotherIsKept() {
        assertEquals("a@faß.example", new Mailbox(null, "a@faß.example").wireAddress());
        assertTrue(new Mailbox(null, "a@faß.example").needsSmtpUtf8());
    }

    @Test
    void itsTextHoldsNoAddress() {
        assertEquals("Mailbox[…@example.org]", new Mailbox("Ada", "ada@example.org").toString());
    }
}
