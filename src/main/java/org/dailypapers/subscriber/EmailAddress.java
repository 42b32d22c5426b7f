package org.dailypapers.subscriber;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.dailypapers.delivery.Unaddressable;
import org.dailypapers.language.Said;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.TypedAddress;

/**
 * An address that letters can be sent to.
 *
 * @param typed as its owner wrote it, without outer white space and what cannot be seen
 * @param key by which two spellings are known to be the same: composed, lower case, the domain in A-labels
 */
public record EmailAddress(String typed, String key) {

    // RFC 5321 §4.5.3.1.3: a path has 256 octets, two of them its brackets
    private static final int LONGEST = 254;

    private static final EmailValidator VALIDATOR = JMail.validator()
            .disallowIpDomain()
            .disallowExplicitSourceRouting()
            .disallowQuotedIdentifiers()
            .requireTopLevelDomain();

    /** What a text turned out to be. */
    public sealed interface Reading {}

    /** An address. */
    public record Good(EmailAddress address) implements Reading {}

    /** None, and why: a sentence that does not repeat the text. */
    public record Faulty(Said fault) implements Reading {

        /** The sentence in English. */
        public String reason() {
            return fault.english();
        }
    }

    /** The address, where the text is one that a person would type. */
    public static Optional<EmailAddress> parse(String text) {
        return read(text) instanceof Good(EmailAddress address) ? Optional.of(address) : Optional.empty();
    }

    /**
     * The envelope's recipient for an address as it is stored: earlier versions took some that no mailbox can be.
     *
     * @throws Unaddressable where it is such a one
     */
    public static String wire(String stored) {
        try {
            return new Mailbox(null, stored).wireAddress();
        } catch (IllegalArgumentException e) {
            throw new Unaddressable("no mailbox can have this address: " + e.getMessage());
        }
    }

    /** The address, or why the text is none that a person would type. */
    public static Reading read(String text) {
        String typed = TypedAddress.cleaned(text);
        if (typed.isEmpty()) {
            return new Faulty(Said.of("emailMissing", "There is no address."));
        }
        OptionalInt unseen = TypedAddress.unseen(typed, 0);
        if (unseen.isPresent()) {
            int c = unseen.getAsInt();
            String code = "U+%04X".formatted(c);
            return new Faulty(
                    c == ' '
                            ? Said.of("emailBlank", "There is a blank within it.")
                            : Said.of("emailUnseen", "There is a " + code + " within it.", code));
        }
        for (char c : new char[] {'(', '"', '<', '>', ',', ';'}) {
            if (typed.indexOf(c) >= 0) {
                return new Faulty(Said.of(
                        "emailSign",
                        "There is a " + c + " in it; write it as you@example.org, and one address alone.",
                        Character.toString(c)));
            }
        }
        try {
            new Mailbox(null, typed);
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).replaceFirst("^Not an address: ", "");
            String sentence = reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + ".";
            return new Faulty(Said.of("emailForm", sentence, sentence));
        }
        return VALIDATOR
                .tryParse(typed)
                .flatMap(email -> of(typed, email))
                .<Reading>map(Good::new)
                .orElseGet(() -> new Faulty(Said.of("emailPlain", "Write it as you@example.org.")));
    }

    /**
     * The mailbox that the address leads to, as far as it is known which spellings lead to one: everywhere without a tag
     * after a plus, which is how tags are written at Gmail, Outlook, iCloud, Fastmail, Proton and by most servers, and
     * with the dots and names of domains that Gmail and Proton do not tell apart. Letters go to the address as typed.
     */
    public String mailbox() {
        int at = key.lastIndexOf('@');
        int tag = key.indexOf('+');
        String local = key.substring(0, tag > 0 ? tag : at);
        String domain = key.substring(at + 1);
        return switch (domain) {
            case "gmail.com", "googlemail.com" -> local.replace(".", "") + "@gmail.com";
            case "proton.me", "protonmail.com", "pm.me" ->
                local.replace(".", "").replace("-", "").replace("_", "") + "@proton.me";
            default -> local + "@" + domain;
        };
    }

    private static Optional<EmailAddress> of(String typed, Email email) {
        try {
            // The same spelling as on the wire, by which the suppression list knows the address too.
            String composed = Normalizer.normalize(email.localPart() + "@" + email.domain(), Normalizer.Form.NFC);
            String wire = new Mailbox(null, composed).wireAddress();
            return wire.getBytes(StandardCharsets.UTF_8).length > LONGEST
                    ? Optional.empty()
                    : Optional.of(new EmailAddress(typed, wire.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
