package org.dailypapers.letter.dkim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.letter.DkimKeys;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.letter.wire.HeaderFields;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second key beside that of RSA, by the example of RFC 8463 A.2. */
class Ed25519KeyTest {

    private static final String SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    private static final String POINT = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    @TempDir
    Path folder;

    private String rsa;
    private String second;

    private static byte[] with(String prefix, String base64) {
        byte[] head = HexFormat.of().parseHex(prefix);
        byte[] tail = Base64.getDecoder().decode(base64);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    private static String pem() {
        return DkimKeys.pem("PRIVATE KEY", with("302e020100300506032b657004220420", SEED));
    }

    @BeforeEach
    void keys() throws Exception {
        rsa = Files.writeString(folder.resolve("rsa.pem"), DkimKeys.pem()).toString();
        second = Files.writeString(folder.resolve("ed.pem"), pem()).toString();
    }

    private static DkimIdentity identity(String rsa, String selector, String key) {
        return DkimIdentity.of(
                        new DkimKeys.Named(
                                Optional.of("example.org"),
                                Optional.of("s2026"),
                                Optional.of(rsa),
                                Optional.ofNullable(selector),
                                Optional.ofNullable(key)),
                        new Sender(new Mailbox(null, "papers@example.org"), Optional.empty()))
                .orElseThrow();
    }

    @Test
    void theRecordIsThatOfTheExample() {
        assertEquals("v=DKIM1; k=ed25519; p=" + POINT, Ed25519Key.parse(pem()).record());
        assertEquals(
                Map.of(
                        "s2026._domainkey.example.org",
                        DkimKeys.identity().key().record(),
                        "e2026._domainkey.example.org",
                        "v=DKIM1; k=ed25519; p=" + POINT),
                identity(rsa, "E2026", second).records());
    }

    @Test
    void aLetterHasBothSignaturesAndWhoKnowsOnlyRsaTakesIt() throws Exception {
        DkimIdentity both = identity(rsa, "e2026", second);
        byte[] message = "From: papers@example.org\r\nTo: a@example.net\r\nSubject:  a\t\r\n  b \r\n\r\nHello \r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] signed = new DkimSigner(both).sign(message);
        assertArrayEquals(signed, new DkimSigner(both).sign(message), "equal letters, equal signatures");
        DkimKeys.verify(signed, both.records());
        String text = new String(signed, StandardCharsets.US_ASCII);
        Matcher field = Pattern.compile("DKIM-Signature:(?:[^\r]|\r\n )*").matcher(text);
        assertTrue(field.find() && field.group().contains("a=rsa-sha256") && field.find());
        String own = field.group();
        assertTrue(own.contains("a=ed25519-sha256;") && own.contains("s=e2026;"), own);
        String value = own.substring(own.indexOf(" b=") + 3).replaceAll("\\s", "");
        var fields = new HeaderFields(message);
        byte[] canonical = SignedFields.canonical(
                fields,
                SignedFields.of(fields),
                own.substring(0, own.indexOf(" b=") + 3).getBytes(StandardCharsets.US_ASCII));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(with("302a300506032b6570032100", POINT))));
        check.update(MessageDigest.getInstance("SHA-256").digest(canonical));
        assertTrue(check.verify(Base64.getDecoder().decode(value)), own);
        assertTrue(text.endsWith("\r\n" + new String(message, StandardCharsets.US_ASCII)));
    }

    @Test
    void whatCannotWorkIsALineThatNamesItsSetting() throws Exception {
        record Case(String selector, String key, String said) {}
        String broken =
                Files.writeString(folder.resolve("broken.pem"), "no key").toString();
        for (Case each : List.of(
                new Case("e2026", null, "DAILY_PAPERS_DKIM_ED25519_KEY: is not set; it goes with"),
                new Case(null, second, "DAILY_PAPERS_DKIM_ED25519_SELECTOR: is not set; it goes with"),
                new Case("s2026", second, "DAILY_PAPERS_DKIM_ED25519_SELECTOR: s2026 names the other key"),
                new Case("e2026", rsa, "is no key of Ed25519; make one with: openssl genpkey"),
                new Case("e2026", broken, "is not PEM"),
                new Case("e2026", folder.resolve("none").toString(), "there is no file"))) {
            String said = assertThrows(IllegalArgumentException.class, () -> identity(rsa, each.selector(), each.key()))
                    .getMessage();
            assertTrue(said.contains(each.said()), said);
            assertTrue(said.startsWith("DAILY_PAPERS_DKIM_ED25519_"), said);
            assertFalse(said.contains("\n"), said);
        }
        assertEquals("Ed25519Key", Ed25519Key.parse(pem()).toString());
    }
}
