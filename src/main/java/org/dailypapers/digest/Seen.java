package org.dailypapers.digest;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.paper.Entry;

/**
 * The papers that were in a reader's digests, by the day of their first edition.
 *
 * <p>Written as {@code day.id.id,day.id}, every number in base 36, an id as the difference to the one before: some
 * hundred bytes.
 */
final class Seen {

    /** A paper can come up for so many editions after its first one: in any of a range, for as long as it is fresh. */
    static final int KEPT_EDITIONS = DigestRules.MOST_EDITIONS + Entry.FRESH_EDITIONS;

    private static final int RADIX = 36;

    /** An id of 44 bits, or a day, has no more digits in base 36. */
    private static final int MOST_DIGITS = 9;

    /** The lower bits of a key are the paper's id, those above them the day. */
    private static final int ID_BITS = 44;

    private static final long ID = (1L << ID_BITS) - 1;

    /** How many values the last binary digits of an id may have. */
    private static final int DIGITS = 2048;

    private static final int WORD_BITS = 6;

    /** Day and id of each paper, ascending. */
    private long[] papers;

    /**
     * A bit for the last digits of each paper's id. Where it is not set the paper was not seen, and no search is needed;
     * where it is, the paper may still be another one.
     */
    private final long[] digits = new long[DIGITS / Long.SIZE];

    private Seen(long[] papers) {
        this.papers = papers;
        note(papers);
    }

    private void note(long[] more) {
        for (long paper : more) {
            digits[(int) (paper & DIGITS - 1) >> WORD_BITS] |= 1L << paper;
        }
    }

    static Seen read(String text) {
        long[] papers = new long[text.length() / 2 + 1];
        int n = 0;
        long day = 0;
        long id = 0;
        long number = 0;
        boolean first = true;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c != '.' && c != ',') {
                number = number * RADIX + (c <= '9' ? c - '0' : c - 'a' + 10);
                continue;
            }
            if (first) {
                day = number;
                id = 0;
            } else {
                id += number;
                papers[n++] = day << ID_BITS | id;
            }
            first = c == ',';
            number = 0;
        }
        return new Seen(Arrays.copyOf(papers, n));
    }

    boolean has(long paper) {
        if ((digits[(int) (paper & DIGITS - 1) >> WORD_BITS] & 1L << paper) == 0) {
            return false;
        }
        for (long seen : papers) {
            if ((seen & ID) == paper) {
                return true;
            }
        }
        return false;
    }

    Seen add(Collection<Chosen> chosen) {
        long[] more = new long[chosen.size()];
        int n = 0;
        for (Chosen choice : chosen) {
            more[n++] = choice.first() << ID_BITS | choice.paper();
        }
        Arrays.sort(more);
        note(more);
        papers = merged(papers, more);
        return this;
    }

    private static long[] merged(long[] some, long[] more) {
        long[] all = new long[some.length + more.length];
        for (int i = 0, j = 0; i + j < all.length; ) {
            boolean next = j == more.length || i < some.length && some[i] <= more[j];
            all[i + j] = next ? some[i] : more[j];
            i += next ? 1 : 0;
            j += next ? 0 : 1;
        }
        return all;
    }

    Seen remove(Collection<Chosen> chosen) {
        long[] ids = chosen.stream().mapToLong(Chosen::paper).sorted().toArray();
        papers = Arrays.stream(papers)
                .filter(p -> Arrays.binarySearch(ids, p & ID) < 0)
                .toArray();
        return this;
    }

    /** Forgets what can no longer come up in editions after that one. */
    Seen forget(LocalDate newest) {
        long oldest = newest.toEpochDay() - KEPT_EDITIONS << ID_BITS;
        int from = Arrays.binarySearch(papers, oldest);
        papers = Arrays.copyOfRange(papers, from < 0 ? -from - 1 : from, papers.length);
        return this;
    }

    String write() {
        byte[] text = new byte[(2 * MOST_DIGITS + 2) * papers.length];
        int length = 0;
        long before = -1;
        for (long paper : papers) {
            if (paper == before) {
                continue;
            }
            long day = paper >> ID_BITS;
            boolean sameDay = before >= 0 && before >> ID_BITS == day;
            if (!sameDay) {
                if (length > 0) {
                    text[length++] = ',';
                }
                length = append(text, length, day);
            }
            text[length++] = '.';
            length = append(text, length, (paper & ID) - (sameDay ? before & ID : 0));
            before = paper;
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes the number from that place on; the place after it. */
    private static int append(byte[] text, int place, long number) {
        int end = place + 1;
        for (long rest = number / RADIX; rest > 0; rest /= RADIX) {
            end++;
        }
        long rest = number;
        for (int i = end - 1; i >= place; i--) {
            int digit = (int) (rest % RADIX);
            text[i] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
            rest /= RADIX;
        }
        return end;
    }
}
