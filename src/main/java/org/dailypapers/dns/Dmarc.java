package org.dailypapers.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.dns.Dns.Kind;
import org.dailypapers.dns.Dns.UnansweredException;

/** What a domain asks for where letters in its name are not proven (DMARC, RFC 9989), and to whom it belongs. */
final class Dmarc {

    private static final String PREFIX = "_dmarc.";
    private static final Pattern RECORD = Pattern.compile("(?i)v *= *DMARC1 *(?:;.*)?");

    /** RFC 9989 §4.10: eight questions at most, whatever the number of labels. */
    private static final int MOST_QUESTIONS = 8;

    private final Dns dns;

    Dmarc(Dns dns) {
        this.dns = dns;
    }

    /**
     * A record.
     *
     * @param domain that it stands at, without {@code _dmarc}
     * @param tags by their names in small letters
     */
    record Policy(String domain, Map<String, String> tags) {

        Policy {
            tags = Map.copyOf(tags);
        }

        private boolean isPublicSuffix() {
            return "y".equalsIgnoreCase(tags.get("psd"));
        }

        private boolean isOrganisation() {
            return "n".equalsIgnoreCase(tags.get("psd"));
        }

        /** What it asks for of letters from that domain: none, quarantine or reject; none where it says nothing that is known. */
        String request(String from) {
            boolean own = domain.equals(from);
            String request = own ? tags.get("p") : tags.getOrDefault("sp", tags.getOrDefault("p", "none"));
            return request == null ? "none" : request.toLowerCase(Locale.ROOT);
        }

        /** Whether a domain counts only where it is From's own, not where it is of one organisation with it. */
        boolean isStrict(String tag) {
            return "s".equalsIgnoreCase(tags.get(tag));
        }
    }

    /** The record that counts for letters from a domain: its own, else its organisation's, else that of the suffix above. */
    Optional<Policy> policy(String from) throws UnansweredException {
        Optional<Policy> own = at(from);
        if (own.isPresent()) {
            return own;
        }
        Optional<Policy> organisation = at(organisation(from));
        if (organisation.isPresent()) {
            return organisation;
        }
        for (String name : walk(from)) {
            Optional<Policy> above = at(name);
            if (above.isPresent()) {
                return above;
            }
        }
        return Optional.empty();
    }

    /** The domain of the organisation that a domain belongs to, by the walk up the tree; itself where no record is found. */
    String organisation(String domain) throws UnansweredException {
        String organisation = domain;
        for (String name : walk(domain)) {
            Optional<Policy> policy = at(name);
            if (policy.isPresent()) {
                if (policy.get().isOrganisation()) {
                    return name;
                }
                if (policy.get().isPublicSuffix() && !name.equals(domain)) {
                    return below(name, domain);
                }
                organisation = name;
            }
        }
        return organisation;
    }

    /** The name with one label more, towards the domain. */
    private static String below(String name, String domain) {
        String rest = domain.substring(0, domain.length() - name.length() - 1);
        return rest.substring(rest.lastIndexOf('.') + 1) + "." + name;
    }

    /** The names that are asked, from the domain up to its last label. */
    static List<String> walk(String domain) {
        String[] labels = domain.split("\\.");
        var names = new ArrayList<String>();
        names.add(domain);
        for (int left = Math.min(labels.length, MOST_QUESTIONS) - 1; left > 0; left--) {
            names.add(String.join(".", Arrays.copyOfRange(labels, labels.length - left, labels.length)));
        }
        return names;
    }

    private Optional<Policy> at(String domain) throws UnansweredException {
        List<String> records = dns.records(PREFIX + domain, Kind.TXT).stream()
                .filter(text -> RECORD.matcher(text).matches())
                .toList();
        // More than one is as good as none.
        return records.size() == 1 ? Optional.of(new Policy(domain, tags(records.getFirst()))) : Optional.empty();
    }

    private static Map<String, String> tags(String record) {
        var tags = new HashMap<String, String>();
        for (String tag : record.split(";")) {
            String[] sides = tag.split("=", 2);
            if (sides.length == 2) {
                tags.putIfAbsent(sides[0].strip().toLowerCase(Locale.ROOT), sides[1].strip());
            }
        }
        return tags;
    }
}
