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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.figure.ReaderSearch;
import org.dailypapers.desk.figure.ReaderSearch.Segment;
import org.dailypapers.desk.figure.ReaderSearch.State;
import org.dailypapers.operator.Right;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.web.Html;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Who reads: one found by their address, and segments of them. An address stands in no link, for links are logged. */
@Path("/desk")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ReaderPages {

    private static final int ROWS = 50;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 320;

    private final ReaderSearch search;
    private final Subscriptions subscriptions;
    private final Topics topics;

    ReaderPages(ReaderSearch search, Subscriptions subscriptions, Topics topics) {
        this.search = search;
        this.subscriptions = subscriptions;
        this.topics = topics;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance readers(ListView view);

        static native TemplateInstance leavers(List<Leaver> leavers);

        static native TemplateInstance letters(LettersView view);

        private Templates() {}
    }

    /**
     * A list of readers.
     *
     * @param prefix what was looked for; null where a segment is shown
     * @param next the address of the next page; null on the last
     */
    record ListView(
            List<Row> rows,
            @Nullable String prefix,
            @Nullable String fault,
            boolean more,
            @Nullable String next,
            Segment segment,
            List<State> states,
            List<Topic> topics) {}

    /** A reader in a list. */
    record Row(long id, String email, String state, String since, String last) {}

    /** Somebody who left. */
    record Leaver(long id, String email, String at, String reason, String after) {}

    /**
     * Letters of an edition.
     *
     * @param next the address of the next page; null on the last
     */
    record LettersView(
            String edition,
            String state,
            List<Letter> letters,
            List<String> states,
            @Nullable String next) {}

    /** One of them. */
    record Letter(long id, long reader, String email, String state, int attempts, String reply) {}

    @ServerExceptionMapper
    Response tookTooLong(ReaderSearch.TookTooLong e) {
        return Html.status(
                503,
                DeskPage.message(
                        "That takes too long",
                        "The database looked for two seconds and had not found enough for a page. Ask for fewer: leave the"
                                + " topic or the days away, take another state, or type more of the address.",
                        "/desk/readers",
                        "To Audience"));
    }

    /** A segment. */
    @GET
    @Path("/readers")
    @Needs(Right.SERVE)
    public Response segment(
            @QueryParam("state") @DefaultValue("all") String state,
            @QueryParam("topic") @DefaultValue("") String topic,
            @QueryParam("silent") @DefaultValue("0") int silent,
            @QueryParam("age") @DefaultValue("0") int age,
            @QueryParam("before") @DefaultValue("" + Long.MAX_VALUE) long before) {
        State which = Arrays.stream(State.values())
                .filter(each -> each.id().equals(state))
                .findFirst()
                .orElse(State.ALL);
        var segment = new Segment(which, topic, Math.clamp(silent, 0, 3650), Math.clamp(age, 0, 3650));
        List<ReaderSearch.Row> found = search.of(segment, before, ROWS + 1);
        boolean more = found.size() > ROWS;
        List<ReaderSearch.Row> rows = more ? found.subList(0, ROWS) : found;
        String next = more
                ? "/desk/readers?state=" + which.id() + "&topic=" + URLEncoder.encode(topic, StandardCharsets.UTF_8)
                        + "&silent=" + segment.silentDays() + "&age=" + segment.ageDays() + "&before="
                        + rows.getLast().id()
                : null;
        return Html.ok(Templates.readers(view(rows, null, null, more, next, segment)));
    }

    /** Looks an address up; it is posted, so that it stands in nobody's log of addresses. */
    @POST
    @Path("/readers")
    @Needs(Right.SERVE)
    public Response find(@FormParam("address") @DefaultValue("") String typed) {
        String prefix = typed.strip();
        var all = new Segment(State.ALL, "", 0, 0);
        if (prefix.length() < SHORTEST || prefix.length() > LONGEST) {
            return Html.status(
                    400,
                    Templates.readers(view(
                            List.of(), prefix, "Type two letters of an address, or all of it.", false, null, all)));
        }
        Optional<Subscriber> exact = EmailAddress.parse(prefix).flatMap(subscriptions::find);
        if (exact.isPresent()) {
            return DeskPage.to("/desk/readers/" + exact.get().id);
        }
        List<ReaderSearch.Row> found = search.beginning(prefix, ROWS + 1);
        boolean more = found.size() > ROWS;
        return Html.ok(Templates.readers(view(more ? found.subList(0, ROWS) : found, prefix, null, more, null, all)));
    }

    private ListView view(
            List<ReaderSearch.Row> rows,
            @Nullable String prefix,
            @Nullable String fault,
            boolean more,
            @Nullable String next,
            Segment segment) {
        return new ListView(
                rows.stream().map(ReaderPages::row).toList(),
                prefix,
                fault,
                more,
                next,
                segment,
                List.of(State.values()),
                List.copyOf(topics.all()));
    }

    private static Row row(ReaderSearch.Row row) {
        String state =
                switch (row.consent()) {
                    case "CONFIRMED" -> row.pauseUntil() == null ? "reads" : "rests until " + row.pauseUntil();
                    case "PENDING" -> "waits for the link";
                    default -> "left " + Times.of(row.leftAt());
                };
        return new Row(
                row.id(),
                row.email(),
                state,
                Times.of(row.confirmedAt() == null ? row.createdAt() : row.confirmedAt()),
                row.lastDate() == null ? "never" : row.lastDate().toString());
    }

    /** Who left last, why and after which letter. */
    @GET
    @Path("/leavers")
    @Needs(Right.SERVE)
    public Response leavers() {
        return Html.ok(Templates.leavers(search.leavers(2 * ROWS).stream()
                .map(each -> new Leaver(
                        each.id(),
                        each.email(),
                        Times.of(each.at()),
                        each.reason(),
                        each.afterLetter() == null ? "none" : each.afterLetter().toString()))
                .toList()));
    }

    /** The digests of an edition, one state of them. */
    @GET
    @Path("/letters")
    @Needs(Right.SERVE)
    public Response letters(
            @QueryParam("edition") @DefaultValue("") String edition,
            @QueryParam("state") @DefaultValue("all") String state,
            @QueryParam("after") @DefaultValue("0") long after) {
        LocalDate date = DeedPages.date(edition);
        List<String> states =
                List.of("all", "queued", "accepted", "rejected", "expired", "withdrawn", "bounced", "complained");
        if (!states.contains(state)) {
            throw new NotFoundException();
        }
        List<ReaderSearch.Letter> found = search.letters(date, state, after, 2 * ROWS);
        return Html.ok(Templates.letters(new LettersView(
                date.toString(),
                state,
                found.stream()
                        .map(each -> new Letter(
                                each.digest(),
                                each.reader(),
                                each.email(),
                                each.state() == null
                                        ? "forgotten"
                                        : each.state().toLowerCase(Locale.ROOT),
                                each.attempts(),
                                each.reply() == null ? "" : each.reply()))
                        .toList(),
                states,
                found.size() == 2 * ROWS
                        ? "/desk/letters?edition=" + date + "&state=" + state + "&after="
                                + found.getLast().digest()
                        : null)));
    }
}
