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

/**
 * Tells the Internet from this machine and the networks around it (RFC 6890): an address that others choose, by a setting's
 * feed or by a redirect, must not send requests inwards.
 *
 * <p>A name is resolved here and once more when it is connected to; in between Java keeps what it found, for 30 seconds
 * unless {@code networkaddress.cache.ttl} says less, so a name that changes its address (DNS rebinding) gains nothing.
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

    /** @param exceptions hosts that may be anywhere, as an intranet's; lower case */
    public PublicAddresses(Set<String> exceptions) {
        this.exceptions = Set.copyOf(exceptions);
    }

    /** Why no request may be sent there; empty where one may, or where its host is not found. */
    public Optional<String> refusal(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        if (!scheme.equals("http") && !scheme.equals("https") || host == null || address.getRawUserInfo() != null) {
            return Optional.of("is no plain address of the web");
        }
        if (exceptions.contains(host.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(PublicAddresses::isPublic)
                    ? Optional.empty()
                    : Optional.of("leads into a private network: the address of " + host + " is not public");
        } catch (UnknownHostException notFound) {
            return Optional.empty();
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
