package org.dailypapers.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one letter shows.
 *
 * @param sent the moment of the Date header, or the header as it stands where it names none
 * @param shown the text or the source; empty for HTML, which has a frame of its own
 * @param cut whether {@code shown} is only the beginning
 * @param older the number of the letter before, where there is one
 * @param newer the number of the letter after, where there is one
 */
record LetterPage(
        int number,
        LetterHead head,
        Envelope envelope,
        String sent,
        String received,
        String size,
        LetterBody body,
        View view,
        List<LinkedText> shown,
        boolean cut,
        @Nullable Integer older,
        @Nullable Integer newer) {

    /** What of a letter is shown. */
    enum View {
        HTML,
        TEXT,
        SOURCE;

        /** Its name in an address. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int SHOWN = 1_000_000;
    private static final ZoneId UTC = ZoneId.of("UTC"); // the offset's own name is Z
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss z", Locale.ENGLISH);

    /**
     * The page of a letter.
     *
     * @param bytes its whole message
     * @param asked the view asked for; another is taken where the letter has none such
     * @param zone in which moments are shown
     */
    static LetterPage of(Letter letter, byte[] bytes, CaughtMail mail, Optional<String> asked, ZoneId zone) {
        LetterHead head = LetterHead.read(bytes);
        LetterBody body = LetterBody.read(bytes);
        View view = view(body, asked.orElse(""));
        String whole =
                switch (view) {
                    case SOURCE -> new String(bytes, StandardCharsets.UTF_8);
                    case TEXT -> body.text().orElse("");
                    case HTML -> "";
                };
        String begin = whole.substring(0, Math.min(SHOWN, whole.length()));
        return new LetterPage(
                letter.number(),
                head,
                letter.envelope(),
                head.sent().map(moment -> moment(moment, zone)).orElse(head.date()),
                moment(letter.received(), zone),
                size(letter.size()),
                body,
                view,
                view == View.TEXT ? LinkedText.of(begin) : List.of(new LinkedText(begin, false)),
                begin.length() < whole.length(),
                mail.before(letter.number()).map(Letter::number).orElse(null),
                mail.after(letter.number()).map(Letter::number).orElse(null));
    }

    /** A moment for people, such as {@code Sat 1 Aug 2026, 06:00:00 UTC}. */
    static String moment(Instant moment, ZoneId zone) {
        return MOMENT.format(moment.atZone(zone.equals(ZoneOffset.UTC) ? UTC : zone));
    }

    /** A size for people, such as {@code 45.2 kB}. */
    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static View view(LetterBody body, String asked) {
        boolean html = body.html().isPresent();
        boolean text = body.text().isPresent();
        if (asked.equals(View.SOURCE.word()) || !(html || text)) {
            return View.SOURCE;
        }
        return html && !(text && asked.equals(View.TEXT.word())) ? View.HTML : View.TEXT;
    }
}
