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
import java.util.function.Function;
import java.util.stream.Stream;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.subscriber.liking.Leaning;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.liking.Presses;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
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
    private final Speech speech;

    VoicePages(
            LinkTokens tokens,
            DigestHistory digests,
            Papers papers,
            Likes likes,
            Presses presses,
            MutedInterests interests,
            LikePreview preview,
            Speech speech) {
        this.speech = speech;
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
        MORE(LetterMessages::moreLikeThis),
        LESS(LetterMessages::lessLikeThis),
        SAVE(LetterMessages::saveIt),
        MUTE(LetterMessages::muteInterest);

        private final Function<LetterMessages, String> name;

        Act(Function<LetterMessages, String> name) {
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
        Button button(Act act, LetterMessages say) {
            return new Button(address + "/" + act.path(), act.name.apply(say));
        }

        Button undo(Act act, String undo) {
            return new Button(address + "/" + act.path() + "/undo", undo);
        }
    }

    /** Everything that can be said of the paper. */
    @GET
    public Response show(String token, String paper) {
        return with(
                token,
                paper,
                spoken -> speech.ok(Templates.voice(new VoiceView(
                        spoken.paper.title,
                        say().whatOfPapersLikeIt(),
                        null,
                        List.of(),
                        Stream.of(Act.values())
                                .filter(act -> act != Act.MUTE || spoken.choice.interest() != null)
                                .map(act -> spoken.button(act, say()))
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
                spoken -> speech.ok(Templates.voice(new VoiceView(
                        say().askAct(asked.name.apply(say())),
                        asked == Act.MUTE ? say().cameFor(spoken.paper.title, muted(spoken)) : spoken.paper.title,
                        null,
                        List.of(),
                        List.of(spoken.button(asked, say()))))));
    }

    /** Says it, and shows what will change. */
    @POST
    @Path("/{act}")
    public Response say(String token, String paper, String act) {
        Act said = Act.of(act);
        return with(token, paper, spoken -> presses.count(spoken.digest) ? say(spoken, said) : tooOften());
    }

    /** Takes back what this letter did. */
    @POST
    @Path("/{act}/undo")
    public Response undo(String token, String paper, String act) {
        Act said = Act.of(act);
        return with(token, paper, spoken -> presses.countBack(spoken.digest) ? undo(spoken, said) : tooOften());
    }

    private Response undo(Spoken spoken, Act act) {
        boolean undone;
        if (act == Act.MUTE) {
            MutedInterests.Return back = interests.bringBack(spoken.subscriber, spoken.digest, muted(spoken));
            if (back == MutedInterests.Return.NO_ROOM) {
                return speech.status(
                        409,
                        Message.page(Message.saying(
                                say().nothingToTakeBack(), say().noRoomForInterest(Preferences.MOST_INTERESTS))));
            }
            undone = back == MutedInterests.Return.DONE;
        } else {
            undone = likes.undo(spoken.subscriber, spoken.digest, spoken.paper.publicId);
        }
        return speech.ok(Templates.voice(new VoiceView(
                undone ? say().takenBack() : say().nothingToTakeBack(),
                undone ? say().asBefore() : say().changedSince(),
                null,
                List.of(),
                List.of(spoken.button(act, say())))));
    }

    private Response say(Spoken spoken, Act act) {
        if (act == Act.MUTE) {
            interests.mute(spoken.subscriber, spoken.digest, muted(spoken));
            return speech.ok(Templates.voice(new VoiceView(
                    say().muted(),
                    say().noMoreFor(muted(spoken)),
                    null,
                    List.of(),
                    List.of(spoken.undo(act, speech.reply().undo())))));
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
            return speech.status(
                    409, Message.page(Message.saying(say().tooMuchToKeep(), say().keptAtMost(Likes.MOST))));
        }
        if (act == Act.SAVE) {
            return speech.ok(Templates.voice(new VoiceView(
                    say().savedTitle(),
                    say().savedPaper(spoken.paper.title),
                    null,
                    List.of(),
                    List.of(spoken.undo(act, speech.reply().undo())))));
        }
        LikePreview.Change change = preview.of(spoken.subscriber, lines, likes.lines(spoken.subscriber));
        return speech.ok(Templates.voice(new VoiceView(
                act.name.apply(say()),
                act == Act.MORE ? say().likeItRise(spoken.paper.title) : say().likeItSink(spoken.paper.title),
                change.inWords(say()),
                act == Act.MORE ? change.coming() : List.of(),
                List.of(spoken.undo(act, speech.reply().undo())))));
    }

    private LetterMessages say() {
        return speech.language().letter();
    }

    private static String muted(Spoken spoken) {
        String line = spoken.choice.interest();
        if (line == null) {
            throw new NotFoundException();
        }
        return line;
    }

    private Response tooOften() {
        return speech.status(429, Message.page(Message.saying(say().lotAtOnce(), say().comeBackInAnHour())));
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
            return speech.status(
                    410, Message.page(Message.saying(speech.reply().letterGone(), say().takesNewerLetter())));
        }
        speech.to(digest.get().language());
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
