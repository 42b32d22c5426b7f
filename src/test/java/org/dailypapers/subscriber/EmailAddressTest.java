package org.dailypapers.subscriber;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dailypapers.letter.address.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    private static EmailAddress read(String text) {
        return EmailAddress.parse(text).orElseThrow(() -> new AssertionError("refused: " + text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "Ada.Lovelace+papers@Example.ORG",
                "o'hara@example.co.uk",
                "a@b.cd",
                "1234567890@example.museum",
                "_______@example.org",
                "x-y_z=1@sub.sub2.example.org",
                "użytkownik@example.pl",
                "用户@例子.公司",
                "δοκιμή@παράδειγμα.ελ",
                "ada@bücher.example",
                "ada@xn--bcher-kva.example"
            })
    void anAddressThatAPersonHasIsTakenAsTypedAndCanBeWrittenTo(String text) {
        EmailAddress address = read(text);
        assertEquals(text, address.typed());
        assertEquals(text, new Mailbox(null, address.typed()).address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "ada@",
                "@example.org",
                "ada@example",
                "ada@localhost",
                "ada@@example.org",
                "ada@example..org",
                ".ada@example.org",
                "ada.@example.org",
                "a..b@example.org",
                "ada@-example.org",
                "ada@example-.org",
                "ada lovelace@example.org",
                "ada@exa mple.org",
                "Ada <ada@example.org>",
                "<ada@example.org>",
                "ada@[127.0.0.1]",
                "ada@[IPv6:::1]",
                "\"ada lovelace\"@example.org",
                "ada(comment)@example.org",
                "@relay.example:ada@example.org",
                "ada@example.org,eve@example.org",
                "ada@example.org;eve@example.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada\n@example.org",
                "ada\u0000@example.org",
                "ada@example.org\u0007x",
                "mailto:ada@example.org?",
                "ada@example.org?subject=x",
                "ada@exa_mple..org"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertTrue(EmailAddress.parse(text).isEmpty(), text);
    }

    @Test
    void whiteSpaceAroundItIsNotPartOfIt() {
        assertEquals("ada@example.org", read("  ada@example.org\t\r\n").typed());
    }

    @Test
    void whatCannotBeSeenIsNotPartOfIt() {
        for (String hidden :
                List.of("\u200b", "\ufeff", "\u200e", "\u2060", "\u200d", "\u00ad", "\u202e", "\udb40\udc41")) {
            EmailAddress address =
                    read("\u00a0" + hidden + "a" + hidden + "da@example" + hidden + ".org\u3000" + hidden);
            assertEquals("ada@example.org", address.typed());
            assertEquals("ada@example.org", address.key());
        }
        String emoji = "\ud83d\udc69\u200d\ud83d\udcbb@example.org";
        assertEquals(emoji, read(emoji).typed(), "a joiner that says something stays");
        assertTrue(EmailAddress.parse("\u200b\ufeff\u00a0").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada lovelace@example.org | There is a blank within it.",
                "ada\u00a0lovelace@example.org | There is a U+00A0 within it.",
                "ada@exam\u2003ple.org | There is a U+2003 within it.",
                "ada\u0007@example.org | There is a U+0007 within it.",
                "Ada <ada@example.org> | There is a blank within it.",
                "ada@example.org,eve@example.org | There is a , in it",
                "ada.example.org | It has no @",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org | The part before its @ is longer than 64 octets",
                "ééééééééééééééééééééééééééééééééé@example.org | The part before its @ is longer than 64 octets",
                "ada@xn--zz.example | The part after its @ has a word that begins with xn--",
                "ada@localhost | Write it as you@example.org.",
                "'' | There is no address.",
            })
    void whyItIsRefusedIsSaid(String text, String reason) {
        String said = assertInstanceOf(EmailAddress.Faulty.class, EmailAddress.read(text.translateEscapes()))
                .reason();
        assertTrue(said.startsWith(reason), said);
    }

    @Test
    void spellingsOfOneAddressHaveOneKey() {
        assertEquals(read("ada@example.org").key(), read("ADA@Example.Org").key());
        assertEquals(
                read("ada@bücher.example").key(), read("ada@BÜCHER.example").key());
        assertEquals(
                read("ada@bücher.example").key(),
                read("ada@xn--bcher-kva.example").key());
        String composed = Normalizer.normalize("josé@example.org", Normalizer.Form.NFC);
        String decomposed = Normalizer.normalize("josé@example.org", Normalizer.Form.NFD);
        assertNotEquals(composed, decomposed);
        assertEquals(read(composed).key(), read(decomposed).key());
    }

    @Test
    void dotsAndTagsTellAddressesApart() {
        assertNotEquals(read("a.b@example.org").key(), read("ab@example.org").key());
        assertNotEquals(read("a+x@example.org").key(), read("a@example.org").key());
    }

    @ParameterizedTest
    @CsvSource({
        "Ada.Lovelace@Example.org, ada.lovelace@example.org",
        "ada+papers@example.org, ada@example.org",
        "ada+a+b@example.org, ada@example.org",
        "+ada@example.org, +ada@example.org",
        "A.d.a@GMail.com, ada@gmail.com",
        "a.da+x.y@googlemail.com, ada@gmail.com",
        "ada.l@mail.gmail.com, ada.l@mail.gmail.com",
        "a.d-a_+x@pm.me, ada@proton.me",
        "ada@protonmail.com, ada@proton.me",
        "a.da@outlook.com, a.da@outlook.com",
        "josé+x@bücher.example, josé@xn--bcher-kva.example",
    })
    void spellingsOfOneMailboxAreKnown(String typed, String mailbox) {
        assertEquals(mailbox, read(typed).mailbox());
        assertEquals(typed, read(typed).typed());
    }

    @Test
    void anAddressOf254CharactersIsTakenAndALongerOneRefused() {
        String domain = ("d".repeat(63) + ".").repeat(3).replaceFirst(".{3}\\.$", "") + ".org";
        String longest = "a".repeat(254 - 1 - domain.length()) + "@" + domain;
        assertEquals(254, longest.length());
        assertTrue(longest.indexOf('@') <= 64);
        assertEquals(longest, read(longest).typed());
        assertTrue(EmailAddress.parse("a" + longest).isEmpty());
        assertTrue(EmailAddress.parse("a".repeat(65) + "@example.org").isEmpty());
        assertTrue(EmailAddress.parse("a@" + "d".repeat(64) + ".org").isEmpty());
    }

    @Test
    void whateverIsTakenCanStandInALetterAndItsColumn() {
        var random = new Random(8058);
        String pieces =
                "abzAZ09.@@@-_+'!#$%&*/=?^`{|}~ \t\",;:<>[]\\()éßİıſ中ا\u0301\u200b\u200f\u2028\ud83d\ude00\ud800";
        int taken = 0;
        var refusedByMail = new ArrayList<String>();
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            text.append(random.nextBoolean() ? "@example.org" : ".org");
            var address = EmailAddress.parse(text.toString());
            if (address.isPresent()) {
                taken++;
                assertTrue(address.get().key().length() <= 320);
                try {
                    new Mailbox(null, address.get().typed()).wireAddress();
                } catch (IllegalArgumentException e) {
                    refusedByMail.add(address.get().typed() + ": " + e.getMessage());
                }
            }
        }
        assertTrue(taken > 1_000, "only " + taken + " were addresses at all");
        assertEquals(List.of(), refusedByMail.stream().limit(5).toList());
    }

    @Test
    void noTextMakesItFail() {
        for (String text : List.of(
                "\ud800@example.org",
                "a@\ud800.org",
                "a@\u200d.org",
                "a@xn--.org",
                "a@xn--a.b",
                "a@" + "é".repeat(80) + ".org")) {
            assertDoesNotThrow(() -> EmailAddress.parse(text), text);
        }
    }
}
