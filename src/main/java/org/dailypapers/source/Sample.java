package org.dailypapers.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.paper.PaperId;

/** The bundled papers, for a machine that no live source answers: real ones, laid into the last few editions. */
public final class Sample {

    private static final String RESOURCE = "/sample/papers.jsonl";

    private Sample() {}

    /** The papers, as if they had been listed in the days up to today. */
    public static List<PaperRecord> papers(LocalDate today) {
        var json = new ObjectMapper();
        var records = new ArrayList<PaperRecord>();
        try (InputStream in = Sample.class.getResourceAsStream(RESOURCE);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(record(json.readTree(line), today));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled sample cannot be read", e);
        }
        return records;
    }

    private static PaperRecord record(JsonNode line, LocalDate today) {
        var builder = PaperRecord.titled(line.required("title").asText());
        builder.id(PaperId.arxiv(line.required("id").asText()).orElseThrow());
        builder.summary(line.required("abstract").asText());
        builder.authors(texts(line, "authors"));
        builder.authorCount(line.required("author_count").asInt());
        builder.categories(texts(line, "categories"));
        builder.keywords(texts(line, "keywords"));
        builder.organization(line.path("organization").asText(null));
        builder.votes(line.required("votes").asInt());
        builder.comments(line.hasNonNull("comments") ? line.get("comments").asInt() : null);
        builder.code(line.path("code").asText(null));
        builder.stars(line.hasNonNull("stars") ? line.get("stars").asInt() : null);
        builder.published(LocalDate.parse(line.required("published").asText())
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC));
        builder.listed(today.minusDays(line.required("day").asInt()));
        return builder.build();
    }

    private static List<String> texts(JsonNode line, String field) {
        var texts = new ArrayList<String>();
        line.path(field).forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
