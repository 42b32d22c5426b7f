package org.dailypapers.source.huggingface;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.SourceClient;

/** The papers of a range of days, each once, page by page as they are asked for. */
final class DailyListing implements Iterator<PaperRecord> {
    private static final int PAGE_SIZE = 100;
    private static final int MOST_PAGES = 100;

    private final SourceClient client;
    private final LocalDate last;
    private final Rejections rejections;
    private final Set<PaperId> seen = new HashSet<>();
    private final Queue<PaperRecord> ready = new ArrayDeque<>();
    private LocalDate day;
    private int page;
    private volatile boolean stopped;

    /** The listing of the days from one to another, both included; its first page is fetched at once. */
    DailyListing(SourceClient client, LocalDate from, LocalDate to, Rejections rejections) throws SourceException {
        this.client = client;
        this.rejections = rejections;
        this.day = from;
        this.last = to;
        fill();
    }

    @Override
    public boolean hasNext() {
        try {
            fill();
            return !stopped && !ready.isEmpty();
        } catch (SourceException failure) {
            stop();
            throw new SourceException.WhileStreaming(failure);
        }
    }

    @Override
    public PaperRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /** Fetches nothing more. */
    void stop() {
        stopped = true;
    }

    private void fill() throws SourceException {
        while (!stopped && ready.isEmpty() && !day.isAfter(last)) {
            if (fetchPage() && page + 1 < MOST_PAGES) {
                page++;
            } else {
                day = day.plusDays(1);
                page = 0;
            }
        }
    }

    /** Whether another page may follow: this one was full, and not only with what is known. */
    private boolean fetchPage() throws SourceException {
        String path = "/api/daily_papers?date=" + day + "&limit=" + PAGE_SIZE + "&p=" + page;
        byte[] body = client.get(path).orElseThrow(() -> client.failure(path, "answered 404"));
        if (!isArray(body)) {
            throw client.lie(path, "answered no JSON array", null);
        }
        int[] items = {0};
        int[] fresh = {0};
        try {
            HuggingFaceItems.read(new ByteArrayInputStream(body), (item, position) -> {
                items[0]++;
                try {
                    // An empty day may answer with the day before: the record's own date counts.
                    PaperRecord paper = HuggingFaceRecords.of(item, day);
                    if (seen.add(paper.id())) {
                        ready.add(paper);
                        fresh[0]++;
                    }
                } catch (IllegalArgumentException unreadable) {
                    fresh[0]++;
                    rejections.note(
                            "huggingface",
                            "record %d of %s, page %d: %s".formatted(position, day, page, unreadable.getMessage()),
                            item.toString());
                }
            });
        } catch (IOException rubbish) {
            throw client.lie(path, "answered JSON that cannot be read: " + rubbish.getMessage(), rubbish);
        }
        return items[0] >= PAGE_SIZE && fresh[0] > 0;
    }

    private static boolean isArray(byte[] body) {
        int at = 0;
        while (at < body.length && body[at] <= ' ' && body[at] >= 0) {
            at++;
        }
        return at < body.length && body[at] == '[';
    }
}
