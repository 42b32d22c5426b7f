package org.dailypapers.letter.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dailypapers.letter.DkimKeys;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimIdentityTest {

    private static final String KEY =
            DkimKeys.pem("PRIVATE KEY", DkimKeys.make("RSA", 2048).getEncoded());

    @TempDir
    Path folder;

    private String file;

    @BeforeEach
    void aKey() throws Exception {
        file = Files.writeString(folder.resolve("dkim.pem"), KEY).toString();
    }

    private static Optional<DkimIdentity> of(String domain, String selector, String key, String from) {
        return DkimIdentity.of(
                new DkimKeys.Named(
                        Optional.ofNullable(domain),
                        Optional.ofNullable(selector),
                        Optional.ofNullable(key),
                        Optional.empty(),
                        Optional.empty()),
                new Sender(Mailbox.parse("Daily Papers <papers@" + from + ">"), Optional.empty()));
    }

    private static String refused(String domain, String selector, String key, String from) {
        String line = assertThrows(IllegalArgumentException.class, () -> of(domain, selector, key, from))
                .getMessage();
        assertFalse(line.contains("\n"), line);
        return line;
    }

    @Test
    void noneOfTheThreeSettingsMeansNoSignature() {
        assertTrue(of(null, null, null, "localhost").isEmpty());
        assertTrue(of(" ", "", null, "localhost").isEmpty());
    }

    @Test
    void oneOfTheThreeAloneIsRefused() {
        assertTrue(refused(null, "s", file, "example.org").startsWith("DAILY_PAPERS_DKIM_DOMAIN: is not set"));
        assertTrue(refused("example.org", " ", file, "example.org").startsWith("DAILY_PAPERS_DKIM_SELECTOR: is not"));
        assertTrue(refused("example.org", "s", null, "example.org").startsWith("DAILY_PAPERS_DKIM_KEY: is not set"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "a b.org", "-a.org", "example..org", "example.org.", "a;b.org", "exämple .org"})
    void whatIsNoDomainIsRefused(String domain) {
        assertTrue(refused(domain, "s", file, "example.org").startsWith("DAILY_PAPERS_DKIM_DOMAIN: " + domain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-a", "a_b", "a;", "sélecteur", "a..b"})
    void whatIsNoSelectorIsRefused(String selector) {
        assertTrue(refused("example.org", selector, file, "example.org").startsWith("DAILY_PAPERS_DKIM_SELECTOR: "));
    }

    @Test
    void aKeyThatCannotSignIsRefused() {
        assertTrue(refused("example.org", "s", file + "x", "example.org")
                .startsWith("DAILY_PAPERS_DKIM_KEY: there is no file "));
        assertTrue(refused("example.org", "s", "\0", "example.org").startsWith("DAILY_PAPERS_DKIM_KEY: "));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "Example.ORG, example.org",
        "example.org, news.example.org",
        "mail.example.org, example.org",
        "bücher.example, xn--bcher-kva.example",
        "xn--bcher-kva.example, bücher.example",
    })
    void aDomainAboveOrBelowThatOfFromIsAligned(String domain, String from) {
        assertEquals(List.of(), of(domain, "s", file, from).orElseThrow().doubts());
    }

    @Test
    void aDomainBesideThatOfFromIsDoubted() {
        DkimIdentity identity =
                of("mail.example.org", "s", file, "news.example.org").orElseThrow();
        assertEquals(1, identity.doubts().size());
        assertTrue(identity.doubts().getFirst().contains("one organisation's domain"));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.org",
        "ample.org, example.org",
        "example.org, localhost",
        "example.org, [192.0.2.1]",
        "example.org, anexample.org",
    })
    void aDomainOfSomebodyElseIsRefused(String domain, String from) {
        assertTrue(refused(domain, "s", file, from).contains("DMARC does not count a signature of " + domain));
    }

    @Test
    void aShortKeyIsDoubted() throws Exception {
        Files.writeString(
                Path.of(file),
                DkimKeys.pem("PRIVATE KEY", DkimKeys.make("RSA", 1024).getEncoded()));
        assertTrue(of("example.org", "s", file, "example.org")
                .orElseThrow()
                .doubts()
                .getFirst()
                .contains("only 1024 bits"));
    }

    @Test
    void theRecordToPublishIsALineOfAZoneFile() {
        DkimIdentity identity = of("example.org", "S.2026", file, "example.org").orElseThrow();
        String line = identity.zoneLines().getFirst();
        assertTrue(line.startsWith("s.2026._domainkey.example.org. TXT \"v=DKIM1; k=rsa; p=MII"), line);
        String[] strings =
                line.substring(line.indexOf('"') + 1, line.length() - 1).split("\" \"");
        assertEquals(2, strings.length);
        assertEquals(255, strings[0].length());
        assertEquals(identity.key().record(), String.join("", strings));
    }

    @Test
    void aKeyThatWasPastedInPlaceOfItsFileIsNotShown() {
        String base64 = KEY.replaceAll("-----[A-Z ]+-----|\\s", "");
        for (String pasted : List.of(KEY, KEY.replace("\n", "\\n"), KEY.replace("\n", ""), base64)) {
            String line = refused("example.org", "s", pasted, "example.org");
            assertTrue(line.startsWith("DAILY_PAPERS_DKIM_KEY: is the name of the file"), line);
            assertFalse(line.contains(base64.substring(0, 40)), line);
        }
    }
}
