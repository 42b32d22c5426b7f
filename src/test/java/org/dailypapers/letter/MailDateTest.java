package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class MailDateTest {

    @Test
    void aMomentIsWrittenInEnglishWithItsOffset() {
        assertEquals(
                "Tue, 3 Mar 2026 06:00:00 +0100",
                MailDate.of(ZonedDateTime.parse("2026-03-03T06:00:00.9+01:00[Europe/Berlin]")));
        assertEquals("Sun, 1 Nov 2026 23:59:59 -0330", MailDate.of(ZonedDateTime.parse("2026-11-01T23:59:59-03:30")));
    }

    @Test
    void everyZoneIsReadBackByAnotherParser() {
        for (String zone : ZoneId.getAvailableZoneIds()) {
            for (String when : new String[] {"2026-01-10T01:02:03", "2026-07-31T23:59:59", "2028-02-29T00:00:00"}) {
                ZonedDateTime moment = LocalDateTime.parse(when).atZone(ZoneId.of(zone));
                assertEquals(
                        moment.toInstant(),
                        DateTimeFormatter.RFC_1123_DATE_TIME.parse(MailDate.of(moment), java.time.Instant::from),
                        zone);
            }
        }
    }

    @Test
    void anOffsetWithSecondsIsRoundedAndTheMomentStays() {
        assertEquals(
                "Mon, 1 Jan 1900 12:00:32 +0053", MailDate.of(ZonedDateTime.parse("1900-01-01T12:01:00+00:53:28")));
    }

    @Test
    void aYearThatTheFieldCannotSayIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> MailDate.of(ZonedDateTime.parse("1899-12-31T12:00:00Z")));
        assertThrows(IllegalArgumentException.class, () -> MailDate.of(ZonedDateTime.parse("+10000-01-01T12:00:00Z")));
    }
}
