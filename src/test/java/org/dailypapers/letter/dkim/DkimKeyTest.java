package org.dailypapers.letter.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import org.dailypapers.letter.DkimKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimKeyTest {

    private static final Key RSA = DkimKeys.make("RSA", 2048);
    private static final String PKCS8 = DkimKeys.pem("PRIVATE KEY", RSA.getEncoded());

    @TempDir
    Path folder;

    private static String refused(String pem) {
        String line = assertThrows(IllegalArgumentException.class, () -> DkimKey.parse(pem))
                .getMessage();
        assertFalse(line.contains("\n"), line);
        assertFalse(pem.length() > 100 && line.contains(pem.substring(40, 60)), "it shows the key: " + line);
        return line;
    }

    private static void assertRefused(String why, String pem) {
        String line = refused(pem);
        assertTrue(line.contains(why), line);
    }

    @Test
    void bothFormsOfPemAreTheSameKey() {
        byte[] pkcs1 = Arrays.copyOfRange(RSA.getEncoded(), 26, RSA.getEncoded().length);
        String record = DkimKey.parse(PKCS8).record();
        assertTrue(record.startsWith("v=DKIM1; k=rsa; p=MII"), record);
        assertEquals(
                record, DkimKey.parse(DkimKeys.pem("RSA PRIVATE KEY", pkcs1)).record());
        assertEquals(record, DkimKey.parse(PKCS8.replace("\n", "\r\n")).record());
        assertEquals(
                record, DkimKey.parse("\uFEFFKey of ours\n" + PKCS8 + PKCS8).record());
        assertEquals(2048, DkimKey.parse(PKCS8).bits());
        assertFalse(DkimKey.parse(PKCS8).isWeak());
    }

    @Test
    void aCertificateMayStandBeforeTheKey() {
        String certificate = DkimKeys.pem("CERTIFICATE", new byte[100]);
        assertEquals(
                DkimKey.parse(PKCS8).record(),
                DkimKey.parse(certificate + PKCS8).record());
        assertRefused("holds no private key but a CERTIFICATE", certificate);
    }

    @Test
    void whatIsNoPrivateKeyOfRsaIsRefusedInOneLine() {
        assertRefused("is not PEM", "");
        assertRefused("is not PEM", "hello");
        assertRefused("is not PEM", "-----BEGIN ");
        assertRefused("is not PEM", PKCS8.substring(0, 500));
        assertRefused("but a PUBLIC KEY", DkimKeys.pem("PUBLIC KEY", new byte[10]));
        assertRefused("is damaged", PKCS8.replaceFirst("\nMI", "\n*I"));
        assertRefused("is damaged", DkimKeys.pem("PRIVATE KEY", new byte[100]));
        assertRefused("is damaged", DkimKeys.pem("RSA PRIVATE KEY", new byte[1000]));
        assertRefused("is damaged", DkimKeys.pem("PRIVATE KEY", new byte[0]));
        assertRefused(
                "a key of EC",
                DkimKeys.pem("PRIVATE KEY", DkimKeys.make("EC", 256).getEncoded()));
        assertRefused("a key of EC", DkimKeys.pem("EC PRIVATE KEY", new byte[10]));
        assertRefused(
                "a key of EdDSA",
                DkimKeys.pem("PRIVATE KEY", DkimKeys.make("Ed25519", 0).getEncoded()));
        assertRefused(
                "a key of RSASSA-PSS",
                DkimKeys.pem("PRIVATE KEY", DkimKeys.make("RSASSA-PSS", 2048).getEncoded()));
        assertRefused("OpenSSH", DkimKeys.pem("OPENSSH PRIVATE KEY", new byte[10]));
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheWayToDecryptIt() {
        assertRefused("openssl rsa", DkimKeys.pem("ENCRYPTED PRIVATE KEY", new byte[10]));
        assertRefused("openssl rsa", """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,F9B7

                AAAA
                -----END RSA PRIVATE KEY-----
                """);
    }

    @Test
    void itsLengthIsWhatMailHostsTake() {
        assertRefused(
                "has 512 bits",
                DkimKeys.pem("PRIVATE KEY", DkimKeys.make("RSA", 512).getEncoded()));
        assertTrue(DkimKey.parse(
                        DkimKeys.pem("PRIVATE KEY", DkimKeys.make("RSA", 1024).getEncoded()))
                .isWeak());
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        Path missing = folder.resolve("no.pem");
        String line = assertThrows(IllegalArgumentException.class, () -> DkimKey.read(missing))
                .getMessage();
        assertTrue(line.startsWith("there is no file " + missing), line);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> DkimKey.read(folder))
                .getMessage()
                .startsWith(folder.toString()));
        Path der = Files.write(folder.resolve("key.der"), RSA.getEncoded());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> DkimKey.read(der))
                .getMessage()
                .startsWith(der + " is not PEM"));
    }

    @Test
    void itsTextHoldsNothingSecret() {
        assertEquals("DkimKey[2048 bits]", DkimKey.parse(PKCS8).toString());
        assertFalse(DkimKey.parse(PKCS8)
                .record()
                .contains(Base64.getEncoder().encodeToString(RSA.getEncoded()).substring(400, 440)));
    }
}
