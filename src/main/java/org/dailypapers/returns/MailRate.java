package org.dailypapers.returns;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** How many mails a minute are taken: of one client, and of all. */
final class MailRate {

    /** A relay of ours reports a whole run from one address. */
    static final int OF_A_CLIENT = 600;

    static final int OF_ALL = 3_000;

    private static final long SECONDS = 60;
    private static final int NETWORK_OCTETS = 8;

    private final Clock clock;
    private final Map<String, Integer> taken = new HashMap<>();
    private long minute;
    private int all;

    MailRate(Clock clock) {
        this.clock = clock;
    }

    /** Whether one more mail of that client may be taken now, which is counted. */
    synchronized boolean take(SocketAddress client) {
        long now = clock.instant().getEpochSecond() / SECONDS;
        if (now != minute) {
            minute = now;
            all = 0;
            taken.clear();
        }
        // What a client sends beyond its own share takes nothing from the others'.
        return taken.merge(name(client), 1, Integer::sum) <= OF_A_CLIENT && all++ < OF_ALL;
    }

    /** What all addresses of one client have in common: of IPv6 the first 64 bits, for a household has as many as it likes. */
    private static String name(SocketAddress client) {
        if (!(client instanceof InetSocketAddress known) || known.getAddress() == null) {
            return "";
        }
        byte[] address = known.getAddress().getAddress();
        return HexFormat.of().formatHex(address, 0, Math.min(address.length, NETWORK_OCTETS));
    }
}
