package org.dailypapers.letter.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.dailypapers.letter.dkim.DkimKey;
import org.dailypapers.letter.dkim.DkimSigner;
import org.dailypapers.letter.dkim.RsaProvider;
import org.dailypapers.letter.dkim.SignedFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxedTest {

    /** RFC 8463 Appendix A.1, as published for whoever tests. */
    private static final String RFC_KEY = """
            -----BEGIN RSA PRIVATE KEY-----
            MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
            Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
            KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
            AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
            6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
            zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
            6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
            uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
            WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
            WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
            licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
            o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
            uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
            -----END RSA PRIVATE KEY-----
            """;

    /** RFC 8463 Appendix A.3. */
    private static final String RFC_MESSAGE = """
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game.  Are you hungry yet?

            Joe.

            """.replace("\n", "\r\n");

    private static final String RFC_SIGNATURE = """
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :
             date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=""".replace("\n", "\r\n");

    private static final String RFC_VALUE = "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3"
            + "DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz"
            + "dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=";

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** With ␍ for CR, ␊ for LF, → for a tab and · for a space. */
    private static String shown(String text) {
        return text.replace('\r', '␍').replace('\n', '␊').replace('\t', '→').replace(' ', '·');
    }

    private static String read(String shown) {
        return shown.replace('␍', '\r').replace('␊', '\n').replace('→', '\t').replace('·', ' ');
    }

    private static String body(String text) {
        byte[] out = new byte[text.length() + 2];
        return new String(out, 0, Relaxed.body(octets(text), 0, out), StandardCharsets.ISO_8859_1);
    }

    private static String field(String text) {
        WireBytes out = new WireBytes(0);
        Relaxed.field(octets(text), 0, text.length(), out);
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theExampleOfTheRfcIsReadAsItSays() {
        // RFC 6376 §3.4.5, example 1
        String message = read("A:·X␍␊B·:·Y→␍␊→Z··␍␊␍␊·C·␍␊D·→·E␍␊␍␊␍␊");
        HeaderFields fields = new HeaderFields(octets(message));
        WireBytes header = new WireBytes(0);
        for (String name : List.of("A", "B")) {
            fields.relaxed(name, 1, header);
            header.endLine();
        }
        assertEquals("a:X␍␊b:Y·Z␍␊", shown(new String(header.toByteArray(), StandardCharsets.ISO_8859_1)));
        assertEquals("·C␍␊D·E␍␊", shown(body(message.substring(fields.body()))));
    }

    @Test
    void theSignatureOfTheRfcIsTheSameOctetForOctet() throws Exception {
        HeaderFields fields = new HeaderFields(octets(RFC_MESSAGE));
        byte[] relaxed = new byte[RFC_MESSAGE.length()];
        int length = Relaxed.body(octets(RFC_MESSAGE), fields.body(), relaxed);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(relaxed, 0, length);
        assertEquals(
                "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=",
                Base64.getEncoder().encodeToString(digest.digest()));

        List<String> names = List.of("from", "to", "subject", "date", "message-id", "from", "subject", "date");
        Signature signature = Signature.getInstance(DkimSigner.RSA_SHA256, RsaProvider.fastest());
        signature.initSign(DkimKey.parse(RFC_KEY).in(RsaProvider.fastest()));
        signature.update(SignedFields.canonical(fields, names, octets(RFC_SIGNATURE)));
        assertEquals(RFC_VALUE, Base64.getEncoder().encodeToString(signature.sign()));
    }

    @Test
    void theHashOfNoBodyIsTheOneOfTheRfc() throws Exception {
        // RFC 6376 §3.4.4
        assertEquals(
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets(body("")))));
    }

    /** Against the definition, over all texts of a few octets and what may stand around them. */
    @Test
    void everyShortBodyIsRelaxedAsItsDefinitionSays() {
        String letters = "a \t\r\n\u00ff";
        for (int length = 0; length <= 6; length++) {
            for (int n = 0; n < Math.pow(letters.length(), length); n++) {
                var text = new StringBuilder();
                for (int i = 0, rest = n; i < length; i++, rest /= letters.length()) {
                    text.append(letters.charAt(rest % letters.length()));
                }
                for (String whole : List.of(text.toString(), "b  c\t" + text + " d \r\n")) {
                    assertEquals(shown(relaxed(whole)), shown(body(whole)), () -> "of " + shown(whole));
                }
            }
        }
    }

    // RFC 6376 §3.4.4
    private static String relaxed(String body) {
        String lines =
                body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|\\z)", "").replaceAll("(\r\n)+\\z", "");
        return lines.isEmpty() ? "" : lines + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "␍␊, ''",
        "␍␊␍␊, ''",
        "·→␍␊·␍␊→, ''",
        "a, a␍␊",
        "a·, a␍␊",
        "a␍␊·, a␍␊",
        "a␍␊, a␍␊",
        "a·→·␍␊, a␍␊",
        "·a, ·a␍␊",
        "→→a→→b, ·a·b␍␊",
        "␍␊a␍␊␍␊b␍␊␍␊, ␍␊a␍␊␍␊b␍␊",
        "a␍b, a␍b␍␊",
        "a␊b␊, a␊b␊␍␊",
        "a␍, a␍␍␊",
        "a␍␍␊, a␍␍␊",
        "·␊, ·␊␍␊",
        "ü·ß→, ü·ß␍␊",
    })
    void aBodyIsRelaxed(String body, String relaxed) {
        assertEquals(relaxed, shown(body(read(body))));
        assertEquals(relaxed, shown(body(body(read(body)))), "once more changes nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "SUBJect:·AbC␍␊, subject:AbC",
        "Subject→·:→·a, subject:a",
        "A:b:c·:·d, a:b:c·:·d",
        "A:·:b, a::b",
        "A:␍␊·b, a:b",
        "A:·b␍␊·␍␊→c·␍␊, a:b·c",
        "A:, a:",
        "A:··␍␊, a:",
        "X-Ü:·Ü··É, x-Ü:Ü·É",
    })
    void aFieldIsRelaxed(String field, String relaxed) {
        assertEquals(relaxed, shown(field(read(field))));
    }
}
