package org.dailypapers.smtp;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a length of time that is longer than nothing, as ISO 8601 or a number with its unit write it. */
public final class LengthOfTime implements Converter<Duration> {

    @Override
    public Duration convert(String text) {
        Duration duration = read(text);
        if (duration.isPositive()) {
            return duration;
        }
        throw new IllegalArgumentException(text + " is not longer than nothing.");
    }

    private static Duration read(String text) {
        try {
            // A bare number would be one of seconds, which nobody sees.
            if (!text.matches("[+-]?\\d*")) {
                return DurationConverter.parseDuration(text);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(fault(text), e);
        }
        throw new IllegalArgumentException(fault(text));
    }

    private static String fault(String text) {
        return text + " is no length of time; write it like PT5M.";
    }
}
