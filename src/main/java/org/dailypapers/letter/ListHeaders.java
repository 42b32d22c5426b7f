package org.dailypapers.letter;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.letter.address.AddressSyntax;
import org.dailypapers.letter.wire.Header;

/** The header fields by which mail systems know a digest as list mail, and any letter of ours as automatic. */
public final class ListHeaders {

    // RFC 3834 §5
    private static final Header AUTO_SUBMITTED = Header.structured("Auto-Submitted", "auto-generated");

    private ListHeaders() {}

    /**
     * The fields of a digest. Throws IllegalArgumentException where one of the parameters cannot stand in its field.
     *
     * @param listId the list's identifier, such as {@code daily-papers.example.org}, at most 255 characters
     * @param listName the list's name for people, any text without controls
     * @param oneClick where a POST unsubscribes at once: https, or http for the local mail catcher
     * @param mailto the address, or the whole mailto URI, whose mailbox unsubscribes who writes to it
     * @param announceOneClick whether to promise that the POST needs no second step
     * @param feedbackId what complaints are counted by: for each kind of letter, not each message
     */
    public static List<Header> digest(
            String listId,
            String listName,
            URI oneClick,
            Optional<String> mailto,
            boolean announceOneClick,
            String feedbackId) {
        List<Header> headers = new ArrayList<>(6);
        headers.add(Header.structured("List-Id", listId(listId, listName)));
        headers.add(Header.structured("List-Unsubscribe", unsubscribe(oneClick, mailto)));
        if (announceOneClick) {
            // RFC 8058 §3.1
            headers.add(Header.structured("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        headers.add(Header.text("Feedback-ID", feedbackId));
        headers.add(Header.structured("Precedence", "bulk"));
        headers.add(AUTO_SUBMITTED);
        return List.copyOf(headers);
    }

    /** The fields of a letter that someone's own act asked for, such as a confirmation. */
    public static List<Header> service() {
        return List.of(AUTO_SUBMITTED);
    }

    /** Those fields and the one that says the letter's language, a BCP 47 tag (RFC 3282 §2). */
    public static List<Header> in(String language, List<Header> fields) {
        List<Header> headers = new ArrayList<>(fields);
        headers.add(Header.structured("Content-Language", language));
        return List.copyOf(headers);
    }

    // RFC 2919 §3
    private static String listId(String id, String name) {
        if (id.length() > 255 || id.indexOf('.') < 0 || !AddressSyntax.isDotAtom(id, false)) {
            throw new IllegalArgumentException(
                    "The header List-Id takes words with single dots between, such as daily-papers.example.org");
        }
        return name.isBlank() ? "<" + id + ">" : HeaderWriter.phrase("List-Id", name) + " <" + id + ">";
    }

    // RFC 2369 §3.2: what is preferred comes first
    private static String unsubscribe(URI oneClick, Optional<String> mailto) {
        String scheme = String.valueOf(oneClick.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || oneClick.getHost() == null) {
            throw new IllegalArgumentException(
                    "The header List-Unsubscribe takes a link with https or http and a host");
        }
        String link = "<" + ascii(oneClick) + ">";
        return mailto.map(to -> link + ", <" + mailtoUri(to) + ">").orElse(link);
    }

    // java.net.URI takes a lone surrogate, but has no octets for it.
    private static String ascii(URI uri) {
        String text = uri.toString();
        if (!EncodedWords.wellFormed(text).equals(text)) {
            throw new IllegalArgumentException("The header List-Unsubscribe takes no half of a character");
        }
        return uri.toASCIIString();
    }

    private static String mailtoUri(String to) {
        try {
            return ascii(URI.create(to.startsWith("mailto:") ? to : "mailto:" + to));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The header List-Unsubscribe takes an address or a mailto URI", e);
        }
    }
}
