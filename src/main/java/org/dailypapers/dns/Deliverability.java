package org.dailypapers.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.dns.Dns.Kind;
import org.dailypapers.dns.Dns.UnansweredException;

/** What the DNS must say for letters of a domain to be believed, looked at record by record. */
public final class Deliverability {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+");
    /** From a block for documentation (RFC 5737), so nobody sends from it. */
    private static final String NOBODYS = "192.0.2.1";

    private static final Pattern KEY = Pattern.compile("(?:^|;)\\s*p\\s*=\\s*([^;]*)");
    private static final Pattern TESTING = Pattern.compile("(?:^|;)\\s*t\\s*=\\s*(?:[^;]*:)?\\s*y\\s*(?:[:;]|$)");

    private final Dns dns;
    private final Setup setup;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * How letters leave.
     *
     * @param from the domain of From
     * @param envelope the domain of the envelope's sender
     * @param relay the relay's host, by name or address
     * @param keys what is to be published, by name: the DKIM keys that sign
     */
    public record Setup(String from, String envelope, String relay, Map<String, String> keys) {

        public Setup {
            from = from.toLowerCase(Locale.ROOT);
            envelope = envelope.toLowerCase(Locale.ROOT);
            keys = Map.copyOf(keys);
        }
    }

    private Deliverability(Dns dns, Setup setup) {
        this.dns = dns;
        this.setup = setup;
    }

    /** All of it, a finding each; what could not be asked is said so. */
    public static List<Finding> findings(Dns dns, Setup setup) {
        var look = new Deliverability(dns, setup);
        for (String domain : new LinkedHashSet<>(List.of(setup.from(), setup.envelope()))) {
            look.at("MX of " + domain, subject -> look.exchangers(subject, domain));
        }
        look.at("SPF of " + setup.envelope(), look::spf);
        setup.keys().forEach((name, record) -> look.at("DKIM key " + name, subject -> look.key(subject, name, record)));
        look.at("DMARC of " + setup.from(), look::dmarc);
        look.at("name of " + setup.relay(), look::reverse);
        return List.copyOf(look.findings);
    }

    private interface Question {
        void ask(String subject) throws UnansweredException;
    }

    private void at(String subject, Question question) {
        try {
            question.ask(subject);
        } catch (UnansweredException unanswered) {
            findings.add(Finding.unasked(subject, unanswered));
        }
    }

    private void exchangers(String subject, String domain) throws UnansweredException {
        List<String> exchangers = dns.records(domain, Kind.MX);
        if (exchangers.stream().anyMatch(exchanger -> exchanger.endsWith(" ."))) {
            findings.add(Finding.fault(
                    subject,
                    "the domain says that it takes no mail (null MX, RFC 7505), so answers and bounces are lost;"
                            + " use a domain that does"));
        } else if (!exchangers.isEmpty()) {
            findings.add(Finding.ok(subject, String.join(", ", exchangers)));
        } else if (dns.records(domain, Kind.A).isEmpty()
                && dns.records(domain, Kind.AAAA).isEmpty()) {
            findings.add(Finding.fault(
                    subject, "there is none, nor an address: hosts refuse mail from a domain that cannot be answered"));
        } else {
            findings.add(Finding.note(subject, "there is none; mail to it goes to its address (RFC 5321 §5.1)"));
        }
    }

    private void spf(String subject) throws UnansweredException {
        List<String> known = relayAddresses();
        // The record is gone through all the same: one that nobody has stands for an address that is not known.
        for (String text : known.isEmpty() ? List.of(NOBODYS) : known) {
            InetAddress address = address(text);
            boolean outgoing = !isLocal(address) && !known.isEmpty();
            try {
                findings.add(spf(subject, text, outgoing, Spf.check(dns, setup.envelope(), address)));
            } catch (Spf.BrokenException broken) {
                findings.add(Finding.fault(subject, "the record " + broken.getMessage()));
                return;
            }
            if (!outgoing) {
                return;
            }
        }
    }

    private Finding spf(String subject, String address, boolean outgoing, Spf.Checked checked) {
        String lookups = checked.lookups() + " of " + Spf.MOST_LOOKUPS + " lookups";
        if (checked.result() == Spf.Result.NONE) {
            return Finding.fault(
                    subject,
                    "there is none; publish one that names the hosts that letters leave from, such as \"v=spf1 mx -all\"");
        }
        if (!outgoing) {
            return Finding.note(
                    subject, "there is one, " + lookups + "; from which address letters leave is not known here");
        }
        return checked.result() == Spf.Result.PASS
                ? Finding.ok(subject, "the relay's address " + address + " is in it, " + lookups)
                : Finding.note(
                        subject,
                        "the relay's address " + address + " is not in it ("
                                + checked.result().toString().toLowerCase(Locale.ROOT) + ", " + lookups
                                + "); if letters leave from there, add it");
    }

