package org.dailypapers.site.voice;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.site.answer.Message;
import org.dailypapers.subscriber.liking.Leaning;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.liking.Presses;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/**
 * What a reader says of a letter's paper, by the links below it: more like this, less, save, or that its interest is muted.
 *
 * <p>A letter may be forwarded: whoever has it can press, a reader can take it back, and no page shows more of the reader
 * than the letter does. Looking changes nothing, for scanners follow links.
 */
@Path("/voice/{token}/{paper}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class VoicePages {

    private final LinkTokens tokens;
    private final DigestHistory digests;
    private final Papers papers;
    private final Likes likes;
    private final Presses presses;
    private final MutedInterests interests;
    private final LikePreview preview;

    VoicePages(
            LinkTokens tokens,
            DigestHistory digests,
            Papers papers,
            Likes likes,
            Presses presses,
            MutedInterests interests,
            LikePreview preview) {
        this.tokens = tokens;
        this.digests = digests;
        this.papers = papers;
        this.likes = likes;
        this.presses = presses;
        this.interests = interests;
        this.preview = preview;
    }

    /** What can be said of a paper. */
    private enum Act {
        MORE("More like this"),
        LESS("Less like this"),
        SAVE("Save it"),
        MUTE("Mute this interest");

        private final String name;

        Act(String name) {
            this.name = name;
        }

        static Act of(String text) {
            return Stream.of(values())
                    .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(NotFoundException::new);
        }

        String path() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A button and where it leads. */
    public record Button(String action, String name) {}

    /** A paper that would come. */
    public record Coming(String link, String title) {}

    /**
     * A page that says one thing.
     *
     * @param change what letters would be because of it; null where nothing is known
     */
    public record VoiceView(
            String title, String text, @Nullable String change, List<Coming> coming, List<Button> buttons) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance voice(VoiceView view);

        private Templates() {}
    }

    /** A paper of somebody's letter. */
    private record Spoken(String address, long digest, long subscriber, Chosen choice, Paper paper) {
        Button button(Act act) {
            return new Button(address + "/" + act.path(), act.name);
        }

        Button undo(Act act) {
            return new Button(address + "/" + act.path() + "/undo", "Undo");
        }
    }

    /** Everything that can be said of the paper. */
    @GET
    public Response show(String token, String paper) {
        return with(
                token,
                paper,
                spoken -> Html.ok(Templates.voice(new VoiceView(
                        spoken.paper.title,
                        "What do you want of papers like this one?",
                        null,
                        List.of(),
                        Stream.of(Act.values())
                                .filter(act -> act != Act.MUTE || spoken.choice.interest() != null)
                                .map(spoken::button)
                                .toList()))));
    }

    /** The one button. */
    @GET
    @Path("/{act}")
    public Response show(String token, String paper, String act) {
        Act asked = Act.of(act);
        return with(
                token,
                paper,
                spoken -> Html.ok(Templates.voice(new VoiceView(
                        asked.name + "?",
                        asked == Act.MUTE
                                ? "“" + spoken.paper.title + "” came for your interest “" + muted(spoken)
                                        + "”. Without it no paper comes for that reason."
                                : spoken.paper.title,
                        null,
                        List.of(),
                        List.of(spoken.button(asked))))));
    }

    /** Says it, and shows what will change. */
    @POST
    @Path("/{act}")
    public Response say(String token, String paper, String act) {
        Act said = Act.of(act);
        return with(token, paper, spoken -> pressed(spoken, () -> say(spoken, said)));
    }

    /** Takes back what this letter did. */
    @POST
    @Path("/{act}/undo")
    public Response undo(String token, String paper, String act) {
        Act said = Act.of(act);
        return with(token, paper, spoken -> pressed(spoken, () -> undo(spoken, said)));
    }

    private Response pressed(Spoken spoken, Supplier<Response> answer) {
        return presses.count(spoken.digest) ? answer.get() : tooOften();
    }

    private Response undo(Spoken spoken, Act act) {
        boolean undone = act == Act.MUTE
                ? interests.bringBack(spoken.subscriber, spoken.digest, muted(spoken))
                : likes.undo(spoken.subscriber, spoken.digest, spoken.paper.publicId);
        return Html.ok(Templates.voice(new VoiceView(
                undone ? "Taken back" : "Nothing to take back",
                undone ? "It is as it was before." : "What this letter’s links did was taken back, or changed since.",
                null,
                List.of(),
                List.of(spoken.button(act)))));
    }

    private Response say(Spoken spoken, Act act) {
        if (act == Act.MUTE) {
            interests.mute(spoken.subscriber, spoken.digest, muted(spoken));
            return Html.ok(Templates.voice(new VoiceView(
                    "Muted",
                    "No more papers come for “" + muted(spoken) + "”.",
                    null,
                    List.of(),
                    List.of(spoken.undo(act)))));
        }
        String id = spoken.paper.publicId;
        List<String> lines = likes.lines(spoken.subscriber);
        boolean said =
                switch (act) {
                    case MORE -> likes.lean(spoken.subscriber, spoken.digest, id, Leaning.MORE);
                    case LESS -> likes.lean(spoken.subscriber, spoken.digest, id, Leaning.LESS);
                    case SAVE, MUTE -> likes.save(spoken.subscriber, spoken.digest, id);
                };
        if (!said) {
            return Html.status(
                    409,
                    Message.page(Message.saying(
                            "That is too much to keep",
                            "Up to " + Likes.MOST
                                    + " papers are kept for a reader. Erase some first: have a private link"
                                    + " mailed to you on the page of your preferences.")));
        }
        if (act == Act.SAVE) {
            return Html.ok(Templates.voice(new VoiceView(
                    "Saved",
                    "“" + spoken.paper.title + "” is among your saved papers.",
                    null,
                    List.of(),
                    List.of(spoken.undo(act)))));
        }
        LikePreview.Change change = preview.of(spoken.subscriber, lines, likes.lines(spoken.subscriber));
        return Html.ok(Templates.voice(new VoiceView(
                act.name,
                "From the next letter on, papers like “" + spoken.paper.title + "” "
                        + (act == Act.MORE ? "rise." : "sink."),
                change.inWords(),
                act == Act.MORE ? change.coming() : List.of(),
                List.of(spoken.undo(act)))));
    }

    private static String muted(Spoken spoken) {
        String line = spoken.choice.interest();
        if (line == null) {
            throw new NotFoundException();
        }
        return line;
    }

    private static Response tooOften() {
        return Html.status(
                429,
                Message.page(Message.saying(
                        "That was a lot at once", "Please come back in an hour; nothing was changed by this press.")));
    }

    private interface Page {
        Response of(Spoken spoken);
    }

    private Response with(String token, String paper, Page page) {
        if (!(tokens.read(TokenPurpose.VOICE, token) instanceof LinkTokens.Valid valid)
                || !paper.matches("[0-9]{1,18}")) {
            throw new NotFoundException();
        }
        Optional<DigestHistory.Choices> digest = digests.choices(valid.subject());
        if (digest.isEmpty()) {
            return Html.status(
                    410,
                    Message.page(Message.saying(
                            "This letter is no longer kept", "What its links do takes a newer letter.")));
        }
        long id = Long.parseLong(paper);
        Chosen choice = digest.get().papers().stream()
                .filter(c -> c.paper() == id)
                .findFirst()
                .orElseThrow(NotFoundException::new);
        Paper known = papers.byIds(List.of(id)).stream()
                .filter(p -> !p.hidden)
                .findFirst()
                .orElseThrow(NotFoundException::new);
        return page.of(new Spoken(
                "/voice/" + token + "/" + id, valid.subject(), digest.get().subscriber(), choice, known));
    }
}
