package org.dailypapers.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dailypapers.digest.DueReaders;

/** Digests that are composed once and queued as often as wanted, and the packaged service that sends them. */
final class QueuedDigests {

    private final DueReaders due;

    QueuedDigests(DueReaders due) {
        this.due = due;
    }

    /** Composes digests of so many papers, and queues them. */
    void compose(int letters, int papers) throws Exception {
        due.prepare(letters, papers);
        due.run("digest");
        long queued = due.number("select count(*) from message");
        if (queued < letters) {
            throw new IllegalStateException(queued + " of " + letters + " letters were composed");
        }
    }

    /** Puts the first of the messages into the state they had before they were sent. */
    void queue(int letters) throws Exception {
        due.execute(
                "truncate attempt; update message set leased_till = null, lease = 0, attempts = 0, attempts_before = 0,"
                        + " unknowns = 0, not_before = queued_at, ended_at = null, last_reply = null, last_status = null,"
                        + " last_try_at = null, expires_at = now() + interval '1 day', state = case when reference <="
                        + " (select reference from message order by reference limit 1 offset " + (letters - 1)
                        + ") then 'QUEUED' else 'EXPIRED' end");
        due.execute("vacuum analyze message");
        due.execute("checkpoint");
    }

    /** Keeps what is queued from being sent until {@link #hasten}. */
    void hold() throws Exception {
        due.execute("update message set not_before = now() + interval '1 hour'");
    }

    /** Makes due at once what waits: held back, or for its next try, which otherwise comes after minutes. */
    void hasten() throws Exception {
        due.execute("update message set not_before = queued_at where state = 'QUEUED' and not_before > now() and"
                + " (leased_till is null or leased_till < now())");
    }

    /** Who is to get a letter that is queued. */
    Set<String> awaited() throws Exception {
        return new HashSet<>(due.texts("select s.email from message m join digest d on d.id = m.reference join"
                + " subscriber s on s.id = d.subscriber_id where m.state = 'QUEUED'"));
    }

    long queued() throws Exception {
        return due.number("select count(*) from message where state = 'QUEUED'");
    }

    /** Whether any is queued still; far cheaper than to count. */
    boolean waiting() throws Exception {
        return due.number("select case when exists (select 1 from message where state = 'QUEUED') then 1 else 0 end")
                > 0;
    }

    long accepted() throws Exception {
        return due.number("select count(*) from message where state = 'ACCEPTED'");
    }

    /** Starts the service, with a heap of 512 MB and a relay at that port of this machine. */
    Process start(int port, int connections, Map<String, String> settings, List<String> java) throws IOException {
        var all = new HashMap<>(settings);
        all.put("DAILY_PAPERS_SMTP_HOST", "127.0.0.1");
        all.put("DAILY_PAPERS_SMTP_PORT", Integer.toString(port));
        all.putIfAbsent("DAILY_PAPERS_SMTP_SECURITY", "none");
        all.put("DAILY_PAPERS_SMTP_CONNECTIONS", Integer.toString(connections));
        all.put("DAILY_PAPERS_FROM", "Daily Papers <papers@example.org>");
        all.put("DAILY_PAPERS_BASE_URL", "https://papers.example.org");
        all.putIfAbsent("QUARKUS_HTTP_PORT", Integer.toString(free()));
        var options = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
        options.addAll(java);
        return due.start(options, all);
    }

    /** Fails with what the service said where it has ended. */
    void check(Process process) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(due.said()));
        }
    }

    /** An orderly stop. */
    static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }

    /** A port that nobody listens on. */
    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
