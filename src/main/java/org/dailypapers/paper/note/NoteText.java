package org.dailypapers.paper.note;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Objects;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;

/**
 * A note as pages and letters show it.
 *
 * @param html paragraphs, lists, emphasis and links alone, whatever was written
 * @param text for the text part of a letter
 */
public record NoteText(String html, String text) {

    private static final Parser PARSER = Parser.builder().build();

    // Whatever HTML somebody writes shows as they wrote it; only http, https and mailto are linked.
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().build();

    private static final Safelist ALLOWED = new Safelist()
            .addTags("p", "br", "a", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre")
            .addAttributes("a", "href")
            .addAttributes("ol", "start")
            .addProtocols("a", "href", "http", "https", "mailto")
            .addEnforcedAttribute("a", "rel", "noopener");

    private static final int KEPT = 64;
    private static final LoadingCache<String, NoteText> MADE =
            Caffeine.newBuilder().maximumSize(KEPT).build(NoteText::make);

    /** What that Markdown (CommonMark) says; kept, for every letter of an edition has the same. */
    public static NoteText of(String markdown) {
        return Objects.requireNonNull(MADE.get(markdown));
    }

    private static NoteText make(String markdown) {
        Node read = PARSER.parse(markdown);
        String html = Jsoup.clean(
                HTML.render(read).replaceAll("<(/?)h[1-6]>", "<$1p>"),
                "",
                ALLOWED,
                new Document.OutputSettings().prettyPrint(false));
        return new NoteText(html.strip(), TEXT.render(read).strip());
    }
}
