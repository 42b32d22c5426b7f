package org.dailypapers.site.citation;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Titles;
import org.dailypapers.site.answer.Refused;

/** The papers of an edition as BibTeX. */
@Path("/papers.bib")
@Blocking
public class EditionCitationPages {

    private static final int MOST = 500;

    private final Editions editions;
    private final Entries entries;
    private final EditionCalendar calendar;

    EditionCitationPages(Editions editions, Entries entries, EditionCalendar calendar) {
        this.editions = editions;
        this.entries = entries;
        this.calendar = calendar;
    }

    @GET
    public Response edition(@QueryParam("date") String date) {
        LocalDate day = date == null
                ? editions.newestWithPapers(calendar.today()).orElseThrow(NotFoundException::new)
                : date(date);
        List<Paper> papers = entries.of(day, 0, MOST).stream()
                .map(entry -> entry.paper)
                .distinct()
                .toList();
        if (papers.isEmpty()) {
            throw new NotFoundException();
        }
        return Response.ok(BibTex.of(papers))
                .type(BibTex.TYPE)
                .header("Content-Disposition", "inline; filename=\"papers-" + day + ".bib\"")
                .header("Cache-Control", "public, max-age=300")
                .build();
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() > 0 && date.getYear() < 10_000) {
                return date;
            }
        } catch (DateTimeParseException e) {
            throw new Refused(say -> say.noDate(Titles.shortened(text, 40), "2026-01-31"));
        }
        throw new NotFoundException();
    }
}
