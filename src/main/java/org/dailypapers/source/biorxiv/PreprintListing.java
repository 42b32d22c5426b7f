package org.dailypapers.source.biorxiv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.SourceClient;

/** The preprints of a range of days, day by day and page by page, as they are asked for. */
final class PreprintListing implements Iterator<PaperRecord> {
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();

    /** A day has a few hundred. */
    private static final int MOST_OF_A_DAY = 20_000;

    /** So many days hold a working day at least, on which both servers list something. */
    private static final int NEVER_EMPTY_DAYS = 5;

    private final SourceClient client;
    private final String server;
    private final Rejections rejections;
    private final LocalDate first;
    private final LocalDate last;
    private final Set<String> seen = new HashSet<>();
    private final Queue<PaperRecord> ready = new ArrayDeque<>();
    private LocalDate day;
    private int cursor;
    private long came;
    private volatile boolean stopped;

    /** The listing of the days from one to another, both included; its first page is fetched at once. */
    PreprintListing(SourceClient client, String server, LocalDate from, LocalDate to, Rejections rejections)
            throws SourceException {
        this.client = client;
        this.server = server;
        this.rejections = rejections;
        this.first = from;
        this.last = to;
        this.day = from;
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
            if (fetchPage()) {
                day = day.plusDays(1);
                cursor = 0;
                seen.clear();
                if (day.isAfter(last) && came == 0 && ChronoUnit.DAYS.between(first, day) >= NEVER_EMPTY_DAYS) {
                    throw new SourceException(server + ": lists nothing from " + first + " to " + last, null);
                }
            }
        }
    }

    /** Whether this was the day's last page. */
    private boolean fetchPage() throws SourceException {
        String path = "/details/" + server + "/" + day + "/" + day + "/" + cursor + "/json";
        byte[] body = client.get(path).orElseThrow(() -> client.failure(path, "answered 404"));
        JsonNode answer = read(path, body);
        JsonNode collection = answer.path("collection");
        JsonNode message = answer.path("messages").path(0);
        if (!collection.isArray()) {
            throw client.lie(path, "answered no list of preprints", null);
        }
        Integer total = PreprintRecords.number(message, "total");
        if (collection.isEmpty()) {
            String status = message.path("status").asText("");
            boolean end = status.equalsIgnoreCase("ok")
                    || status.toLowerCase(Locale.ROOT).contains("no posts");
            if (!end || total != null && cursor < total) {
                throw client.failure(path, "broke off at " + cursor + " of " + total + " preprints");
            }
            return true;
        }
        for (JsonNode item : collection) {
            take(path, item);
        }
        // Pages are of 30 or of 100: what came counts, and not the number that the answer gives.
        cursor += collection.size();
        came += collection.size();
        return total != null && cursor >= total || cursor >= MOST_OF_A_DAY;
    }

    private void take(String path, JsonNode item) throws SourceException {
        try {
            PaperRecord paper = PreprintRecords.of(item);
            if (!paper.listed().equals(day)) {
                throw client.lie(path, "answered a preprint of " + paper.listed(), null);
            }
            if (seen.add(paper.id() + " " + paper.version())) {
                ready.add(paper);
            }
        } catch (IllegalArgumentException unreadable) {
            rejections.note(server, "of " + day + ": " + unreadable.getMessage(), item.toString());
        }
    }

    private JsonNode read(String path, byte[] body) throws SourceException {
        try {
            JsonNode answer = JSON.readTree(body);
            if (answer == null || answer.isMissingNode()) {
                throw client.lie(path, "answered an empty body", null);
            }
            return answer;
        } catch (JsonProcessingException rubbish) {
            throw client.lie(
                    path,
                    "answered JSON that cannot be read: " + Titles.oneLine(rubbish.getOriginalMessage()),
                    rubbish);
        } catch (IOException impossible) {
            throw client.lie(path, "cannot be read", impossible);
        }
    }
}
