package org.dailypapers.returns;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** How many mails a minute are taken: of one client, and of all. */
final class MailRate {

    /** A relay of ours reports a whole run from one address. */
    static final int OF_A_CLIENT = 600;

    static final int OF_ALL = 3_000;

    private static final long SECONDS = 60;

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
        String name = client instanceof InetSocketAddress known && known.getAddress() != null
                ? known.getAddress().getHostAddress()
                : "";
        // What a client sends beyond its own share takes nothing from the others'.
        return taken.merge(name, 1, Integer::sum) <= OF_A_CLIENT && all++ < OF_ALL;
    }
}
