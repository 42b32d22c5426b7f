package org.dailypapers.bounce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.ReturnedMail;

/**
 * The text of a report that is written for people, without the letter that stands below it.
 *
 * @param text what the mail system says
 * @param returned what stands below: the letter or its head; an empty text where there is nothing
 */
record Notice(String text, String returned) {

    private static final int LONGEST = 10_000;
    private static final int LONGEST_LINE = 200;

    /** Where the returned letter begins, in a line of its own. */
    private static final Pattern BELOW = Pattern.compile(
            "^\\s*+[\\s|>*]{0,12}(?:[-=_*+#|]{2,}.{0,12}(?:original|returned|unsent|copy of|message (?:header|text|follows)|mensaje original|mensagem original|header of the"
                    + "|below this line|urspr)"
                    + "|(?:original (?:message|mail|e-mail)|message headers?|the (?:original|returned) message|a copy of (?:the|your) message|unsent message)"
                    + " .{0,30}(?:follow|below|attached|included)"
                    + "|original mail as follows|below is a copy of|received: ?from|return-path: ?<|x-received: by|dkim-signature: )",
            Pattern.CASE_INSENSITIVE);

    /** Sentences that stand in every report of a kind, and tell nothing of this one; the beginning of each, and its end. */
    private static final Map<String, Pattern> BOILERPLATE = boilerplate(
            "this message was created automatically by", "[\\w .-]{0,60}?(?:software|relay on \\S{1,80})\\.?",
            "this email was created automatically by", "[\\w .-]{0,60}?(?:software|relay on \\S{1,80})\\.?",
            "a message that you sent could not be delivered to", "[\\w ]{0,40}recipients\\.?",
            "this is a permanent error", "(?:; i've given up\\. sorry it didn't work out)?\\.?",
            "the following address",
                    "(?:\\(es\\)|es)? (?:had permanent fatal errors|had delivery (?:problems|errors)|failed):?",
            "hi. this is the", ".{1,80}? at \\S{1,80}",
            "i'm afraid i wasn't able to deliver your message to the following address", "(?:es)?\\.?",
            "this is the mail system at host", "\\S{1,80}",
            "this is the postfix program at host", "\\S{1,80}",
            "i'm sorry to have to inform you that",
                    ".{1,60}? could not be (?:be )?delivered to one or more (?:recipients|destinations)\\.?",
            "it's attached below", "\\.?",
            "for further assistance, please", "(?:send mail to|contact) \\S{1,80}\\.?",
            "if you do so, please include this problem report", "\\.?",
            "you can delete your own text from the", "[\\w ]{0,40}\\.?",
            "the original message was received at", ".{1,80}?(?= from|$)",
            "this report relates to a message you sent with the following header fields", ":?",
            "sorry, we were unable to deliver your message to the following address", "(?:es)?\\.?",
            "mail delivery system", "",
            "mail delivery subsystem", "",
            "the mail system", "");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A recipient with a line of its own, or at the beginning of one. */
    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[ \\t*>|-]{0,12}(?:recipient(?: address)?: {0,4}|[45]\\d\\d )?<?([^\\s<>()\\[\\]\",;:@|]{1,128}@[\\p{L}\\p{N}._-]{1,255}[\\p{L}\\p{N}])>?"
                    + "(?:[:,]?[ \\t]*$|:[ \\t]|\\.\\.\\.|[ \\t]*[(\\[]|[ \\t]*<mailto:| on (?:\\d|mon|tue|wed|thu|fri|sat|sun)| error| invalid|; )",
            Pattern.CASE_INSENSITIVE);

    /** Fields that stand in the text of a report and name the sender. */
    private static final Pattern SENDER = Pattern.compile(
            "(?im)^[ \\t>]{0,12}(?:from|reply-to|sender|original sender|return-path|mail from|x-envelope-from)\\b[^\\n]{0,400}$");

    /** Words before a recipient, in the order in which they are trusted. */
    private static final Pattern[] BEFORE = {
        before("rcpt to: ?<?"),
        before("failed recipients?: ?<?"),
        before("(?:delivered|delivery|deliver|message|mail|delivering your mail) to:? ?<?'?"),
        before(
                "(?:user|userid|recipient|size|address|mailbox|account|inbox)s?(?: is full| unknown| exceeds allowed size)?: ?<?"),
        before("addressed to: ?"),
        before("recipients?[^\\n@]{0,60}: ?<?"),
        before("mailto:"),
    };

    /** Splits a text where the returned letter begins. */
    static Notice of(String whole) {
        String text = whole.length() > ReturnedMail.PART_BYTES ? whole.substring(0, ReturnedMail.PART_BYTES) : whole;
        boolean said = false;
        int end;
        for (int at = 0; at < text.length() && at < LONGEST; at = end + 1) {
            end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, Math.min(end, at + LONGEST_LINE));
            if (said && mayBegin(line) && BELOW.matcher(line).lookingAt() && !line.contains("was received")) {
                return new Notice(text.substring(0, at), text.substring(at));
            }
            said |= !line.isBlank();
        }
        return new Notice(text.length() > LONGEST ? text.substring(0, LONGEST) : text, "");
    }

