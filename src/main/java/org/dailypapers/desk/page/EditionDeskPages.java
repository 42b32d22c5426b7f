package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.door.Visitor;
import org.dailypapers.edition.Curation;
import org.dailypapers.operator.Right;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.note.EditionNotes;
import org.dailypapers.paper.note.NoteText;
import org.dailypapers.source.SourceException;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** Editions: looked at, curated, written above, held. */
@Path("/desk/editions")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class EditionDeskPages {

    private static final int EDITIONS = 30;

    private final Editions editions;
    private final Entries entries;
    private final EditionCalendar calendar;
    private final Curation curation;
    private final EditionNotes notes;
    private final Visitor visitor;

    EditionDeskPages(
            Editions editions,
            Entries entries,
            EditionCalendar calendar,
            Curation curation,
            EditionNotes notes,
            Visitor visitor) {
        this.editions = editions;
        this.entries = entries;
        this.calendar = calendar;
        this.curation = curation;
        this.notes = notes;
        this.visitor = visitor;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance editions(List<Line> lines, int older);

        static native TemplateInstance edition(View view);

        private Templates() {}
    }

    /** An edition in a list. */
    record Line(String date, String state, String papers) {}

    /**
     * One edition.
     *
     * @param held whether it waits to be released
     * @param open whether it takes arrivals
     * @param written what the note says as pages show it; null where there is none
     * @param said what the last act came to
     */
    record View(
            String date,
            String state,
            boolean held,
            boolean open,
            String note,
            @Nullable NoteText written,
            List<Place> places,
            @Nullable String said) {}

    /** A paper in it. */
    record Place(String rank, String id, String title, String votes, String source, boolean pinned, boolean hidden) {}

    /** All, newest first. */
    @GET
    @Needs(Right.LOOK)
    public Response all(@QueryParam("from") @DefaultValue("0") int from) {
        int first = Math.clamp(from, 0, 1_000_000);
        List<Editions.Listed> listed = editions.listed(first, EDITIONS);
        return Html.ok(Templates.editions(
                listed.stream()
                        .map(each -> new Line(
                                each.date().toString(),
                                each.history()
                                        ? "history"
                                        : each.closed() ? "closed" : isHeld(each.date()) ? "held" : "open",
                                Times.number(each.papers())))
                        .toList(),
                listed.size() == EDITIONS ? first + EDITIONS : 0));
    }

    private boolean isHeld(LocalDate date) {
        return editions.find(date).map(edition -> edition.held).orElse(false);
    }

    /** One of them. */
    @GET
    @Path("/{date}")
    @Needs(Right.LOOK)
    public Response one(@PathParam("date") String date) {
        return Html.ok(page(edition(date), null));
    }

    private Edition edition(String date) {
        return editions.find(DeedPages.date(date)).orElseThrow(NotFoundException::new);
    }

    private TemplateInstance page(Edition edition, @Nullable String said) {
        String note = notes.markdown(edition.date);
        return Templates.edition(new View(
                edition.date.toString(),
                edition.closed()
                        ? "closed " + Times.of(edition.closedAt)
                        : edition.held
                                ? "held: it closes once it is released"
                                : "open until " + Times.of(calendar.closesAt(edition.date)),
                edition.held && !edition.closed(),
                !edition.closed(),
                note,
                note.isBlank() ? null : NoteText.of(note),
                entries.of(edition.date).stream().map(EditionDeskPages::place).toList(),
                said));
    }

    private static Place place(Entry entry) {
        Paper paper = entry.paper;
        return new Place(
                entry.rank == null ? "" : entry.rank.toString(),
                paper.publicId,
                paper.title,
                paper.votes == null ? "" : paper.votes.toString(),
                entry.source,
                entry.pinned,
                paper.hidden);
    }

    /** Hides, shows, pins or unpins a paper, or adds one by its id. */
    @POST
    @Path("/{date}/paper")
    @Needs(Right.CURATE)
    public Response paper(
            @PathParam("date") String date,
            @FormParam("id") @DefaultValue("") String typed,
            @FormParam("do") @DefaultValue("") String act) {
        Edition edition = edition(date);
        Optional<PaperId> id = PaperId.parse(typed.strip().replaceFirst("^https?://[^/]+/papers/", ""));
        if (id.isEmpty() || !List.of("hide", "show", "pin", "unpin", "add").contains(act)) {
            return Html.status(400, page(edition, "That is no paper's id; write it like 2402.17764, or paste a link."));
        }
        visitor.notes("paper " + act, "paper " + id.get(), "edition " + edition.date);
        String said =
                switch (act) {
                    case "hide" -> curation.hide(id.get(), true) ? null : "There is no such paper.";
                    case "show" -> curation.hide(id.get(), false) ? null : "There is no such paper.";
                    case "add" -> add(id.get());
                    default ->
                        curation.pin(id.get(), edition.date, act.equals("pin"))
                                ? null
                                : "The paper is not in this edition.";
                };
        return said == null
                ? DeskPage.to("/desk/editions/" + edition.date + "#papers")
                : Html.ok(page(edition(date), said));
    }

    private String add(PaperId id) {
        boolean known = curation.find(id).isPresent();
        try {
            return curation.add(id)
                    .map(paper -> paper.title + (known ? ": is here already, first in" : ": joins") + " the edition of "
                            + paper.firstEdition + (paper.hidden ? ", hidden" : "") + ".")
                    .orElse("None of the sources knows " + id + ".");
        } catch (SourceException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Writes the note. */
    @POST
    @Path("/{date}/note")
    @Needs(Right.CURATE)
    public Response note(@PathParam("date") String date, @FormParam("note") @DefaultValue("") String text) {
        Edition edition = edition(date);
        // Browsers end the lines of a form by CRLF.
        String note = text.replace("\r\n", "\n").strip();
        if (note.length() > EditionNotes.LONGEST) {
            return Html.status(
                    400,
                    page(edition, "A note has at most " + EditionNotes.LONGEST + " characters; nothing was changed."));
        }
        visitor.notes("note", "edition " + edition.date, note);
        notes.write(edition.date, note);
        return DeskPage.to("/desk/editions/" + edition.date + "#note");
    }

    /** What holding or releasing does. */
    @GET
    @Path("/{date}/{act:hold|release}")
    @Needs(Right.CURATE)
    public Response ask(@PathParam("date") String date, @PathParam("act") String act) {
        Edition edition = edition(date);
        boolean hold = act.equals("hold");
        return Html.ok(DeskPage.confirm(new DeskPage.Act(
                (hold ? "Hold the edition of " : "Release the edition of ") + edition.date + "?",
                hold
                        ? "It does not close at its time, nor do those after it, and no letters are composed from then on,"
                                + " until it is released. Papers still join it; who confirms meanwhile gets a welcome from"
                                + " an earlier edition."
                        : "It closes at its time, or within a minute where that has come; then letters are composed as each"
                                + " reader's hour comes.",
                "/desk/editions/" + edition.date + "/" + act,
                hold ? "Hold it" : "Release it",
                "/desk/editions/" + edition.date)));
    }

    /** Holds or releases. */
    @POST
    @Path("/{date}/{act:hold|release}")
    @Needs(Right.CURATE)
    public Response hold(@PathParam("date") String date, @PathParam("act") String act) {
        Edition edition = edition(date);
        visitor.notes(act, "edition " + edition.date, "");
        return curation.hold(edition.date, act.equals("hold"))
                ? DeskPage.to("/desk/editions/" + edition.date)
                : Html.status(409, page(edition(date), "It has closed already."));
    }
}
