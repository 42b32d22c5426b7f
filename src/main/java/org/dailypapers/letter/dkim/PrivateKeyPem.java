package org.dailypapers.letter.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Function;

/**
 * A private key as a text of PEM holds it (RFC 7468).
 *
 * @param label such as {@code PRIVATE KEY}
 * @param inner what stands between the marks
 */
record PrivateKeyPem(String label, String inner) {

    /**
     * What a file's text comes to.
     *
     * @param makeOne how to make a file that will do
     * @throws IllegalArgumentException that says in one line what is wrong with it
     */
    static <T> T read(Path file, String makeOne, Function<String, T> parse) {
        try {
            return parse.apply(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + file + "; " + makeOne, e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("this user may not read " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " " + e.getMessage(), e);
        }
    }

    /** The first private key of a text; throws IllegalArgumentException where there is none. */
    static PrivateKeyPem first(String pem, String makeOne) {
        String label = "";
        String inner = "";
        for (int at = 0; !label.endsWith("PRIVATE KEY"); ) {
            int begin = pem.indexOf("-----BEGIN ", at);
            int labelEnd = pem.indexOf("-----", begin + 11);
            int end = begin < 0 || labelEnd < 0 ? -1 : pem.indexOf("-----END ", labelEnd);
            if (end < 0) {
                throw new IllegalArgumentException(
                        (label.isEmpty() ? "is not PEM" : "holds no private key but a " + label) + "; " + makeOne);
            }
            label = pem.substring(begin + 11, labelEnd);
            inner = pem.substring(labelEnd + 5, end);
            at = end + 9;
        }
        return new PrivateKeyPem(label, inner);
    }

    /**
     * Its octets.
     *
     * @param decrypt how an encrypted one is decrypted
     */
    byte[] der(String decrypt) {
        // RFC 1421 §4.6.1.1: a PKCS#1 key that openssl encrypted says so above its base64
        if (label.equals("ENCRYPTED PRIVATE KEY") || inner.contains(",ENCRYPTED")) {
            throw new IllegalArgumentException(
                    "is encrypted, and nobody is there to type its password; decrypt it with: " + decrypt);
        }
        try {
            return Base64.getDecoder().decode(inner.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is damaged: its base64 cannot be read", e);
        }
    }
}
