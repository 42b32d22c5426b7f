package org.dailypapers.paper;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import org.eclipse.microprofile.config.spi.Converter;

/** The instance's day. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface CalendarSettings {

    /** The zone in which its days begin. */
    @WithDefault("UTC")
    @WithConverter(Zone.class)
    ZoneId timezone();

    /** When an edition closes, on the day after its date. */
    @WithDefault("06:00")
    @WithConverter(TimeOfDay.class)
    LocalTime close();

    /** Reads a zone by its name in the time zone database. */
    final class Zone implements Converter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "there is no time zone " + text + "; write it like Europe/Berlin.", e);
            }
        }
    }

    /** Reads a time of day. */
    final class TimeOfDay implements Converter<LocalTime> {
        @Override
        public LocalTime convert(String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(text + " is no time of day; write it like 06:00.", e);
            }
        }
    }
}
