package org.dailypapers.source.biorxiv;

import static org.dailypapers.source.JsonFields.date;
import static org.dailypapers.source.JsonFields.excerpt;
import static org.dailypapers.source.JsonFields.instant;
import static org.dailypapers.source.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.AuthorNames;
import org.dailypapers.source.HtmlText;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;

/** How one version of a preprint, an item of the interface, becomes a record. */
final class PreprintRecords {

    /** What the server's own converter leaves of figures, of headings and lists, and of small capitals. */
    private static final Pattern FIGURE = Pattern.compile("O_(FIG|TBL)\\b.*?C_\\1\\b", Pattern.DOTALL);

    private static final Pattern HEADING = Pattern.compile("[OC]_(?:ST_ABS|LI|TEXTBOX|UL)");
    private static final Pattern SMALL_CAPITALS = Pattern.compile("[OC]_SCP(?:LOW|CAP)");

    private static final Pattern WITHDRAWN_TITLE =
            Pattern.compile("(?i)\\W*withdrawn(?: (?:article|preprint))? ?[:–—-].*");
    private static final Pattern WITHDRAWN_TEXT = Pattern.compile("(?is)\\s*(?:withdrawal statement"
            + "|the authors have withdrawn"
            + "|th(?:is|e) (?:article|manuscript|paper|preprint) (?:has been|was|is) withdrawn).*");

    private PreprintRecords() {}

    /**
     * The record of an item.
     *
     * @throws IllegalArgumentException where it is none, with its DOI and the field in one line
     */
    static PaperRecord of(JsonNode item) {
        if (!item.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        String name = text(item, "doi");
        PaperId doi = PaperId.doi(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        name == null ? "doi is missing" : "doi is none: " + excerpt(name)));
        try {
            return read(item, doi);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(doi + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static PaperRecord read(JsonNode item, PaperId doi) {
        String title = HtmlText.plain(Objects.requireNonNullElse(known(item, "title"), ""));
        String summary = summary(known(item, "abstract"));
        int version = Objects.requireNonNullElse(number(item, "version"), 1);
        LocalDate listed = date(item, "date");
        if (listed == null) {
            throw new IllegalArgumentException("date is missing");
        }
        // "NA" as long as no journal has it.
        Optional<String> published = PaperId.doiName(text(item, "published"));
        String authors = known(item, "authors");
        String category = known(item, "category");
        return PaperRecord.titled(title)
                .id(doi)
                .doi(published.orElse(text(item, "doi")))
                .preprint(text(item, "doi"))
                .version(version)
                .announced(version > 1 ? Announced.CHANGED : Announced.NEW)
                .summary(summary)
                .authors(authors == null ? List.of() : AuthorNames.ofFamilyFirst(authors))
                .listed(listed)
                .published(version > 1 ? null : instant(item, "date"))
                .categories(category == null ? List.of() : List.of(category))
                .withdrawn(withdrawn(item, title, summary))
                .build();
    }

    private static boolean withdrawn(JsonNode item, String title, String summary) {
        String type = known(item, "type");
        return type != null && type.toLowerCase(Locale.ROOT).contains("withdraw")
                || WITHDRAWN_TITLE.matcher(title).matches()
                || summary != null && WITHDRAWN_TEXT.matcher(summary).matches();
    }

    private static String summary(String text) {
        if (text == null) {
            return null;
        }
        String plain = FIGURE.matcher(text).replaceAll(" ");
        plain = SMALL_CAPITALS.matcher(plain).replaceAll("");
        plain = HEADING.matcher(plain).replaceAll(" ");
        return HtmlText.plain(plain).strip();
    }

    /** A string that says something: the interface writes NA for what it does not know. */
    private static String known(JsonNode item, String field) {
        String text = text(item, field);
        return text == null || text.isBlank() || text.strip().equals("NA") ? null : text;
    }

    /** A whole number, which may stand as a string; null where there is none. */
    static Integer number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        try {
            return value.isIntegralNumber()
                    ? Integer.valueOf(value.intValue())
                    : value.isTextual() ? Integer.valueOf(value.textValue().strip()) : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
