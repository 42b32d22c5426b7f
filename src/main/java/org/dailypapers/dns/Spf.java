package org.dailypapers.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.dns.Dns.Kind;
import org.dailypapers.dns.Dns.UnansweredException;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may send for a domain (SPF, RFC 7208). All of a record is gone through, also what lies behind the
 * address that is sought, so that every lookup is counted.
 */
final class Spf {

    /** RFC 7208 §4.6.4. */
    static final int MOST_LOOKUPS = 10;

    private static final int MOST_WITHOUT_ANSWER = 2;
    private static final int LOOKUPS_FOLLOWED = 30;
    private static final Pattern RECORD = Pattern.compile("(?i)v=spf1(?: .*)?");
    private static final Pattern MECHANISM =
            Pattern.compile("([+?~-]?)([a-z0-9]+)(?:[:]([^/]*))?(?:/(\\d{1,3}))?(?://(\\d{1,3}))?");
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern NETWORK = Pattern.compile("([+?~-]?)ip[46]:([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");

    private final Dns dns;
    private int lookups;
    private int withoutAnswer;

    Spf(Dns dns) {
        this.dns = dns;
    }

    /** What a record says of an address. */
    enum Result {
        PASS,
        FAIL,
        SOFTFAIL,
        NEUTRAL,
        /** There is no record. */
        NONE
    }

    /**
     * What came of a check.
     *
     * @param lookups that a receiver makes at most; ten are allowed
     */
    record Checked(Result result, int lookups) {}

    /** Thrown where receivers take the record for broken; its message says why. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String message) {
            super(message);
        }
    }

    /**
     * Whether the address may send for the domain.
     *
     * @throws BrokenException where the record cannot be used, by anybody
     */
    static Checked check(Dns dns, String domain, InetAddress address) throws BrokenException, UnansweredException {
        var spf = new Spf(dns);
        Result result = spf.of(domain, address);
        if (spf.lookups > MOST_LOOKUPS) {
            throw new BrokenException("takes " + spf.lookups + " lookups where " + MOST_LOOKUPS
                    + " are allowed (RFC 7208 §4.6.4); name addresses (ip4:, ip6:) instead of hosts");
        }
        if (spf.withoutAnswer > MOST_WITHOUT_ANSWER) {
            throw new BrokenException("names " + spf.withoutAnswer + " hosts that the DNS does not know, where "
                    + MOST_WITHOUT_ANSWER + " are allowed (RFC 7208 §4.6.4); take them out");
        }
        return new Checked(result, spf.lookups);
    }

    private Result of(String domain, InetAddress address) throws BrokenException, UnansweredException {
        List<String> records = dns.records(domain, Kind.TXT).stream()
                .filter(text -> RECORD.matcher(text).matches())
                .toList();
        if (records.size() > 1) {
            throw new BrokenException("has " + records.size() + " records of " + domain
                    + " where one is allowed (RFC 7208 §4.5); make one of them");
        }
        return records.isEmpty() ? Result.NONE : of(records.getFirst(), domain, address);
    }

    private Result of(String record, String domain, InetAddress address) throws BrokenException, UnansweredException {
        Result found = null;
        String redirect = null;
        for (String term : record.substring("v=spf1".length()).strip().split(" +")) {
            String lower = term.toLowerCase(Locale.ROOT);
            if (lower.startsWith("redirect=")) {
                redirect = term.substring("redirect=".length());
            } else if (!lower.isEmpty() && lower.indexOf('=') < 0) {
                Result result = mechanism(lower, domain, address);
                found = found == null ? result : found;
            }
        }
        if (found != null || redirect == null) {
            return found == null ? Result.NEUTRAL : found;
        }
        look();
        Result result = isMacro(redirect) ? Result.NEUTRAL : of(redirect, address);
        if (result == Result.NONE) {
            throw new BrokenException("points to " + redirect + ", which has none");
        }
        return result;
    }

    private void look() throws BrokenException {
        if (++lookups > LOOKUPS_FOLLOWED) {
            throw new BrokenException("takes more than " + LOOKUPS_FOLLOWED + " lookups where " + MOST_LOOKUPS
                    + " are allowed (RFC 7208 §4.6.4); is there a circle in it?");
        }
    }

