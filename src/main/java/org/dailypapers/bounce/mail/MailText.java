package org.dailypapers.bounce.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/** Bytes into text, whatever charset they claim: nothing is refused, what cannot be read becomes U+FFFD. */
public final class MailText {

    private static final Charset JAPANESE =
            Objects.requireNonNullElse(charset("ISO-2022-JP"), StandardCharsets.ISO_8859_1);

    private MailText() {}

    public static String of(byte[] bytes, @Nullable String claimed) {
        if (isPlain(bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (hasJapaneseShift(bytes)) {
            return new String(bytes, JAPANESE);
        }
        Charset named = charset(claimed);
        // Many write UTF-8 and claim something else, or nothing; hardly any other text happens to be valid UTF-8.
        if (named == null || named.equals(StandardCharsets.US_ASCII) || named.equals(StandardCharsets.UTF_8)) {
            String utf8 = strictly(bytes);
            if (utf8 != null) {
                return utf8;
            }
            return new String(
                    bytes, named == StandardCharsets.UTF_8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        }
        return new String(bytes, named);
    }

    /** A field's value from its bytes, unfolded (RFC 5322 §2.2.3), its encoded words decoded (RFC 2047). */
    public static String field(ByteSequence raw) {
        int colon = 0;
        while (colon < raw.length() && raw.byteAt(colon) != ':') {
            colon++;
        }
        byte[] value = Arrays.copyOfRange(raw.toByteArray(), Math.min(colon + 1, raw.length()), raw.length());
        String text = unfolded(of(value, null)).strip();
        if (!text.contains("=?")) {
            return text;
        }
        try {
            return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT);
        } catch (IllegalArgumentException unreadable) {
            return text;
        }
    }

    /** One blank for each line's end and the blanks about it; one pass, however many blanks there are. */
    private static String unfolded(String text) {
        if (text.indexOf('\r') < 0 && text.indexOf('\n') < 0) {
            return text;
        }
        var unfolded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\r' && c != '\n') {
                unfolded.append(c);
                continue;
            }
            int end = unfolded.length();
            while (end > 0 && Character.isWhitespace(unfolded.charAt(end - 1))) {
                end--;
            }
            unfolded.setLength(end);
            unfolded.append(' ');
            while (at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1))) {
                at++;
            }
        }
        return unfolded.toString();
    }

    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0 || b == 0x1b) {
                return false;
            }
        }
        return true;
    }

    // ISO-2022-JP announces itself: ESC $ B or ESC $ @ (RFC 1468).
    private static boolean hasJapaneseShift(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1b && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String strictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            return null;
        }
    }

    private static @Nullable Charset charset(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        try {
            Charset found = Charset.forName(
                    name.strip().toLowerCase(Locale.ROOT).replace("\"", "").replace("gb2312", "gb18030"));
            return found.canEncode() ? found : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }
}
