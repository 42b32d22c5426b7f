package org.dailypapers.source.arxiv;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;

/** A batch of arXiv's announcements, an RSS feed or the same as Atom. */
public final class ArxivRss {
    private static final Pattern DESCRIPTION = Pattern.compile(
            "\\s*arXiv:(?<id>\\S+)\\s+Announce Type:\\s*(?<type>\\S+)\\s+Abstract:\\s*(?<abstract>.*)", Pattern.DOTALL);

    private ArxivRss() {}

    /**
     * Reads a batch to its end.
     *
     * @return how many items came
     * @throws IOException where it breaks off or is no such feed; what came before has been handed over
     */
    public static int read(InputStream in, RecordTaker taker) throws IOException {
        LocalDate[] batch = {null};
        int[] items = {0};
        XmlRecords.read(in, Set.of("item", "entry"), new XmlRecords.Taker() {
            @Override
            public void root(String name) throws IOException {
                if (!Set.of("rss", "RDF", "feed").contains(name)) {
                    throw new IOException("no RSS feed: it begins with <" + name + ">");
                }
            }

            @Override
            public void beside(XmlElement element) {
                // In front of the items; the date of the building is today's even where the content is old.
                if (batch[0] == null && Set.of("pubDate", "updated").contains(element.name())) {
                    batch[0] = day(element.text().strip());
                }
            }

            @Override
            public void record(XmlElement item, long position) throws IOException {
                items[0]++;
                PaperRecord paper;
                try {
                    paper = taker.decide(draft(item, batch[0]));
                } catch (IllegalArgumentException unusable) {
                    taker.reject(position, ArxivFields.named(id(item), unusable));
                    return;
                }
                taker.take(paper);
            }
        });
        return items[0];
    }

    /** The date as it is written; null where it is none. */
    private static LocalDate day(String text) {
        OffsetDateTime time = ArxivFields.mailTime(text);
        return time == null ? ArxivFields.date(text) : time.toLocalDate();
    }

    private static String id(XmlElement item) {
        return Stream.of("guid", "id", "link")
                .map(item::text)
                .filter(text -> text != null)
                .findFirst()
                .orElse(null);
    }

    private static Draft draft(XmlElement item, LocalDate batch) {
        String description = item.text("description") != null ? item.text("description") : item.text("summary");
        Matcher parts = DESCRIPTION.matcher(description == null ? "" : description);
        boolean usual = parts.matches();
        String type =
                item.text("announce_type") != null ? item.text("announce_type") : usual ? parts.group("type") : "new";
        String dated = item.text("pubDate") != null ? item.text("pubDate") : item.text("published");
        LocalDate own = dated == null ? null : day(dated);
        List<String> authors = item.texts("creator").isEmpty()
                ? item.all("author").stream()
                        .map(author -> author.text("name"))
                        .filter(ArxivFields::isName)
                        .toList()
                : item.texts("creator");
        List<String> names = ArxivFields.names(String.join(", ", authors));
        PaperRecord.Builder rest = PaperRecord.titled(item.text("title"))
                .summary(usual ? parts.group("abstract") : description)
                .authors(names)
                .authorCount(names.size())
                .categories(ArxivFields.categories(item.all("category").stream()
                        .map(category -> category.attributes().getOrDefault("term", category.text()))))
                .doi(ArxivFields.doi(item.text("DOI")))
                .withdrawn(usual && ArxivFields.saysWithdrawn(null, parts.group("abstract")));
        return new Draft(rest, ArxivFields.id(id(item)), own != null ? own : batch, null, announced(type));
    }

    private static Announced announced(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "new" -> Announced.NEW;
            case "cross" -> Announced.AGAIN;
            case "replace", "replace-cross" -> Announced.CHANGED;
            default -> throw new IllegalArgumentException("announce_type is unknown: " + ArxivFields.excerpt(type));
        };
    }
}
