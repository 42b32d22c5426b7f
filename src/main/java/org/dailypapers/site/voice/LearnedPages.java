package org.dailypapers.site.voice;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.library.Library;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.liking.Leaning;
import org.dailypapers.subscriber.liking.Liked;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.liking.MutedLines;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** Everything that was learned about a reader, each piece to be switched off or erased; by their private link alone. */
@Path("/learned/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class LearnedPages {

    /** More are counted and in the export. */
    private static final int MOST_SHOWN = 500;

    private final LinkTokens tokens;
    private final Subscriptions subscriptions;
    private final Likes likes;
    private final MutedLines muted;
    private final MutedInterests interests;
    private final Papers papers;
    private final Library library;

    LearnedPages(
            LinkTokens tokens,
            Subscriptions subscriptions,
            Likes likes,
            MutedLines muted,
            MutedInterests interests,
            Papers papers,
            Library library) {
        this.muted = muted;
        this.interests = interests;
        this.tokens = tokens;
        this.subscriptions = subscriptions;
        this.likes = likes;
        this.papers = papers;
        this.library = library;
    }

    /**
     * A paper that was spoken of.
     *
     * @param link its page; null where it is not in the catalogue
     */
    public record SpokenOf(long id, String title, @Nullable String link, String said, String day, boolean active) {}

    /** A line of the interests that a press in a letter muted. */
    public record MutedLine(long id, String line, String day) {}

    /** The page. */
    public record LearnedView(
            String address,
            String preferences,
            @Nullable String notice,
            long count,
            int followed,
            List<SpokenOf> papers,
            List<MutedLine> muted) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance learned(LearnedView view);

        private Templates() {}
    }

    @GET
    public Response show(String token) {
        return with(token, subscriber -> page(token, subscriber, null));
    }

    @POST
    public Response change(
            String token,
            @FormParam("action") @Nullable String action,
            @FormParam("id") @Nullable Long id,
            @FormParam("library") @Nullable String text) {
        return with(token, subscriber -> {
            String asked = action == null ? "" : action;
            boolean on = asked.equals("on");
            String notice =
                    switch (asked) {
                        case "off", "on" -> {
                            likes.switched(subscriber, id == null ? 0 : id, on);
                            yield on ? "Switched on." : "Switched off.";
                        }
                        case "forget" -> {
                            likes.forget(subscriber, id == null ? 0L : id);
                            yield "Erased.";
                        }
                        case "unmute" -> {
                            interests.bringBack(subscriber, id == null ? 0L : id);
                            yield "It is among your interests again.";
                        }
                        case "forget-all" -> {
                            likes.forgetAll(subscriber);
                            muted.forgetAll(subscriber);
                            yield "All of it is erased.";
                        }
                        case "library" ->
                            library.like(subscriber, text == null ? "" : text).inWords();
                        default -> "There is no such action.";
                    };
            return page(token, subscriber, notice);
        });
    }

    private Response page(String token, long subscriber, @Nullable String notice) {
        List<Liked> shown = likes.newest(subscriber, MOST_SHOWN);
        Map<String, Paper> known = papers
                .withPublicIds(shown.stream().map(l -> l.paper).toList())
                .stream()
                .collect(Collectors.toMap(p -> p.publicId, p -> p));
        return Html.ok(Templates.learned(new LearnedView(
                "/learned/" + token,
                "/preferences/" + token,
                notice,
                likes.count(subscriber),
                Likes.FOLLOWED,
                shown.stream().map(l -> spokenOf(l, known.get(l.paper))).toList(),
                muted.all(subscriber).stream()
                        .map(m -> new MutedLine(
                                Objects.requireNonNull(m.id),
                                m.line,
                                Dates.SHORT.format(m.mutedAt.atOffset(ZoneOffset.UTC))))
                        .toList())));
    }

    private static SpokenOf spokenOf(Liked liked, @Nullable Paper paper) {
        var said = new ArrayList<String>();
        if (liked.leaning != null) {
            said.add(liked.leaning == Leaning.MORE ? "more like this" : "less like this");
        }
        if (liked.saved) {
            said.add("saved");
        }
        return new SpokenOf(
                Objects.requireNonNull(liked.id),
                paper != null ? paper.title : liked.title != null ? liked.title : liked.paper,
                paper == null || paper.hidden ? null : paper.path(),
                String.join(", ", said),
                Dates.SHORT.format(liked.saidAt.atOffset(ZoneOffset.UTC)),
                liked.active);
    }

    private Response with(String token, Function<Long, Response> page) {
        return switch (tokens.read(TokenPurpose.PRIVATE, token)) {
            case LinkTokens.Valid valid -> {
                Subscriber reader = subscriptions.find(valid.subject()).orElseThrow(NotFoundException::new);
                yield page.apply(reader.id);
            }
            case LinkTokens.Expired expired ->
                Html.status(
                        410,
                        Message.page(Message.linking(
                                "This link has expired",
                                "A private link is good for " + TokenPurpose.PRIVATE.lifetimeInWords() + ".",
                                "/subscribe#link",
                                "Ask for a link")));
            case LinkTokens.Forged forged -> throw new NotFoundException();
        };
    }
}
