package org.dailypapers.source.arxiv;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Queue;
import java.util.stream.Collectors;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.Validators;

/** What was submitted on a range of days, day by day and page by page, by arXiv's search. */
final class Backfill implements Reading.Question {
    private static final int PAGE_SIZE = 1_000;

    private final SourceClient client;
    private final Rejections rejections;
    private final String categories;
    private final LocalDate last;
    private LocalDate day;
    private int start;

    Backfill(SourceClient client, ArxivCategories categories, LocalDate from, LocalDate to, Rejections rejections) {
        this.client = client;
        this.rejections = rejections;
        this.categories = categories.all().stream().map(ArxivCategory::search).collect(Collectors.joining(" OR "));
        this.day = from;
        this.last = to;
    }

    @Override
    public boolean ask(Queue<PaperRecord> papers) throws SourceException {
        String date = day.format(DateTimeFormatter.BASIC_ISO_DATE);
        String query = "(%s) AND submittedDate:[%s0000 TO %s2359]".formatted(categories, date, date);
        String path = "/api/query?search_query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&start=" + start
                + "&max_results=" + PAGE_SIZE + "&sortBy=submittedDate&sortOrder=ascending";
        SourceClient.Answer answer = client.get(path, Validators.NONE);
        if (answer.isMissing()) {
            throw client.failure(path, "answered 404");
        }
        if (answer.body().isEmpty()) {
            throw client.lie(path, "answered 200 with an empty body", null);
        }
        ArxivAtom.Page page;
        try (InputStream body = answer.body().open()) {
            page = ArxivAtom.read(body, new Submitted(papers));
        } catch (IOException rubbish) {
            throw client.lie(path, "answered what cannot be read: " + rubbish.getMessage(), rubbish);
        }
        start += page.entries();
        if (page.entries() == 0 && start < page.total()) {
            throw client.lie(path, "answered nothing, though it says that there are " + page.total(), null);
        }
        if (page.entries() == 0
                || page.total() >= 0 && start >= page.total()
                || page.total() < 0 && page.entries() < PAGE_SIZE) {
            day = day.plusDays(1);
            start = 0;
        }
        return !day.isAfter(last);
    }

    /** Takes what was submitted on the day: for two days in 2025 a range of dates meant another one. */
    private final class Submitted implements RecordTaker {
        private final Queue<PaperRecord> papers;

        Submitted(Queue<PaperRecord> papers) {
            this.papers = papers;
        }

        @Override
        public PaperRecord decide(Draft draft) throws IOException {
            if (!day.equals(draft.listed())) {
                throw new IOException(
                        draft.id() + " was submitted on " + draft.listed() + ", and " + day + " was asked for");
            }
            return draft.announcedAs(Announced.AGAIN).paper();
        }

        @Override
        public void take(PaperRecord paper) {
            papers.add(paper);
        }

        @Override
        public void reject(long position, String reason) {
            rejections.note(ArxivSource.NAME, reason, "entry " + position + " of the search for " + day);
        }
    }
}
