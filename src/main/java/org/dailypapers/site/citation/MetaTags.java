package org.dailypapers.site.citation;

import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.token.Links;
import org.jspecify.annotations.Nullable;

/** What of a paper stands in the head of its page for reference managers (the tags of Highwire Press, as Google Scholar and Zotero read them). */
public final class MetaTags {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd");

    private final List<Tag> tags = new ArrayList<>();

    private MetaTags() {}

    /** One of them. */
    public record Tag(String name, String content) {}

    /** Those of a paper, authors in their order. */
    public static List<Tag> of(Paper paper, Links links) {
        var meta = new MetaTags();
        meta.add("title", paper.title);
        paper.authors.forEach(author -> meta.add("author", author));
        if (paper.published != null) {
            meta.add("publication_date", DATE.format(LocalDate.ofInstant(paper.published, ZoneOffset.UTC)));
            meta.add("online_date", DATE.format(LocalDate.ofInstant(paper.published, ZoneOffset.UTC)));
        }
        if (new PaperId(paper.publicId).isArxiv()) {
            meta.add("arxiv_id", paper.publicId);
            meta.add("pdf_url", "https://arxiv.org/pdf/" + paper.publicId);
        }
        meta.add("doi", paper.doi);
        meta.add("abstract_html_url", links.page(paper.path()).toString());
        URI elsewhere = paper.link();
        meta.add("public_url", elsewhere == null ? null : elsewhere.toASCIIString());
        meta.add("abstract", paper.summary);
        if (!paper.keywords.isEmpty()) {
            meta.add("keywords", String.join("; ", paper.keywords));
        }
        return List.copyOf(meta.tags);
    }

    private void add(String name, @Nullable String content) {
        if (content != null && !content.isEmpty()) {
            tags.add(new Tag("citation_" + name, content));
        }
    }
}
