package org.dailypapers.site.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.Json;
import java.util.List;
import org.dailypapers.language.Languages;
import org.jspecify.annotations.Nullable;

/** Writes a feed as JSON Feed 1.1. */
final class JsonFormat {

    static final String TYPE = "application/feed+json";

    private static final String VERSION = "https://jsonfeed.org/version/1.1";

    private JsonFormat() {}

    private record Author(String name) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Item(
            String id,
            String url,
            @JsonProperty("external_url") @Nullable String externalUrl,
            String title,

            @JsonProperty("content_html") @JsonInclude String html,

            @JsonProperty("date_published") String published,
            @JsonProperty("date_modified") String modified,
            List<Author> authors,
            List<String> tags,
            @Nullable String language) {

        static Item of(FeedItem item, @Nullable String language) {
            return new Item(
                    item.page().toString(),
                    item.page().toString(),
                    item.elsewhere() == null ? null : item.elsewhere().toASCIIString(),
                    item.title(),
                    item.html(),
                    item.published().toString(),
                    item.updated().toString(),
                    item.authors().stream().map(Author::new).toList(),
                    item.tags(),
                    language);
        }
    }

    private record Document(
            String version,
            String title,
            @JsonProperty("home_page_url") String page,
            @JsonProperty("feed_url") String self,
            String description,
            String language,
            List<Item> items) {}

    static String write(Feed feed) {
        return Json.encode(new Document(
                VERSION,
                feed.title(),
                feed.page().toString(),
                feed.self().toString(),
                feed.about(),
                feed.language(),
                feed.items().stream()
                        .map(item -> Item.of(item, feed.foreign() ? Languages.ENGLISH : null))
                        .toList()));
    }
}
