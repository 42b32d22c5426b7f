package org.dailypapers.site.answer;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A page that many people are shown before it changes: compressed once, and not sent to whoever has it already. */
public final class KnownPage {

    private static final Pattern REFUSED = Pattern.compile(".*;\\s*q\\s*=\\s*0(\\.0*)?\\s*");

    private final byte[] compressed;
    private final String hash;
    private final String language;

    private KnownPage(byte[] compressed, String hash, String language) {
        this.language = language;
        this.compressed = compressed;
        this.hash = hash;
    }

    /** The page as HTML, in the language of that tag. */
    public static KnownPage of(String html, String language) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written to", e);
        }
        return new KnownPage(bytes.toByteArray(), Validators.hash(html), language);
    }

    /** How much memory it takes, in bytes. */
    public int size() {
        return compressed.length;
    }

    /** The page, or a 304 where the request names its tag; browsers ask each time whether it is still the same. */
    public Response answer(HttpHeaders request) {
        return Tagged.answer(request, hash, "no-cache", () -> {
                    Response.ResponseBuilder page = Response.ok().type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
                    return takesGzip(request)
                            ? page.header(HttpHeaders.CONTENT_ENCODING, "gzip").entity(compressed)
                            : page.entity(plain());
                })
                .header(HttpHeaders.CONTENT_LANGUAGE, language)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    private byte[] plain() {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("What was compressed here can be read", e);
        }
    }

    /** RFC 9110 §12.5.3; who names no encoding gets none. */
    private static boolean takesGzip(HttpHeaders request) {
        List<String> lines =
                Objects.requireNonNullElse(request.getRequestHeader(HttpHeaders.ACCEPT_ENCODING), List.of());
        return lines.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .anyMatch(coding -> (coding.equals("gzip") || coding.startsWith("gzip;") || coding.startsWith("gzip "))
                        && !REFUSED.matcher(coding).matches());
    }
}
