package org.dailypapers.site.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Listing;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.token.Links;
import org.jspecify.annotations.Nullable;

/** What search engines are told: which pages there are (sitemaps.org), and which they need not read. */
@Path("/")
@Blocking
public class SitemapPages {

    /** The protocol allows 50,000 in a file. */
    private static final int MOST_EDITIONS = 20_000;

    private static final int MOST_KEPT = 16 << 20;
    private static final Duration KEPT = Duration.ofHours(1);

    private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private final Listing listing;
    private final Editions editions;
    private final Topics topics;
    private final Revisions revisions;
    private final EditionCalendar calendar;
    private final Links links;

    /** A file as it is at that revision of the catalogue. */
    private record Named(String name, long revision) {}

    private final Cache<Named, String> known = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT)
            .weigher((Named name, String file) -> file.length())
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    SitemapPages(
            Listing listing,
            Editions editions,
            Topics topics,
            Revisions revisions,
            EditionCalendar calendar,
            Links links) {
        this.listing = listing;
        this.editions = editions;
        this.topics = topics;
        this.revisions = revisions;
        this.calendar = calendar;
        this.links = links;
    }

    @GET
    @Path("robots.txt")
    public Response robots() {
        return Response.ok("""
                        User-agent: *
                        Disallow: /papers?q=
                        Disallow: /*lang=
                        Disallow: /address/
                        Disallow: /command
                        Disallow: /confirm/
                        Disallow: /feeds/
                        Disallow: /letters/
                        Disallow: /mailbox
                        Disallow: /preferences/
                        Disallow: /q/
                        Disallow: /unsubscribe/

                        Sitemap: %s
                        """.formatted(links.page("/sitemap.xml")))
                .type("text/plain;charset=UTF-8")
                .header("Cache-Control", "public, max-age=86400")
                .build();
    }

    @GET
    @Path("sitemap.xml")
    public Response index() {
        return file(
                "index",
                () -> xml("sitemapindex", out -> {
                    out.page("sitemap", links.page("/sitemaps/pages.xml").toString(), null);
                    for (long part : listing.parts()) {
                        out.page(
                                "sitemap",
                                links.page("/sitemaps/papers-" + part + ".xml").toString(),
                                null);
                    }
                }));
    }

    @GET
    @Path("sitemaps/{name}")
    public Response part(String name) {
        if (name.equals("pages.xml")) {
            return file(name, this::pages);
        }
        if (!name.matches("papers-(0|[1-9][0-9]{0,8})\\.xml")) {
            throw new NotFoundException();
        }
        return file(name, () -> papers(Long.parseLong(name.replaceAll("[^0-9]", ""))));
    }

    private @Nullable String papers(long part) {
        List<Listing.Page> papers = listing.of(part);
        return papers.isEmpty()
                ? null
                : xml("urlset", out -> {
                    for (Listing.Page paper : papers) {
                        out.page("url", links.page(paper.path()).toString(), paper.changed());
                    }
                });
    }

    private String pages() {
        return xml("urlset", out -> {
            out.page("url", links.page("/").toString(), null);
            out.page("url", links.page("/topics").toString(), null);
            out.page("url", links.page("/subscribe").toString(), null);
            for (Topic topic : topics.all()) {
                out.page("url", links.page("/topics/" + topic.slug()).toString(), null);
            }
            for (LocalDate date : editions.lastWithPapers(calendar.today(), MOST_EDITIONS)) {
                out.page("url", links.page("/papers?date=" + date).toString(), null);
            }
        });
    }

    private Response file(String name, Supplier<@Nullable String> made) {
        String file = known.get(new Named(name, revisions.newest()), n -> made.get());
        if (file == null) {
            throw new NotFoundException();
        }
        return Response.ok(file)
                .type("application/xml;charset=UTF-8")
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }

    /** What of a file its root holds. */
    private interface Content {
        void write(Out out) throws XMLStreamException;
    }

    private static String xml(String root, Content content) {
        var text = new StringWriter();
        text.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(NAMESPACE);
            content.write(new Out(xml));
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A sitemap can always be written", e);
        }
        return text.toString();
    }

    private record Out(XMLStreamWriter xml) {
        void page(String element, String address, @Nullable Instant changed) throws XMLStreamException {
            xml.writeCharacters("\n");
            xml.writeStartElement(element);
            xml.writeStartElement("loc");
            xml.writeCharacters(address);
            xml.writeEndElement();
            if (changed != null) {
                xml.writeStartElement("lastmod");
                xml.writeCharacters(changed.toString());
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
    }
}
