package org.dailypapers.site.citation;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reference managers and search engines find. */
@QuarkusTest
class CitationPagesTest {

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        PaperRecord.titled("\"Quoted\" <b> & $\\alpha$")
                                .id(PaperId.arxiv("2603.00001").orElseThrow())
                                .summary("About <think> & 0.2<z<0.8.")
                                .authors(List.of("Ada \"Countess\" Lovelace", "Grace Hopper"))
                                .categories(List.of("cs.CL"))
                                .keywords(List.of("speech", "machines"))
                                .doi("10.1000/xyz")
                                .listed(LocalDate.parse("2026-03-02"))
                                .published(Instant.parse("2026-03-01T23:59:00Z"))
                                .build(),
                        paper("hep-th/9901001", "Strings", "2026-03-02", 3)),
                n -> {});
    }

    private static Document page(String address) {
        return Jsoup.parse(given().get(address).asString());
    }

    private static List<String> tags(Document page, String name) {
        return page.select("meta[name=citation_" + name + "]").eachAttr("content");
    }

    @Test
    void aPapersPageNamesWhatReferenceManagersRead() {
        String title = given().get("/api/v1/papers/2603.00001").jsonPath().getString("title");
        Document page = page("/papers/2603.00001");
        assertEquals(List.of(title), tags(page, "title"));
        assertEquals(List.of("Ada \"Countess\" Lovelace", "Grace Hopper"), tags(page, "author"));
        assertEquals(List.of("2026/03/01"), tags(page, "publication_date"));
        assertEquals(List.of("2603.00001"), tags(page, "arxiv_id"));
        assertEquals(List.of("10.1000/xyz"), tags(page, "doi"));
        assertEquals(List.of("https://arxiv.org/pdf/2603.00001"), tags(page, "pdf_url"));
        assertEquals(List.of("http://localhost:8080/papers/2603.00001"), tags(page, "abstract_html_url"));
        assertEquals(List.of("About <think> & 0.2<z<0.8."), tags(page, "abstract"));
        assertEquals(List.of("speech; machines"), tags(page, "keywords"));
        assertEquals(title, page.select("meta[property=og:title]").attr("content"));
        assertEquals(
                "http://localhost:8080/papers/2603.00001",
                page.select("meta[property=og:url]").attr("content"));
        assertEquals(
                "http://localhost:8080/papers/2603.00001",
                page.select("link[rel=canonical]").attr("href"));
        assertEquals(List.of(), tags(page("/papers/hep-th/9901001"), "doi"));
    }

    @Test
    void aPaperIsThereAsBibTexByEachOfItsNames() {
        for (String address :
                List.of("/papers/2603.00001.bib", "/papers/2603.00001v2.bib", "/papers/arXiv:2603.00001.bib")) {
            Response answer = given().get(address);
            assertEquals(200, answer.statusCode(), address);
            assertEquals(
                    "application/x-bibtex;charset=UTF-8", answer.contentType().replace(" ", ""));
            assertTrue(answer.asString().startsWith("@misc{lovelace2026-2603.00001,"), answer.asString());
        }
        String link = page("/papers/hep-th/9901001")
                .select("link[type=application/x-bibtex]")
                .attr("href");
        assertTrue(given().get(link).asString().contains("eprint = {hep-th/9901001}"));
        assertEquals(200, given().accept("application/x-bibtex").get(link).statusCode());
        assertEquals(200, given().accept("text/html").get("/papers/2603.00001").statusCode());
        assertEquals(404, given().get("/papers/2603.99999.bib").statusCode());
        assertEquals(404, given().get("/papers/.bib").statusCode());
    }

    @Test
    void anEditionIsThereAsBibTex() {
        String link = page("/papers?date=2026-03-02")
                .select("link[type=application/x-bibtex]")
                .attr("href");
        assertEquals("/papers.bib?date=2026-03-02", link);
        Response answer = given().get(link);
        assertEquals(2, answer.asString().split("(?m)^@misc").length - 1);
        assertEquals(answer.asString(), given().get("/papers.bib").asString());
        assertEquals(404, given().get("/papers.bib?date=2026-02-01").statusCode());
        assertEquals(400, given().get("/papers.bib?date=yesterday").statusCode());
        assertEquals(
                404,
                given().urlEncodingEnabled(false)
                        .get("/papers.bib?date=-0001-01-01")
                        .statusCode());
    }

    @Test
    void theSitemapLeadsToEveryPage() {
        Document index = xml("/sitemap.xml");
        var pages = new ArrayList<String>();
        for (String part : index.select("sitemapindex > sitemap > loc").eachText()) {
            pages.addAll(
                    xml(URI.create(part).getPath()).select("urlset > url > loc").eachText());
        }
        for (String page : List.of(
                "/",
                "/topics",
                "/topics/reasoning",
                "/papers?date=2026-03-02",
                "/papers/2603.00001",
                "/papers/hep-th/9901001")) {
            assertTrue(pages.contains("http://localhost:8080" + page), page + " in " + pages);
        }
        for (String absent : List.of(
                "/sitemaps/papers-999999999.xml",
                "/sitemaps/papers-01.xml",
                "/sitemaps/x.xml",
                "/sitemaps/papers-9999999999.xml")) {
            assertEquals(404, given().get(absent).statusCode(), absent);
        }
        assertTrue(given().get("/robots.txt").asString().contains("\nSitemap: http://localhost:8080/sitemap.xml\n"));
    }

    private static Document xml(String address) {
        Response answer = given().get(address);
        assertEquals(200, answer.statusCode(), address);
        assertEquals("application/xml;charset=UTF-8", answer.contentType().replace(" ", ""));
        return Jsoup.parse(answer.asString(), "", Parser.xmlParser());
    }
}
