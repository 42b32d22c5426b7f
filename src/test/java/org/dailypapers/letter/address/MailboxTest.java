package org.dailypapers.letter.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
                "a@xn--fa-hia.example",
                "a@xn--bcher-kva.example",
                "a@xn--i-7iq.example",
                "a@\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.example",
                "a@\u0915\u094D\u200D\u0937.example",
                "\uD83D\uDC69\u200D\uD83D\uDCBB@example.org",
                "éééééééééééééééééééééééééééééééé@b.org",
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
                "a\u200B@b.org",
                "a\u00AD@b.org",
                "a@b\u2060.org",
                "a@b.org\uFEFF",
                "\u202Ea@b.org",
                "a\uDB40\uDC41@b.org",
                "a\u3164@b.org",
                "é\u200D@b.org",
                "a@xn--.org",
                "a@xn--a.org",
                "a@xn--99999999.org",
                "a@xn--abc-.org",
                "a@sub.XN--zz.org",
                "ééééééééééééééééééééééééééééééééé@b.org",
                "a@bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.org",
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
        String domain = ("d".repeat(62) + ".").repeat(4) + "org";
        assertEquals(255, domain.length());
        new Mailbox(null, "a".repeat(64) + "@" + domain);
        for (String longer : List.of("a".repeat(65) + "@example.org", "a@d" + domain)) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new Mailbox(null, longer))
                    .getMessage()
                    .contains("longer than"));
        }
    }

    @Test
    void whatCannotBeSeenIsTakenAwayWhereItSaysNothing() {
        for (String hidden : List.of(
                "\u200B",
                "\uFEFF",
                "\u200E",
                "\u200F",
                "\u2060",
                "\u200D",
                "\u200C",
                "\u00AD",
                "\u061C",
                "\u180E",
                "\u202A",
                "\u202E",
                "\u2066",
                "\u2069",
                "\uDB40\uDC20",
                "\uDB40\uDD00",
                "\uFE0F",
                "\u034F",
                "\u3164")) {
            for (String typed : List.of(
                    hidden + "ada@example.org",
                    "a" + hidden + "da@example.org",
                    "ada" + hidden + "@exam" + hidden + "ple.org" + hidden)) {
                assertEquals("ada@example.org", TypedAddress.cleaned(typed), () -> escaped(hidden));
            }
        }
        for (String blank : List.of(
                " ", "\t", "\r\n", "\u00A0", "\u1680", "\u2000", "\u2007", "\u200A", "\u2028", "\u2029", "\u202F",
                "\u205F", "\u3000", "\u0085", "\u2800")) {
            assertEquals(
                    "ada@example.org",
                    TypedAddress.cleaned(blank + "\u200B" + blank + "ada@example.org" + blank + "\uFEFF"),
                    () -> escaped(blank));
            assertTrue(TypedAddress.unseen(TypedAddress.cleaned("ada" + blank + "@example.org"), 0)
                    .isPresent());
        }
    }

    private static String escaped(String text) {
        return text.chars().mapToObj("U+%04X"::formatted).collect(java.util.stream.Collectors.joining(" "));
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
