package org.dailypapers.bounce;

import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.MailFields;
import org.dailypapers.bounce.mail.MailPart;
import org.dailypapers.bounce.mail.ReturnedMail;

/** The addresses by which a letter may be known again; whether one is ours its signature tells. */
final class Addresses {

    private static final int MOST = 20;

    /** Whom a mail was delivered to, as mail servers note it, and whom it says that it is to. */
    private static final List<String> TO = List.of(
            "x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to", "to", "cc");

    private Addresses() {}

    /** Those that the mail was sent to. */
    static List<String> to(ReturnedMail mail) {
        return all(TO.stream().flatMap(name -> mail.head().all(name).stream()));
    }

    /** Those that the letter was sent from which it returns or tells of. */
    static List<String> from(ReturnedMail mail) {
        Stream<String> returned = ReturnedLetter.head(mail).stream()
                .flatMap(head -> Stream.concat(head.all("return-path").stream(), head.all("x-envelope-from").stream()));
        // RFC 5965 §3.2; Postfix.
        Stream<String> reported = mail.parts().stream()
                .filter(part -> part.isReport() || part.type().equals("message/feedback-report"))
                .map(MailPart::text)
                .flatMap(text -> MailFields.groups(text).stream())
                .flatMap(group -> Stream.concat(
                        group.all("original-mail-from").stream(), group.all("x-postfix-sender").stream()));
        return all(Stream.concat(returned, reported));
    }

    private static List<String> all(Stream<String> values) {
        return values.flatMap(value -> MailAddress.all(value).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }
}
