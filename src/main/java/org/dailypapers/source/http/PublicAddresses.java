package org.dailypapers.source.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tells the Internet from this machine and the networks around it (RFC 6890): an address that others choose, by a setting's
 * feed or by a redirect, must not send requests inwards. What is resolved here is what is connected to, see
 * {@link CheckedHost}.
 */
public final class PublicAddresses {

    private static final List<Block> NOT_PUBLIC = List.of(
            Block.of("00000000", 8),
            Block.of("0a000000", 8),
            Block.of("64400000", 10),
            Block.of("7f000000", 8),
            Block.of("a9fe0000", 16),
            Block.of("ac100000", 12),
            Block.of("c0000000", 24),
            Block.of("c0000200", 24),
            Block.of("c0586300", 24),
            Block.of("c0a80000", 16),
            Block.of("c6120000", 15),
            Block.of("c6336400", 24),
            Block.of("cb007100", 24),
            // Multicast, and all above it.
            Block.of("e0000000", 3));

    /** Global unicast; what is outside of it is loopback, link-local, unique local, multicast or nothing. */
    private static final Block GLOBAL_6 = Block.of("20000000000000000000000000000000", 3);

    private static final Block DOCUMENTATION_6 = Block.of("20010db8000000000000000000000000", 32);

    /** Those that carry an address of IPv4, and from which byte on. */
    private static final Block NAT64 = Block.of("0064ff9b000000000000000000000000", 96);

    private static final Block SIX_TO_FOUR = Block.of("20020000000000000000000000000000", 16);
    private static final Block TEREDO = Block.of("20010000000000000000000000000000", 32);

    private final Set<String> exceptions;

    /** An address in the place of a name, in whatever spelling. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*");

    private final Names names;
    private final Predicate<InetAddress> permitted;

    /** Resolves a name. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @param exceptions hosts that may be anywhere, as an intranet's; lower case */
    public PublicAddresses(Set<String> exceptions) {
        this(exceptions, InetAddress::getAllByName, PublicAddresses::isPublic);
    }

    PublicAddresses(Set<String> exceptions, Names names, Predicate<InetAddress> permitted) {
        this.exceptions = Set.copyOf(exceptions);
        this.names = names;
        this.permitted = permitted;
    }

    /**
     * Whether and how a request may be sent.
     *
     * @param refusal why it may not; empty where it may
     * @param host to connect to; empty where any address of its host will do, or where that is not found
     */
    record Way(Optional<String> refusal, Optional<CheckedHost> host) {
        private static final Way ANY = new Way(Optional.empty(), Optional.empty());

        private static Way refused(String why) {
            return new Way(Optional.of(why), Optional.empty());
        }
    }

    /** Why no request may be sent there; empty where one may. For an address that the operator alone chose. */
    public Optional<String> refusal(URI address) {
        return way(address).refusal();
    }

    /** Whether a request may be sent there, and to which of its addresses. */
    Way way(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (!scheme.equals("http") && !scheme.equals("https") || host == null || address.getRawUserInfo() != null) {
            return Way.refused("is no plain address of the web");
        }
        if (exceptions.contains(host.toLowerCase(Locale.ROOT))) {
            return Way.ANY;
        }
        try {
            InetAddress[] all = names.of(host);
            boolean named = !LITERAL.matcher(host).matches();
            return Arrays.stream(all).allMatch(permitted)
                    ? new Way(
                            Optional.empty(), named ? Optional.of(new CheckedHost(address, all[0])) : Optional.empty())
                    : Way.refused("leads into a private network: the address of " + host + " is not public");
        } catch (UnknownHostException notFound) {
            return Way.ANY;
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        // An IPv4 address mapped into IPv6 is one of IPv4 to Java.
        if (address instanceof Inet4Address) {
            return isPublic4(bytes);
        }
        if (NAT64.holds(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.holds(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 2, 6));
        }
        return GLOBAL_6.holds(bytes) && !DOCUMENTATION_6.holds(bytes) && !TEREDO.holds(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        return NOT_PUBLIC.stream().noneMatch(block -> block.holds(bytes));
    }

    /** All addresses that begin with the same bits. */
    private record Block(byte[] first, int bits) {

        static Block of(String hex, int bits) {
            return new Block(HexFormat.of().parseHex(hex), bits);
        }

        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((first[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
