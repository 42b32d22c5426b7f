package org.dailypapers.subscriber;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.letter.Mailbox;

/**
 * An address that letters can be sent to.
 *
 * @param typed as its owner wrote it, without outer white space
 * @param key by which two spellings are known to be the same: composed, lower case, the domain in A-labels
 */
public record EmailAddress(String typed, String key) {

    private static final int LONGEST = 254;
    private static final EmailValidator VALIDATOR = JMail.validator()
            .disallowIpDomain()
            .disallowExplicitSourceRouting()
            .disallowQuotedIdentifiers()
            .requireTopLevelDomain();

    /** The address, where the text is one that a person would type. */
    public static Optional<EmailAddress> parse(String text) {
        String typed = text.strip();
        if (typed.length() > LONGEST
                || typed.chars().anyMatch(c -> Character.isISOControl(c) || c == '(' || c == '"')) {
            return Optional.empty();
        }
        return VALIDATOR.tryParse(typed).filter(email -> canBeWrittenTo(typed)).flatMap(email -> of(typed, email));
    }

    private static boolean canBeWrittenTo(String typed) {
        try {
            new Mailbox(null, typed);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<EmailAddress> of(String typed, Email email) {
        try {
            // The same spelling as on the wire, by which the suppression list knows the address too.
            String composed = Normalizer.normalize(email.localPart() + "@" + email.domain(), Normalizer.Form.NFC);
            return Optional.of(new EmailAddress(
                    typed, new Mailbox(null, composed).wireAddress().toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