    private void key(String subject, String name, String record) throws UnansweredException {
        List<String> published = dns.records(name, Kind.TXT);
        Optional<String> wanted = key(record);
        Optional<String> same = published.stream()
                .filter(text -> key(text).isPresent() && key(text).equals(wanted))
                .findFirst();
        if (same.isPresent()) {
            findings.add(
                    TESTING.matcher(same.get()).find()
                            ? Finding.note(
                                    subject,
                                    "ours, marked as a test (t=y), so that hosts may not count it; take the mark away")
                            : Finding.ok(subject, "ours"));
        } else if (published.isEmpty()) {
            findings.add(Finding.fault(subject, "is not published, so no signature counts; publish " + record));
        } else if (published.stream()
                .anyMatch(text -> key(text).filter(String::isEmpty).isPresent())) {
            findings.add(Finding.fault(subject, "is revoked (p= is empty); take another selector"));
        } else {
            findings.add(Finding.fault(subject, "is another key than the one that signs; publish " + record));
        }
    }

    private static Optional<String> key(String record) {
        Matcher key = KEY.matcher(record);
        return key.find() ? Optional.of(key.group(1).replaceAll("\\s", "")) : Optional.empty();
    }

    private void dmarc(String subject) throws UnansweredException {
        var dmarc = new Dmarc(dns);
        Optional<Dmarc.Policy> policy = dmarc.policy(setup.from());
        if (policy.isEmpty()) {
            findings.add(Finding.fault(
                    subject,
                    "there is none, and large providers ask for one of whoever sends in bulk; publish _dmarc."
                            + setup.from() + ". TXT \"v=DMARC1; p=none\" to begin with"));
            return;
        }
        findings.add(Finding.ok(
                subject,
                "found at _dmarc." + policy.get().domain() + ", asks for: "
                        + policy.get().request(setup.from())));
        String organisation = dmarc.organisation(setup.from());
        aligned(
                "alignment of SPF",
                setup.envelope(),
                policy.get().isStrict("aspf"),
                organisation.equals(dmarc.organisation(setup.envelope())));
        for (String name : setup.keys().keySet()) {
            String domain = name.substring(name.indexOf("._domainkey.") + "._domainkey.".length());
            aligned(
                    "alignment of DKIM",
                    domain,
                    policy.get().isStrict("adkim"),
                    organisation.equals(dmarc.organisation(domain)));
        }
    }

    private void aligned(String subject, String domain, boolean strict, boolean related) {
        boolean aligned = domain.equals(setup.from()) || !strict && related;
        findings.add(
                aligned
                        ? Finding.ok(subject, domain + " counts for " + setup.from())
                        : Finding.fault(
                                subject,
                                domain + " does not count for letters from " + setup.from()
                                        + (strict
                                                ? ", whose record wants the very same domain"
                                                : ", of another organisation")
                                        + "; use one that does"));
    }

    private void reverse(String subject) throws UnansweredException {
        for (String address : relayAddresses()) {
            if (isLocal(address(address))) {
                continue;
            }
            List<String> names = dns.records(pointer(address(address)), Kind.PTR);
            boolean confirmed = false;
            for (String name : names) {
                confirmed |= dns.records(name, address.indexOf(':') < 0 ? Kind.A : Kind.AAAA).stream()
                        .anyMatch(each -> address(each).equals(address(address)));
            }
            findings.add(
                    confirmed
                            ? Finding.ok(subject, address + " is " + String.join(", ", names) + ", both ways")
                            : Finding.note(
                                    subject,
                                    address
                                            + (names.isEmpty()
                                                    ? " has no name"
                                                    : " is named " + names.getFirst() + ", which has another address")
                                            + " (PTR); many hosts refuse mail that leaves from such an address"));
        }
    }

    /** Whether it is of a private network, those of RFC 4193 and RFC 6598 included. */
    private static boolean isLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
        boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || unique
                || carrier;
    }

    private List<String> relayAddresses() throws UnansweredException {
        String relay = setup.relay();
        if (ADDRESS.matcher(relay).matches()) {
            return List.of(relay);
        }
        var addresses = new ArrayList<>(dns.records(relay, Kind.A));
        addresses.addAll(dns.records(relay, Kind.AAAA));
        return addresses;
    }

    /** Of digits, dots and colons alone: no name is looked up. */
    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException wrong) {
            throw new IllegalStateException(text + " was given for an address", wrong);
        }
    }

    private static String pointer(InetAddress address) {
        byte[] bytes = address.getAddress();
        var name = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            int octet = bytes[i] & 0xFF;
            if (bytes.length == 4) {
                name.append(octet).append('.');
            } else {
                name.append(Integer.toHexString(octet & 0xF))
                        .append('.')
                        .append(Integer.toHexString(octet >> 4))
                        .append('.');
            }
        }
        return name.append(bytes.length == 4 ? "in-addr.arpa" : "ip6.arpa").toString();
    }
}
