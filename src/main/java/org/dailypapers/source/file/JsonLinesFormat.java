package org.dailypapers.source.file;

import static org.dailypapers.source.JsonFields.count;
import static org.dailypapers.source.JsonFields.date;
import static org.dailypapers.source.JsonFields.flag;
import static org.dailypapers.source.JsonFields.instant;
import static org.dailypapers.source.JsonFields.text;
import static org.dailypapers.source.JsonFields.texts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.PaperRecord;

/**
 * JSON lines, one paper an object: {@code title}, and whatever is known of {@code id}, {@code abstract},
 * {@code authors}, {@code author_count}, {@code categories}, {@code comment}, {@code first_seen}, {@code published},
 * {@code doi}, {@code url}, {@code votes}, {@code comments}, {@code organization}, {@code code}, {@code stars},
 * {@code project}, {@code picture}, {@code keywords}, {@code withdrawn}.
 */
final class JsonLinesFormat implements PaperFormat {
    private static final int LONGEST_LINE = 2 << 20;
    private static final ObjectReader LINE = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean recognises(byte[] head, String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return true;
        }
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        int end = text.indexOf('\n');
        return text.startsWith("{")
                && (end < 0 || text.substring(0, end).stripTrailing().endsWith("}"));
    }

    @Override
    public void read(InputStream in, Context context, Consumer<PaperRecord> accept, Consumer<Rejection> reject)
            throws UnreadableFileException {
        CappedLines lines = new CappedLines(in, LONGEST_LINE);
        FirstRecords first = new FirstRecords(reject);
        Shape shape = new Shape();
        LocalDate edition = context.edition().orElse(null);
        long number = 0;
        try {
            for (Optional<CappedLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                number++;
                if (line.get().isBlank()) {
                    continue;
                }
                PaperRecord paper;
                try {
                    paper = paper(line.get(), edition);
                } catch (IllegalArgumentException unusable) {
                    shape.sawUnusable(line.get());
                    first.rejected(new Rejection("line " + number, unusable.getMessage()));
                    continue;
                }
                shape.sawPaper();
                first.accepted();
                accept.accept(paper);
            }
        } catch (UnreadableFileException rubbish) {
            throw new UnreadableFileException("jsonl: " + shape.fault().orElse(rubbish.getMessage()));
        } catch (IOException broken) {
            first.flush();
            throw new UnreadableFileException("jsonl: line " + (number + 1) + ": " + broken.getMessage(), broken);
        }
        Optional<String> fault = shape.fault();
        if (fault.isPresent()) {
            throw new UnreadableFileException("jsonl: " + fault.get());
        }
        first.flush();
    }

    private static PaperRecord paper(CappedLines.Line line, LocalDate edition) {
        if (line.tooLong()) {
            throw new IllegalArgumentException("longer than " + (LONGEST_LINE >> 20) + " MB");
        }
        String text = line.text().orElseThrow(() -> new IllegalArgumentException("not UTF-8"));
        try {
            return paper(LINE.readTree(text), edition);
        } catch (JsonProcessingException broken) {
            int column = broken.getLocation() == null ? 1 : broken.getLocation().getColumnNr();
            String reason = Titles.oneLine(broken.getOriginalMessage());
            throw new IllegalArgumentException(
                    "not JSON at column " + column + ": " + reason.substring(0, Math.min(reason.length(), 160)),
                    broken);
        }
    }

    private static PaperRecord paper(JsonNode object, LocalDate edition) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        List<String> authors = texts(object, "authors");
        LocalDate firstSeen = date(object, "first_seen");
        return PaperRecord.titled(text(object, "title"))
                .id(id(object))
                .ownName(ownName(object))
                .summary(text(object, "abstract"))
                .authors(authors)
                .authorCount(Objects.requireNonNullElse(count(object, "author_count"), authors.size()))
                .listed(firstSeen != null ? firstSeen : edition)
                .published(instant(object, "published"))
                .votes(count(object, "votes"))
                .comments(count(object, "comments"))
                .organization(text(object, "organization"))
                .keywords(texts(object, "keywords"))
                .categories(texts(object, "categories"))
                .doi(text(object, "doi"))
                .code(text(object, "code"))
                .stars(count(object, "stars"))
                .project(text(object, "project"))
                .picture(text(object, "picture"))
                .url(text(object, "url"))
                .note(text(object, "comment"))
                .withdrawn(flag(object, "withdrawn"))
                .build();
    }

    /** The best identity that the fields give: an arXiv id in any of them, else a DOI, else null. */
    private static PaperId id(JsonNode object) {
        List<PaperId> named = Stream.of("id", "doi", "url")
                .map(field -> text(object, field))
                .filter(Objects::nonNull)
                .flatMap(text -> PaperId.arxiv(text).or(() -> PaperId.doi(text)).stream())
                .toList();
        return named.stream().filter(PaperId::isArxiv).findFirst().orElse(named.isEmpty() ? null : named.getFirst());
    }

    /** An id that is neither an arXiv id nor a DOI; null where there is none. */
    private static String ownName(JsonNode object) {
        String id = text(object, "id");
        return PaperId.arxiv(id).or(() -> PaperId.doi(id)).isPresent() ? null : id;
    }

    /** What the lines tell about the whole file as long as none of them is a paper. */
    private static final class Shape {
        private boolean papers;
        private boolean objects;
        private boolean text;
        private int unusable;

        void sawPaper() {
            papers = true;
        }

        void sawUnusable(CappedLines.Line line) {
            if (!papers) {
                unusable++;
                objects |= line.opensObject();
                text |= line.tooLong() || line.text().isPresent();
            }
        }

        /** Why the file as a whole is none of this format; empty where it may be one. */
        Optional<String> fault() {
            if (papers || unusable == 0) {
                return Optional.empty();
            }
            if (!text && (unusable > 1 || !objects)) {
                return Optional.of("not UTF-8; convert it first, as with iconv -t UTF-8");
            }
            return objects ? Optional.empty() : Optional.of("no line is a JSON object");
        }
    }
}
