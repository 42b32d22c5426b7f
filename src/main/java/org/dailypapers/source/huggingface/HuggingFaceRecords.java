package org.dailypapers.source.huggingface;

import static org.dailypapers.source.JsonFields.count;
import static org.dailypapers.source.JsonFields.date;
import static org.dailypapers.source.JsonFields.excerpt;
import static org.dailypapers.source.JsonFields.flag;
import static org.dailypapers.source.JsonFields.instant;
import static org.dailypapers.source.JsonFields.list;
import static org.dailypapers.source.JsonFields.object;
import static org.dailypapers.source.JsonFields.text;
import static org.dailypapers.source.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;

/** How one item of Hugging Face's interface becomes a record. */
public final class HuggingFaceRecords {

    private static final Pattern PICTURE = Pattern.compile("(?i)https://[^?#]+\\.(png|jpe?g|gif)");

    private HuggingFaceRecords() {}

    /**
     * The record of an item of the list ({@code {"paper": {…}, "numComments": …}}) or of a paper by itself; its
     * edition is the date in {@code submittedOnDailyAt}.
     *
     * @param item any JSON value
     * @param edition the edition of an item that names none; may be null
     * @throws IllegalArgumentException where it is no such item, with the paper's id and the field in one line
     */
    public static PaperRecord of(JsonNode item, LocalDate edition) {
        if (!item.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        JsonNode paper = Objects.requireNonNullElse(object(item, "paper"), item);
        String id = text(paper, "id");
        if (id == null) {
            throw new IllegalArgumentException("id is missing");
        }
        PaperId arxiv = PaperId.arxiv(id)
                .orElseThrow(() -> new IllegalArgumentException("id is not an arXiv id: " + excerpt(id)));
        try {
            return read(item, paper, arxiv, edition);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(arxiv + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static PaperRecord read(JsonNode item, JsonNode paper, PaperId id, LocalDate edition) {
        List<JsonNode> authors = list(paper, "authors", author -> author);
        return PaperRecord.titled(either(paper, item, "title"))
                .id(id)
                .summary(either(paper, item, "summary"))
                .authors(authors.stream()
                        .filter(HuggingFaceRecords::isShown)
                        .map(author -> text(author, "name"))
                        .toList())
                .authorCount(authors.size())
                .listed(ownOr(edition, date(paper, "submittedOnDailyAt")))
                // The outer publishedAt is some hours off.
                .published(instant(paper, "publishedAt"))
                .votes(count(paper, "upvotes"))
                .comments(count(item, "numComments"))
                .organization(organization(paper, item))
                .keywords(texts(paper, "ai_keywords"))
                .code(text(paper, "githubRepo"))
                .stars(count(paper, "githubStars"))
                .project(text(paper, "projectPage"))
                .picture(picture(paper))
                .withdrawn(text(paper, "withdrawnAt") != null)
                .build();
    }

    private static LocalDate ownOr(LocalDate edition, LocalDate own) {
        return own != null ? own : edition;
    }

    private static boolean isShown(JsonNode author) {
        if (!author.isObject()) {
            throw new IllegalArgumentException("authors is not an array of objects");
        }
        return !flag(author, "hidden");
    }

    /** Of what authors have uploaded the first still picture of a kind that every Java reads. */
    private static String picture(JsonNode paper) {
        for (JsonNode address : paper.path("mediaUrls")) {
            if (PICTURE.matcher(address.asText()).matches()) {
                return address.asText();
            }
        }
        return null;
    }

    private static String either(JsonNode paper, JsonNode item, String field) {
        String inner = text(paper, field);
        return inner != null ? inner : text(item, field);
    }

    private static String organization(JsonNode paper, JsonNode item) {
        JsonNode inner = object(paper, "organization");
        JsonNode organization = inner != null ? inner : object(item, "organization");
        if (organization == null) {
            return null;
        }
        String fullName = text(organization, "fullname");
        return fullName != null && !fullName.isBlank() ? fullName : text(organization, "name");
    }
}
