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
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.site.library.Library;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.liking.Leaning;
import org.dailypapers.subscriber.liking.Liked;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.liking.MutedLines;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
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
    private final Speech speech;

    LearnedPages(
            LinkTokens tokens,
            Subscriptions subscriptions,
            Likes likes,
            MutedLines muted,
            MutedInterests interests,
            Papers papers,
            Library library,
            Speech speech) {
        this.speech = speech;
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
            String count,
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
                            yield on
                                    ? speech.reply().switchedOn()
                                    : speech.reply().switchedOff();
                        }
                        case "forget" -> {
                            likes.forget(subscriber, id == null ? 0L : id);
                            yield speech.reply().erasedOne();
                        }
                        case "unmute" -> {
                            yield switch (interests.bringBack(subscriber, id == null ? 0L : id)) {
                                case DONE -> speech.reply().amongInterestsAgain();
                                case NOTHING -> speech.language().letter().nothingMuted();
                                case NO_ROOM ->
                                    speech.language().letter().noRoomForInterest(Preferences.MOST_INTERESTS);
                            };
                        }
                        case "forget-all" -> {
                            likes.forgetAll(subscriber);
                            muted.forgetAll(subscriber);
                            yield speech.reply().allLearnedErased();
                        }
                        case "library" ->
                            library.like(subscriber, text == null ? "" : text).inWords(speech.reply());
                        default -> speech.reply().noSuchAction();
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
        return speech.ok(Templates.learned(new LearnedView(
                "/learned/" + token,
                "/preferences/" + token,
                notice,
                speech.language().number(likes.count(subscriber)),
                Likes.FOLLOWED,
                shown.stream().map(l -> spokenOf(l, known.get(l.paper))).toList(),
                muted.all(subscriber).stream()
                        .map(m -> new MutedLine(
                                Objects.requireNonNull(m.id),
                                m.line,
                                speech.language()
                                        .shortDate(m.mutedAt
                                                .atOffset(ZoneOffset.UTC)
                                                .toLocalDate())))
                        .toList())));
    }

    private SpokenOf spokenOf(Liked liked, @Nullable Paper paper) {
        var said = new ArrayList<String>();
        if (liked.leaning != null) {
            said.add(
                    liked.leaning == Leaning.MORE
                            ? speech.reply().saidMore()
                            : speech.reply().saidLess());
        }
        if (liked.saved) {
            said.add(speech.reply().saidSaved());
        }
        Paper shown = paper == null || paper.hidden ? null : paper;
        return new SpokenOf(
                Objects.requireNonNull(liked.id),
                shown != null ? shown.title : liked.title != null ? liked.title : liked.paper,
                shown == null ? null : shown.path(),
                said.stream().reduce(speech.reply()::saidAnd).orElse(""),
                speech.language()
                        .shortDate(liked.saidAt.atOffset(ZoneOffset.UTC).toLocalDate()),
                liked.active);
    }

    private Response with(String token, Function<Long, Response> page) {
        return switch (tokens.read(TokenPurpose.PRIVATE, token)) {
            case LinkTokens.Valid valid -> {
                Subscriber reader = subscriptions.find(valid.subject()).orElseThrow(NotFoundException::new);
                speech.to(reader.language);
                yield page.apply(reader.id);
            }
            case LinkTokens.Expired expired ->
                speech.status(
                        410,
                        Message.page(Message.linking(
                                speech.reply().linkExpired(),
                                speech.reply().privateLinkExpired((int) TokenPurpose.PRIVATE
                                        .lifetime()
                                        .orElseThrow()
                                        .toMinutes()),
                                "/subscribe#link",
                                speech.reply().askForLink())));
            case LinkTokens.Forged forged -> throw new NotFoundException();
        };
    }
}