    /** Whether a line begins as one of those may: most do not. */
    private static boolean mayBegin(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c > ' ' && c != '|' && c != '>' && c != '*') {
                return "-=_+#otmaubrxdOTMAUBRXD".indexOf(c) >= 0;
            }
            if ((c == '|' || c == '*') && i + 1 < line.length() && line.charAt(i + 1) == c) {
                return true;
            }
        }
        return false;
    }

    /** What is told, without the sentences that stand in every such report. */
    String words() {
        return words(text);
    }

    private static String words(String text) {
        String folded = BLANKS.matcher(SENDER.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .strip();
        String small = folded.toLowerCase(Locale.ROOT);
        if (small.length() != folded.length()) {
            return folded;
        }
        var words = new StringBuilder(folded);
        BOILERPLATE.forEach((beginning, end) -> {
            for (int at = small.indexOf(beginning); at >= 0; at = small.indexOf(beginning, at + 1)) {
                Matcher rest = end.matcher(small).region(at + beginning.length(), small.length());
                for (int i = at; rest.lookingAt() && i < rest.end(); i++) {
                    words.setCharAt(i, ' ');
                }
            }
        });
        return BLANKS.matcher(words).replaceAll(" ").strip();
    }

    private static Map<String, Pattern> boilerplate(String... sentences) {
        var boilerplate = new LinkedHashMap<String, Pattern>();
        for (int i = 0; i < sentences.length; i += 2) {
            boilerplate.put(sentences[i], Pattern.compile(" ?" + sentences[i + 1]));
        }
        return boilerplate;
    }

    /**
     * The recipients it names, each with what is said of it; none where it names none. What is said of a single one is all
     * of it.
     */
    Map<String, String> recipients() {
        String text = SENDER.matcher(this.text).replaceAll("");
        var starts = new LinkedHashMap<String, Integer>();
        Matcher entry = ENTRY.matcher(text);
        while (entry.find() && starts.size() < 50) {
            if (!MailAddress.isSystem(entry.group(1))) {
                starts.putIfAbsent(entry.group(1), entry.start());
            }
        }
        var said = new LinkedHashMap<String, String>();
        List<Map.Entry<String, Integer>> list = new ArrayList<>(starts.entrySet());
        for (int i = 0; i < list.size(); i++) {
            int end = i + 1 < list.size() ? list.get(i + 1).getValue() : text.length();
            said.put(list.get(i).getKey(), words(text.substring(list.get(i).getValue(), end)));
        }
        if (said.size() == 1) {
            said.replaceAll((address, words) -> words());
        }
        if (said.isEmpty()) {
            single(text).ifPresent(address -> said.put(address, words()));
        }
        return said;
    }

    private static Optional<String> single(String text) {
        for (Pattern before : BEFORE) {
            Matcher found = before.matcher(text);
            while (found.find()) {
                if (!MailAddress.isSystem(found.group(1))) {
                    return Optional.of(found.group(1));
                }
            }
        }
        return MailAddress.all(text).stream()
                .filter(a -> !MailAddress.isSystem(a))
                .findFirst();
    }

    /** What is said near an address, or all where it is not named. */
    String about(String address) {
        Map<String, String> said = recipients();
        return said.getOrDefault(address, words());
    }

    private static Pattern before(String words) {
        return Pattern.compile(
                words.replace(" ?", "\\s{0,9}").replace(" ", "\\s{1,9}")
                        + "([^\\s<>()\\[\\]\",;:@'|]{1,128}@[\\p{L}\\p{N}._-]{1,255}[\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE);
    }
}
