package org.dailypapers.source.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long a server that answers 429 or 503 asks its client to wait. */
final class RetryAdvice {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    // draft-ietf-httpapi-ratelimit-headers: "t" in the newer form, "reset" in the older one.
    private static final Pattern RESET = Pattern.compile("\\b(?:t|reset)=(\\d{1,9})\\b");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAdvice() {}

    /** The longer of {@code Retry-After} and the reset in {@code RateLimit}, a second at least; empty without either. */
    static Optional<Duration> wait(HttpHeaders headers, Instant now) {
        return Stream.of(
                        headers.firstValue("Retry-After").flatMap(value -> retryAfter(value, now)),
                        headers.firstValue("RateLimit").flatMap(RetryAdvice::reset))
                .flatMap(Optional::stream)
                .max(Duration::compareTo)
                .map(asked -> asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked);
    }

    // RFC 9110 §10.2.3: seconds or an HTTP date.
    private static Optional<Duration> retryAfter(String value, Instant now) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return httpDate(text).map(date -> Duration.between(now, date));
    }

    /** The instant that a header names; empty where it is no date of HTTP. */
    static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> reset(String value) {
        Matcher reset = RESET.matcher(value);
        return reset.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(reset.group(1)))) : Optional.empty();
    }
}
