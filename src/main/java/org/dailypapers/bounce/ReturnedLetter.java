package org.dailypapers.bounce;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.MailFields;
import org.dailypapers.bounce.mail.MailPart;
import org.dailypapers.bounce.mail.ReturnedMail;

/** Finds which letter a mail that came back is about. */
final class ReturnedLetter {

    // RFC 5322 §3.6.4, less strictly.
    private static final Pattern ID = Pattern.compile("<[^<>\\s]{1,250}@[^<>\\s]{1,250}>");

    private static final Pattern IN_TEXT = Pattern.compile(
            "(?im)^[\\s>|*-]{0,12}(?:original )?message-id:\\s{0,9}(<[^<>\\s]{1,250}@[^<>\\s]{1,250}>)");

    private ReturnedLetter() {}

    /** The head of the returned letter, where it is there. */
    static Optional<MailFields> head(ReturnedMail mail) {
        return mail.parts().stream()
                .filter(MailPart::isReturned)
                .map(p -> MailFields.head(p.text()))
                .filter(h -> !h.isEmpty())
                .findFirst();
    }

    /** The letter's Message-ID. */
    static Optional<String> id(ReturnedMail mail, Notice notice) {
        return head(mail)
                .flatMap(h -> found(h.get("message-id")))
                .or(() -> mail.parts().stream()
                        .filter(MailPart::isReport)
                        .flatMap(p -> MailFields.groups(p.text()).stream())
                        .flatMap(g -> found(g.get("x-original-message-id")).stream())
                        .findFirst())
                .or(() -> inText(notice.returned()))
                .or(() -> inText(notice.text()))
                .or(() -> found(mail.head().get("in-reply-to")))
                .or(() -> last(mail.head().get("references")));
    }

    /** The recipient that its head names, where it is one alone. */
    static Optional<String> recipient(ReturnedMail mail, Notice notice) {
        return head(mail)
                .or(() -> Optional.of(MailFields.head(notice.returned())))
                .map(h -> MailAddress.all(h.get("to")))
                .filter(all -> all.size() == 1)
                .map(List::getFirst);
    }

    private static Optional<String> found(String value) {
        Matcher found = ID.matcher(value);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    private static Optional<String> last(String value) {
        Matcher found = ID.matcher(value);
        String last = null;
        while (found.find()) {
            last = found.group();
        }
        return Optional.ofNullable(last);
    }

    private static Optional<String> inText(String text) {
        Matcher found = IN_TEXT.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
