package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.dailypapers.returns.provider.Provider.Refused;

/**
 * A provider's call.
 *
 * @param header the value of a header by its name
 * @param body as it came, for it is what was signed
 * @param now when it came
 */
record Call(Function<String, Optional<String>> header, byte[] body, Instant now) {

    /** Providers try for a day or less while nobody answers. */
    static final Duration LONGEST_WAY = Duration.ofDays(2);

    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final int DEEPEST = 30;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    /** The body as JSON. */
    JsonNode json() throws JsonProcessingException {
        return json(text());
    }

    static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A header without which there is no proof. */
    String required(String name) throws Refused {
        return header.apply(name).orElseThrow(() -> new Refused("the header " + name + " is missing"));
    }

    /**
     * Looks whether a call brings the secret: as a bearer token (RFC 6750 §2.1), or, of one with a colon, as user and
     * password (RFC 7617).
     */
    void proves(String secret) throws Refused {
        String expected = secret.indexOf(':') >= 0
                ? "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
                : "Bearer " + secret;
        String brought = required("Authorization").strip();
        if (!MessageDigest.isEqual(
                brought.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            throw new Refused("its Authorization is not that of the setting");
        }
    }

    /**
     * Refuses what was signed too long ago to be on its way still.
     *
     * @param seconds since 1970, as text
     */
    void isFresh(String seconds) throws Refused {
        Instant signed;
        try {
            signed = Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException e) {
            throw new Refused("its timestamp is no number of seconds", e);
        }
        if (signed.isBefore(now.minus(LONGEST_WAY)) || signed.isAfter(now.plus(CLOCKS))) {
            throw new Refused("it was signed at " + signed + ", which is too long ago or still to come");
        }
    }

    /** A time that an event tells in seconds since 1970; now where it tells none that can be. */
    Instant at(JsonNode seconds) {
        double told = seconds.asDouble(0);
        return told > 0 && told < now.getEpochSecond() ? Instant.ofEpochMilli((long) (told * 1000)) : now;
    }

    /** The same of a time as RFC 3339 writes it. */
    Instant at(String written) {
        try {
            Instant at = OffsetDateTime.parse(written).toInstant();
            return at.isAfter(now) ? now : at;
        } catch (DateTimeException e) {
            return now;
        }
    }

    /** A Message-ID with its angle brackets, whether it is told with or without. */
    static Optional<String> messageId(String told) {
        String id = told.strip();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(id.startsWith("<") ? id : "<" + id + ">");
    }
}
