package org.dailypapers.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of plain text, or a web address found in it. Neither is escaped: the template does that. */
record LinkedText(String text, boolean link) {

    private static final Pattern ADDRESS =
            Pattern.compile("\\bhttps?://[^\\s<>\"\\p{Cntrl}]++", Pattern.CASE_INSENSITIVE);
    private static final String NOT_LAST = ".,;:!?'";

    /** The text cut into runs and addresses, which joined give the text again; http and https only. */
    static List<LinkedText> of(String text) {
        List<LinkedText> runs = new ArrayList<>();
        int done = 0;
        Matcher address = ADDRESS.matcher(text);
        while (address.find()) {
            int end = endOf(text, address.start(), address.end());
            if (address.start() > done) {
                runs.add(new LinkedText(text.substring(done, address.start()), false));
            }
            runs.add(new LinkedText(text.substring(address.start(), end), true));
            done = end;
        }
        if (done < text.length()) {
            runs.add(new LinkedText(text.substring(done), false));
        }
        return runs;
    }

    /** The end of an address without the punctuation of the sentence around it. */
    private static int endOf(String text, int start, int end) {
        String address = text.substring(start, end);
        String notLast = NOT_LAST + (address.contains("(") ? "" : ")") + (address.contains("[") ? "" : "]");
        int last = end;
        while (last > start && notLast.indexOf(text.charAt(last - 1)) >= 0) {
            last--;
        }
        return last;
    }
}
