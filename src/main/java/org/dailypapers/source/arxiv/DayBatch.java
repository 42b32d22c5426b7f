package org.dailypapers.source.arxiv;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Queue;
import java.util.stream.Collectors;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.Validators;

/**
 * The batch of the day, as the feeds hold it. Their dates lag behind or run ahead of what they hold, so each paper is of
 * the newest batch that is announced, and whether it is new the catalogue tells: yesterday's are known.
 */
final class DayBatch implements Reading.Question {

    private final SourceClient client;
    private final Rejections rejections;
    private final ArxivCalendar calendar;
    private final Clock clock;
    private final String path;
    private Validators stored = Validators.NONE;
    private Validators read = Validators.NONE;

    DayBatch(
            SourceClient client,
            ArxivCategories categories,
            ArxivCalendar calendar,
            Clock clock,
            Rejections rejections) {
        this.client = client;
        this.rejections = rejections;
        this.calendar = calendar;
        this.clock = clock;
        this.path = "/rss/"
                + categories.all().stream().map(ArxivCategory::feed).distinct().collect(Collectors.joining("+"));
    }

    /** The same batch, to be asked for anew. */
    DayBatch again() {
        read = Validators.NONE;
        return this;
    }

    /** What was read is stored: an answer that says that nothing has changed since will do. */
    void stored() {
        stored = read.equals(Validators.NONE) ? stored : read;
    }

    @Override
    public boolean ask(Queue<PaperRecord> papers) throws SourceException {
        Instant now = clock.instant();
        SourceClient.Answer answer = client.get(path, stored);
        if (answer.isUnchanged()) {
            return false;
        }
        if (answer.isMissing()) {
            throw client.failure(path, "answered 404");
        }
        if (answer.body().isEmpty()) {
            throw client.lie(path, "answered 200 with an empty body", null);
        }
        LocalDate label = calendar.newest(now);
        try (InputStream body = answer.body().open()) {
            int items = ArxivRss.read(body, new RecordTaker() {
                @Override
                public PaperRecord decide(Draft draft) {
                    return draft.listedOn(label).paper();
                }

                @Override
                public void take(PaperRecord paper) {
                    papers.add(paper);
                }

                @Override
                public void reject(long position, String reason) {
                    rejections.note(ArxivSource.NAME, reason, "item " + position + " of " + path);
                }
            });
            if (items == 0 && calendar.feedsHoldABatch(now)) {
                throw client.lie(path, "answered an empty batch on a day of announcements", null);
            }
        } catch (IOException rubbish) {
            throw client.lie(path, "answered a feed that cannot be read: " + rubbish.getMessage(), rubbish);
        }
        read = answer.validators();
        return false;
    }
}
