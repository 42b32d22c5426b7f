package org.dailypapers.letter;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** A moment as the Date field writes it (RFC 5322 §3.3): in English, with the zone as a number. */
final class MailDate {

    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private MailDate() {}

    /** Such as {@code Tue, 3 Mar 2026 06:00:00 +0100}; throws IllegalArgumentException outside of the years 1900–9999. */
    static String of(ZonedDateTime moment) {
        // The field has no room for the seconds that some offsets of the past had.
        int minutes = moment.getOffset().getTotalSeconds() / 60;
        OffsetDateTime date = moment.toInstant().atOffset(ZoneOffset.ofTotalSeconds(minutes * 60));
        if (date.getYear() < 1900 || date.getYear() > 9999) {
            throw new IllegalArgumentException("The header Date takes the years 1900 to 9999, not " + date.getYear());
        }
        int day = (date.getDayOfWeek().getValue() - 1) * 3;
        int month = (date.getMonthValue() - 1) * 3;
        StringBuilder written = new StringBuilder(31);
        written.append(DAYS, day, day + 3).append(", ").append(date.getDayOfMonth());
        written.append(' ').append(MONTHS, month, month + 3).append(' ').append(date.getYear());
        twoDigits(written.append(' '), date.getHour());
        twoDigits(written.append(':'), date.getMinute());
        twoDigits(written.append(':'), date.getSecond());
        twoDigits(written.append(minutes < 0 ? " -" : " +"), Math.abs(minutes) / 60);
        twoDigits(written, Math.abs(minutes) % 60);
        return written.toString();
    }

    private static void twoDigits(StringBuilder written, int number) {
        written.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
