package org.dailypapers.site.card;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dailypapers.letter.Masthead;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.token.Links;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The cards of papers and editions. */
@Singleton
@Named("cards")
@Path("/cards")
@Produces("image/png")
@Blocking
public class CardPages {

    private static final String A_DAY = "public, max-age=86400";
    private static final int MOST_KEPT_BYTES = 8 << 20;
    private static final int NAMES = 4;
    private static final int BEST = 3;
    private static final long PATIENCE_SECONDS = 3;
    private static final long RETRY_AFTER_SECONDS = 10;

    private final Papers papers;
    private final Entries entries;
    private final Masthead masthead;
    private final Links links;

    /** A drawing takes a tenth of a second of CPU, and anybody can ask for one. */
    private final Semaphore drawing = new Semaphore(1);

    private @Nullable CardPicture picture;

    private final Cache<CardPicture.Card, byte[]> known = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT_BYTES)
            .weigher((CardPicture.Card card, byte[] png) -> png.length)
            .executor(Runnable::run)
            .build();

    CardPages(Papers papers, Entries entries, Masthead masthead, Links links) {
        this.papers = papers;
        this.entries = entries;
        this.masthead = masthead;
        this.links = links;
    }

    /** Where the card of a paper lies, by the paper's own page. */
    public URI paper(String page) {
        return links.page("/cards" + page + ".png");
    }

    /** Where the card of an edition lies, by its date. */
    public URI edition(String date) {
        return links.page("/cards/editions/" + date + ".png");
    }

    @GET
    @Path("papers/{id:.+}.png")
    @Operation(hidden = true)
    public Response paperCard(String id) {
        Paper paper = PaperId.parse(id).flatMap(papers::find).orElseThrow(NotFoundException::new);
        return answer(new CardPicture.Card(
                masthead.name(),
                Stream.of(new PaperId(paper.publicId).isArxiv() ? "arXiv:" + paper.publicId : "", published(paper))
                        .filter(part -> !part.isEmpty())
                        .reduce((one, other) -> one + " · " + other)
                        .orElse(""),
                paper.title,
                Stream.of(paper.byline(NAMES), paper.organization)
                        .filter(Objects::nonNull)
                        .toList(),
                masthead.accent().light()));
    }

    private static String published(Paper paper) {
        return paper.published == null ? "" : Dates.SHORT.format(paper.published.atOffset(ZoneOffset.UTC));
    }

    @GET
    @Path("editions/{date:\\d{4}-\\d{2}-\\d{2}}.png")
    @Operation(hidden = true)
    public Response editionCard(String date) {
        LocalDate day = day(date);
        List<Entries.Place> places = entries.places(day, day, false);
        if (places.isEmpty()) {
            throw new NotFoundException();
        }
        List<Long> best = places.stream().limit(BEST).map(Entries.Place::paper).toList();
        List<Paper> shown = papers.byIds(best);
        return answer(new CardPicture.Card(
                masthead.name(),
                places.size() == 1 ? "1 paper" : places.size() + " papers",
                Dates.WITH_WEEKDAY.format(day),
                best.stream()
                        .flatMap(id -> shown.stream().filter(paper -> paper.id.equals(id)))
                        .map(paper -> "• " + paper.title)
                        .toList(),
                masthead.accent().light()));
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new NotFoundException(e);
        }
    }

    private Response answer(CardPicture.Card card) {
        byte[] png = known.getIfPresent(card);
        if (png == null) {
            png = drawn(card);
            known.put(card, png);
        }
        return Response.ok(png).header(HttpHeaders.CACHE_CONTROL, A_DAY).build();
    }

    private byte[] drawn(CardPicture.Card card) {
        try {
            if (!drawing.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        try {
            if (picture == null) {
                picture = new CardPicture();
            }
            return picture.draw(card);
        } finally {
            drawing.release();
        }
    }
}
