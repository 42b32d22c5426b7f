package org.dailypapers.source.arxiv;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Queue;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.Validators;

/**
 * What changed in a category since a date, page by page (OAI-PMH). A change of a paper that is not known is news only if
 * it was submitted shortly before.
 */
final class Harvest implements Reading.Question {
    private static final int MOST_PAGES = 1_000;

    private final SourceClient client;
    private final Rejections rejections;
    private final ArxivCategory category;
    private final LocalDate from;
    private final Instant begun;
    private Optional<String> token = Optional.empty();
    private LocalDate answered;
    private int pages;
    private boolean begunAnew;
    private boolean complete;

    /** Of the page at hand, how many are not of the dates that were asked for. */
    private int odd;

    private String oddOne = "";

    Harvest(SourceClient client, ArxivCategory category, LocalDate from, Clock clock, Rejections rejections) {
        this.client = client;
        this.rejections = rejections;
        this.category = category;
        this.from = from;
        this.begun = clock.instant();
    }

    /** One paper, without a date of its own and as if it were new; empty where there is none of that id. */
    static Optional<PaperRecord> one(SourceClient client, PaperId id) throws SourceException {
        String path = "?verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:" + id.value();
        SourceClient.Answer answer = client.get(path, Validators.NONE);
        var found = new ArrayList<PaperRecord>();
        try (InputStream body = answer.body().open()) {
            ArxivOai.read(body, new RecordTaker() {
                @Override
                public PaperRecord decide(Draft draft) {
                    return draft.listedOn(null).announcedAs(Announced.NEW).paper();
                }

                @Override
                public void take(PaperRecord paper) {
                    found.add(paper);
                }

                @Override
                public void reject(long position, String reason) throws IOException {
                    throw new IOException(reason);
                }
            });
        } catch (ArxivAnswerException said) {
            if (said.code().equals("idDoesNotExist")) {
                return Optional.empty();
            }
            throw client.lie(path, "was refused: " + said.getMessage(), said);
        } catch (IOException rubbish) {
            throw client.lie(path, "answered what cannot be read: " + rubbish.getMessage(), rubbish);
        }
        return found.stream()
                .filter(paper -> paper.id().equals(id) && !paper.withdrawn())
                .findFirst();
    }

    @Override
    public Object server() {
        return client;
    }

    ArxivCategory category() {
        return category;
    }

    /** Whether it was read to its end. */
    boolean complete() {
        return complete;
    }

    /** From where to go on, once what came is stored. */
    Marks.Mark mark() {
        return new Marks.Mark(answered, begun);
    }

    @Override
    public boolean ask(Queue<PaperRecord> papers) throws SourceException {
        String path = "?verb=ListRecords&"
                + token.map(known -> "resumptionToken=" + URLEncoder.encode(known, StandardCharsets.UTF_8))
                        .orElse("metadataPrefix=arXiv&set=" + category.set() + "&from=" + from);
        SourceClient.Answer answer = client.get(path, Validators.NONE);
        if (answer.isMissing()) {
            throw client.failure(path, "answered 404");
        }
        if (answer.body().isEmpty()) {
            throw client.lie(path, "answered 200 with an empty body", null);
        }
        odd = 0;
        try (InputStream body = answer.body().open()) {
            return took(path, ArxivOai.read(body, new Dated(papers)));
        } catch (ArxivAnswerException said) {
            return told(path, said);
        } catch (IOException rubbish) {
            throw client.lie(path, "answered a harvest that cannot be read: " + rubbish.getMessage(), rubbish);
        }
    }

    private boolean took(String path, ArxivOai.Page page) throws SourceException {
        if (odd > 0 && 2 * odd >= page.records()) {
            throw client.lie(
                    path, "answered " + odd + " of " + page.records() + " records of other dates: " + oddOne, null);
        }
        note(page.answered());
        if (page.records() == 0) {
            throw client.lie(path, "answered a page without records", null);
        }
        if (page.token().isPresent() && (page.token().equals(token) || ++pages == MOST_PAGES)) {
            throw client.lie(path, "answered the same page again and again", null);
        }
        token = page.token();
        complete = token.isEmpty();
        return !complete;
    }

    /** The first page's date: what changes while the others are read is of the next harvest. */
    private void note(LocalDate date) {
        LocalDate today = LocalDate.ofInstant(begun, ZoneOffset.UTC);
        if (answered == null) {
            answered = date == null || date.isAfter(today) ? today.minusDays(1) : date;
        }
    }

    private boolean told(String path, ArxivAnswerException said) throws SourceException {
        switch (said.code()) {
            case "noRecordsMatch" -> {
                // Under a clock that is ahead there is nothing either: the place stays where it was.
                note(from);
                complete = true;
                return false;
            }
            case "badResumptionToken" -> {
                // They expire at midnight UTC.
                if (token.isPresent() && !begunAnew) {
                    begunAnew = true;
                    token = Optional.empty();
                    answered = null;
                    return true;
                }
                throw client.failure(path, "was refused: " + said.getMessage(), said);
            }
            default -> throw client.lie(path, "was refused: " + said.getMessage(), said);
        }
    }

    /** Takes what is dated as was asked for. */
    private final class Dated implements RecordTaker {
        private final Queue<PaperRecord> papers;

        Dated(Queue<PaperRecord> papers) {
            this.papers = papers;
        }

        @Override
        public PaperRecord decide(Draft draft) throws IOException {
            LocalDate changed = draft.listed();
            LocalDate latest = LocalDate.ofInstant(begun, ZoneOffset.UTC).plusDays(1);
            if (changed == null || changed.isBefore(from) || changed.isAfter(latest)) {
                odd++;
                oddOne = draft.id() + " is dated " + changed + ", which was not asked for";
                throw new IllegalArgumentException(oddOne);
            }
            LocalDate submitted =
                    draft.published() == null ? changed : LocalDate.ofInstant(draft.published(), ZoneOffset.UTC);
            boolean old = draft.announced() == Announced.AGAIN && !ArxivCalendar.mayBeNew(submitted, changed);
            return (old ? draft.announcedAs(Announced.CHANGED) : draft).paper();
        }

        @Override
        public void take(PaperRecord paper) {
            papers.add(paper);
        }

        @Override
        public void reject(long position, String reason) {
            rejections.note(ArxivSource.NAME, reason, "record " + position + " of a harvest of " + category);
        }
    }
}
