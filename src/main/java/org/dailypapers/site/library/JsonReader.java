package org.dailypapers.site.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads CSL-JSON, as Zotero exports it, and the works of ORCID's public interface. */
final class JsonReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 12;

    private JsonReader() {}

    static List<Reference> read(String text, int most) throws JsonProcessingException {
        var references = new ArrayList<Reference>();
        collect(JSON.readTree(text), references, most, 0);
        return references;
    }

    private static void collect(JsonNode node, List<Reference> references, int most, int depth) {
        if (references.size() >= most || depth > DEEPEST) {
            return;
        }
        if (node.isObject() && node.has("title") && !node.has("work-summary")) {
            reference(node).build().ifPresent(references::add);
        } else if (node.isObject() && node.path("work-summary").isArray()) {
            // One work as several sources tell it: the first is preferred.
            JsonNode preferred = node.path("work-summary").path(0);
            reference(preferred.isMissingNode() ? node : preferred).build().ifPresent(references::add);
        } else if (node.isContainerNode()) {
            node.forEach(child -> collect(child, references, most, depth + 1));
        }
    }

    private static ReferenceBuilder reference(JsonNode work) {
        var reference = new ReferenceBuilder();
        JsonNode title = work.path("title");
        reference.title(
                title.isTextual()
                        ? title.asText()
                        : title.path("title").path("value").asText(""));
        reference.summary(work.path("abstract").asText(""));
        for (String name : List.of("DOI", "doi", "URL", "url", "number", "note", "archive_location", "arxiv")) {
            JsonNode value = work.path(name);
            String text = value.isObject() ? value.path("value").asText("") : value.asText("");
            reference.id(text).mention(text);
        }
        for (JsonNode id : work.path("external-ids").path("external-id")) {
            String value = id.path("external-id-value").asText("");
            switch (id.path("external-id-type").asText("")) {
                case "doi", "arxiv" -> reference.id(value).mention(value);
                default -> {}
            }
        }
        return reference;
    }
}
