package org.dailypapers.letter.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.letter.wire.HeaderFields;
import org.dailypapers.letter.wire.Relaxed;
import org.dailypapers.letter.wire.WireBytes;

/** Which fields of a letter are signed, and how often: once more than they occur where none may be added. */
public final class SignedFields {

    // RFC 6376 §5.4.1, §8.15; RFC 8058 §4 for those of List-Unsubscribe
    private static final List<String> NEVER_ONE_MORE =
            List.of("From", "To", "Subject", "Date", "Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post");
    private static final List<String> AS_THEY_ARE = List.of(
            "Message-ID",
            "Reply-To",
            "Cc",
            "Sender",
            "MIME-Version",
            "Content-Transfer-Encoding",
            "List-Id",
            "List-Help",
            "List-Subscribe",
            "List-Post",
            "List-Owner",
            "List-Archive",
            "Feedback-ID");

    private SignedFields() {}

    /** The names in the order of the signature. */
    static List<String> of(HeaderFields fields) {
        List<String> names = new ArrayList<>(32);
        for (String name : NEVER_ONE_MORE) {
            repeat(names, name, fields.occurrences(name) + 1);
        }
        for (String name : AS_THEY_ARE) {
            repeat(names, name, fields.occurrences(name));
        }
        return names;
    }

    private static void repeat(List<String> names, String name, int times) {
        for (int i = 0; i < times; i++) {
            names.add(name);
        }
    }

    /** What the signature is of (RFC 6376 §3.7): the named fields from the bottom up, then the signature without its value. */
    public static byte[] canonical(HeaderFields fields, List<String> names, byte[] signature) {
        WireBytes out = new WireBytes(4096);
        Map<String, Integer> named = new HashMap<>();
        for (String name : names) {
            int before = out.size;
            fields.relaxed(name, named.merge(name, 1, Integer::sum), out);
            if (out.size > before) {
                out.endLine();
            }
        }
        Relaxed.field(signature, 0, signature.length, out);
        return out.toByteArray();
    }
}
