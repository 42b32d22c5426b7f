package org.dailypapers.source.arxiv;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;

/** An answer of arXiv's OAI-PMH, in any of its three forms of metadata. A record's date is that of its last change. */
public final class ArxivOai {
    private static final String COMMENT = "Comment:";

    private ArxivOai() {}

    /**
     * What an answer says of itself.
     *
     * @param records how many came, deleted ones too
     * @param answered the date of the answer by arXiv's clock, from which to ask next; null where it is not said
     * @param token for the next page; empty where this was the last
     */
    record Page(int records, LocalDate answered, Optional<String> token) {}

    /**
     * Reads a file to its end.
     *
     * @throws ArxivAnswerException where it tells of an error
     * @throws IOException where it breaks off or is no such answer; what came before has been handed over
     */
    public static void readFile(InputStream in, RecordTaker taker) throws IOException {
        read(in, taker);
    }

    static Page read(InputStream in, RecordTaker taker) throws IOException {
        var reading = new Reading(taker);
        XmlRecords.read(in, Set.of("record"), reading);
        return new Page(reading.records, reading.answered, reading.token);
    }

    private static final class Reading implements XmlRecords.Taker {
        private final RecordTaker taker;
        private int records;
        private LocalDate answered;
        private Optional<String> token = Optional.empty();

        Reading(RecordTaker taker) {
            this.taker = taker;
        }

        @Override
        public void root(String name) throws IOException {
            if (!Set.of("OAI-PMH", "ListRecords", "GetRecord", "record", "records")
                    .contains(name)) {
                throw new IOException("no answer of OAI-PMH: it begins with <" + name + ">");
            }
        }

        @Override
        public void beside(XmlElement element) throws IOException {
            switch (element.name()) {
                case "responseDate" ->
                    answered = ArxivFields.date(element.text().strip());
                case "resumptionToken" ->
                    token = Optional.of(element.text().strip()).filter(text -> !text.isEmpty());
                case "error" -> {
                    String code = element.attributes().getOrDefault("code", "error");
                    throw new ArxivAnswerException(
                            code, "arXiv says: " + code + " " + ArxivFields.excerpt(element.text()));
                }
                default -> {}
            }
        }

        @Override
        public void record(XmlElement record, long position) throws IOException {
            records++;
            XmlElement header = record.child("header");
            String id = header == null ? null : header.text("identifier");
            PaperRecord paper;
            try {
                paper = taker.decide(draft(record, header));
            } catch (IllegalArgumentException unusable) {
                taker.reject(position, ArxivFields.named(id, unusable));
                return;
            }
            taker.take(paper);
        }
    }

    private static Draft draft(XmlElement record, XmlElement header) {
        LocalDate changed = header == null ? null : ArxivFields.date(header.text("datestamp"));
        if (header != null && "deleted".equals(header.attributes().get("status"))) {
            // OAI-PMH §2.5.1: no metadata comes with it.
            PaperId id = ArxivFields.id(header.text("identifier"));
            return new Draft(PaperRecord.titled(id.value()).withdrawn(true), id, changed, null, Announced.REMOVED);
        }
        XmlElement metadata = record.child("metadata");
        XmlElement paper = metadata == null || metadata.children().isEmpty()
                ? null
                : metadata.children().getFirst();
        if (paper == null) {
            throw new IllegalArgumentException("metadata is missing");
        }
        PaperRecord.Builder rest =
                switch (paper.name()) {
                    case "arXiv" -> ofArxiv(paper);
                    case "arXivRaw", "arXivOld" -> ofRaw(paper);
                    case "dc" -> ofDublinCore(paper, header);
                    default ->
                        throw new IllegalArgumentException(
                                "metadata is of an unknown kind: " + ArxivFields.excerpt(paper.name()));
                };
        String id = paper.text("id") != null || header == null ? paper.text("id") : header.text("identifier");
        return new Draft(rest, ArxivFields.id(id), changed, published(paper), Announced.AGAIN);
    }

    /** The earliest date of a version. */
    private static Instant published(XmlElement paper) {
        return Stream.of(
                        Stream.ofNullable(ArxivFields.instant(paper.text("created"))),
                        paper.all("version").stream()
                                .map(version -> ArxivFields.mailTime(version.text("date")))
                                .filter(Objects::nonNull)
                                .map(OffsetDateTime::toInstant),
                        paper.texts("date").stream().map(ArxivFields::instant).filter(Objects::nonNull))
                .flatMap(dates -> dates)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static PaperRecord.Builder ofArxiv(XmlElement paper) {
        XmlElement authors = paper.child("authors");
        List<String> names = authors == null
                ? List.of()
                : authors.all("author").stream()
                        .map(ArxivOai::name)
                        .filter(ArxivFields::isName)
                        .toList();
        return described(paper).authors(names).authorCount(names.size());
    }

    private static String name(XmlElement author) {
        return String.join(
                " ",
                Stream.of("forenames", "keyname", "suffix")
                        .map(author::text)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static PaperRecord.Builder ofRaw(XmlElement paper) {
        String written = paper.text("authors");
        List<String> names = written == null ? List.of() : ArxivFields.writtenNames(written);
        return described(paper).authors(names).authorCount(names.size());
    }

    private static PaperRecord.Builder described(XmlElement paper) {
        String categories = paper.text("categories");
        String comment = paper.text("comments");
        return PaperRecord.titled(paper.text("title"))
                .summary(paper.text("abstract"))
                .categories(ArxivFields.categories(
                        categories == null ? Stream.empty() : Stream.of(categories.split("\\s+"))))
                .doi(ArxivFields.doi(paper.text("doi")))
                .note(comment)
                .withdrawn(ArxivFields.saysWithdrawn(comment, paper.text("abstract")));
    }

    /** Its subjects are words, so the categories are those of the sets. */
    private static PaperRecord.Builder ofDublinCore(XmlElement paper, XmlElement header) {
        List<String> descriptions = paper.texts("description");
        String comment = descriptions.stream()
                .filter(text -> text.startsWith(COMMENT))
                .map(text -> text.substring(COMMENT.length()))
                .findFirst()
                .orElse(null);
        String summary = descriptions.stream()
                .filter(text -> !text.startsWith(COMMENT))
                .findFirst()
                .orElse(null);
        List<String> names = paper.texts("creator").stream()
                .map(ArxivOai::turned)
                .filter(ArxivFields::isName)
                .toList();
        return PaperRecord.titled(paper.text("title"))
                .summary(summary)
                .authors(names)
                .authorCount(names.size())
                .categories(ArxivFields.categories(
                        header == null
                                ? Stream.empty()
                                : header.texts("setSpec").stream().flatMap(set -> ArxivCategory.ofSet(set).stream())))
                .doi(paper.texts("identifier").stream()
                        .map(ArxivFields::doi)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null))
                .note(comment)
                .withdrawn(ArxivFields.saysWithdrawn(comment, summary));
    }

    /** "Given Family" of "Family, Given" or "Family, Given, Jr.". */
    private static String turned(String name) {
        String[] parts = name.split(",", 3);
        return parts.length == 1
                ? name
                : (parts[1] + " " + parts[0] + (parts.length == 3 ? " " + parts[2].strip() : "")).strip();
    }
}