    /** What the mechanism says; null where it does not know the address. */
    private @Nullable Result mechanism(String term, String domain, InetAddress address)
            throws BrokenException, UnansweredException {
        Matcher network = NETWORK.matcher(term);
        if (network.matches()) {
            int bits = network.group(3) == null ? -1 : Integer.parseInt(network.group(3));
            return isWithin(address, network.group(2), bits) ? qualifier(network.group(1)) : null;
        }
        Matcher parts = MECHANISM.matcher(term);
        if (!parts.matches()) {
            throw new BrokenException("holds \"" + term + "\", which is no mechanism (RFC 7208 §5)");
        }
        String target = parts.group(3) == null ? domain : parts.group(3);
        boolean six = address.getAddress().length == 16;
        String bits = parts.group(six ? 5 : 4);
        int length = bits == null ? -1 : Integer.parseInt(bits);
        boolean known =
                switch (parts.group(2)) {
                    case "all" -> true;
                    case "include" -> {
                        look();
                        Result result = isMacro(target) ? Result.NEUTRAL : of(target, address);
                        if (result == Result.NONE) {
                            throw new BrokenException("includes " + target + ", which has none");
                        }
                        yield result == Result.PASS;
                    }
                    case "a" -> {
                        look();
                        yield isAmong(address, addresses(target, six), length);
                    }
                    case "mx" -> {
                        look();
                        yield isAmong(address, exchangers(target, six), length);
                    }
                    case "exists", "ptr" -> {
                        look();
                        yield false;
                    }
                    default -> throw new BrokenException("holds \"" + term + "\", which is no mechanism (RFC 7208 §5)");
                };
        return known ? qualifier(parts.group(1)) : null;
    }

    private static Result qualifier(String sign) {
        return switch (sign) {
            case "-" -> Result.FAIL;
            case "~" -> Result.SOFTFAIL;
            case "?" -> Result.NEUTRAL;
            default -> Result.PASS;
        };
    }

    private List<String> addresses(String host, boolean six) throws UnansweredException {
        if (isMacro(host)) {
            return List.of();
        }
        List<String> found = dns.records(host, six ? Kind.AAAA : Kind.A);
        if (found.isEmpty() && dns.records(host, six ? Kind.A : Kind.AAAA).isEmpty()) {
            withoutAnswer++;
        }
        return found;
    }

    private List<String> exchangers(String domain, boolean six) throws UnansweredException {
        var all = new ArrayList<String>();
        if (isMacro(domain)) {
            return all;
        }
        List<String> exchangers = dns.records(domain, Kind.MX);
        if (exchangers.isEmpty()) {
            withoutAnswer++;
        }
        for (String exchanger : exchangers) {
            String host = exchanger.substring(exchanger.indexOf(' ') + 1);
            if (!host.equals(".")) {
                all.addAll(dns.records(host, six ? Kind.AAAA : Kind.A));
            }
        }
        return all;
    }

    /** It stands for what is known only of a letter at hand (RFC 7208 §7). */
    private static boolean isMacro(String domain) {
        return domain.indexOf('%') >= 0;
    }

    private static boolean isAmong(InetAddress address, List<String> networks, int bits) throws BrokenException {
        for (String network : networks) {
            if (isWithin(address, network, bits)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(InetAddress address, String network, int bits) throws BrokenException {
        byte[] own = address.getAddress();
        byte[] other = bytes(network);
        if (own.length != other.length) {
            return false;
        }
        int left = bits < 0 ? own.length * Byte.SIZE : Math.min(bits, own.length * Byte.SIZE);
        for (int i = 0; left > 0; i++, left -= Byte.SIZE) {
            int mask = left >= Byte.SIZE ? 0xFF : 0xFF << Byte.SIZE - left & 0xFF;
            if ((own[i] & mask) != (other[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String network) throws BrokenException {
        try {
            if (network.indexOf(':') >= 0 || DOTTED.matcher(network).matches()) {
                return InetAddress.getByName(network).getAddress();
            }
        } catch (UnknownHostException wrong) {
            throw new BrokenException("holds " + network + ", which is no address");
        }
        throw new BrokenException("holds " + network + ", which is no address");
    }
}
