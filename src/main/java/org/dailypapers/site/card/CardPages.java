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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.letter.Masthead;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Revisions;
import org.dailypapers.site.answer.Tagged;
import org.dailypapers.site.answer.Validators;
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

    /** Of an edition that is still open. */
    private static final String MINUTES = "public, max-age=600";

    private static final int MOST_KEPT_BYTES = 8 << 20;
    private static final int NAMES = 4;
    private static final int BEST = 3;
    private static final int MOST_WAIT = 4;
    private static final long RETRY_AFTER_SECONDS = 10;

    private final Papers papers;
    private final Editions editions;
    private final Entries entries;
    private final Revisions revisions;
    private final Masthead masthead;
    private final Links links;

    /** A drawing takes a tenth of a second of CPU, and anybody can ask for one: one at a time, and few wait for it. */
    private final Lock drawing = new ReentrantLock();

    private final Semaphore waiting = new Semaphore(MOST_WAIT);

    private @Nullable CardPicture picture;

    /** What a card is of, as it is at that revision. */
    private record Key(String what, long revision) {}

    private record Drawn(byte[] png, String hash) {}

    private final Cache<Key, Drawn> known = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT_BYTES)
            .weigher((Key key, Drawn drawn) -> drawn.png().length)
            .executor(Runnable::run)
            .build();

    CardPages(Papers papers, Editions editions, Entries entries, Revisions revisions, Masthead masthead, Links links) {
        this.editions = editions;
        this.revisions = revisions;
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
    public Response paperCard(String id, @Context HttpHeaders request) {
        Paper paper = PaperId.parse(id).flatMap(papers::find).orElseThrow(NotFoundException::new);
        return answer(new Key(paper.publicId, paper.revision), A_DAY, request, () -> card(paper));
    }

    private CardPicture.Card card(Paper paper) {
        String listed = new PaperId(paper.publicId).isArxiv() ? "arXiv:" + paper.publicId : "";
        String published = paper.published == null ? "" : Dates.SHORT.format(paper.published.atOffset(ZoneOffset.UTC));
        return new CardPicture.Card(
                masthead.name(),
                Stream.of(listed, published, paper.withdrawn ? "withdrawn" : "")
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" · ")),
                paper.title,
                Stream.of(paper.byline(NAMES), paper.organization)
                        .filter(Objects::nonNull)
                        .toList(),
                masthead.accent().light());
    }

    @GET
    @Path("editions/{date:\\d{4}-\\d{2}-\\d{2}}.png")
    @Operation(hidden = true)
    public Response editionCard(String date, @Context HttpHeaders request) {
        LocalDate day = day(date);
        Edition edition = editions.find(day).orElseThrow(NotFoundException::new);
        return answer(new Key(date, revisions.newest()), edition.closed() ? A_DAY : MINUTES, request, () -> card(day));
    }

    private CardPicture.Card card(LocalDate day) {
        List<Entries.Place> places = entries.places(day, day, false);
        if (places.isEmpty()) {
            throw new NotFoundException();
        }
        List<Long> best = places.stream().limit(BEST).map(Entries.Place::paper).toList();
        List<Paper> shown = papers.byIds(best);
        return new CardPicture.Card(
                masthead.name(),
                places.size() == 1 ? "1 paper" : places.size() + " papers",
                Dates.WITH_WEEKDAY.format(day),
                best.stream()
                        .flatMap(id -> shown.stream().filter(paper -> paper.id.equals(id)))
                        .map(paper -> "• " + paper.title)
                        .toList(),
                masthead.accent().light());
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new NotFoundException(e);
        }
    }

    private Response answer(Key key, String cacheControl, HttpHeaders request, Supplier<CardPicture.Card> card) {
        Drawn drawn = known.getIfPresent(key);
        Drawn shown = drawn == null ? drawn(key, card) : drawn;
        return Tagged.answer(request, shown.hash(), cacheControl, () -> Response.ok(shown.png()))
                .build();
    }

    private Drawn drawn(Key key, Supplier<CardPicture.Card> card) {
        if (!waiting.tryAcquire()) {
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        try {
            drawing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        } finally {
            waiting.release();
        }
        try {
            Drawn meanwhile = known.getIfPresent(key);
            if (meanwhile != null) {
                return meanwhile;
            }
            if (picture == null) {
                picture = new CardPicture();
            }
            byte[] png = picture.draw(card.get());
            var drawn = new Drawn(png, Validators.hash(png));
            known.put(key, drawn);
            return drawn;
        } finally {
            drawing.unlock();
        }
    }
}
