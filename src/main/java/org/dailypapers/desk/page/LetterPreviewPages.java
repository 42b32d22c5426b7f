package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.DigestSample;
import org.dailypapers.digest.letter.DigestLetters;
import org.dailypapers.digest.letter.DigestView;
import org.dailypapers.interest.Interest;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.operator.Right;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.paper.note.EditionNotes;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** The letter of an edition as a reader with some interests would get it: wide, narrow, dark, and as text. */
@Path("/desk/editions/{date}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class LetterPreviewPages {

    private static final int LONGEST = 2000;

    private final Editions editions;
    private final EditionNotes notes;
    private final DigestSample samples;
    private final DigestLetters letters;
    private final Topics topics;
    private final Languages languages;
    private final EditionCalendar calendar;

    LetterPreviewPages(
            Editions editions,
            EditionNotes notes,
            DigestSample samples,
            DigestLetters letters,
            Topics topics,
            Languages languages,
            EditionCalendar calendar) {
        this.editions = editions;
        this.notes = notes;
        this.samples = samples;
        this.letters = letters;
        this.topics = topics;
        this.languages = languages;
        this.calendar = calendar;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance preview(View view);

        private Templates() {}
    }

    /**
     * What the page shows.
     *
     * @param spoken the language of the letter
     * @param asked the profile, as it stands in the addresses of the letters
     * @param subject null where the edition has nothing for the profile
     */
    record View(
            String date,
            String interests,
            String topic,
            List<Topic> topics,
            List<Language> languages,
            Language spoken,
            String asked,
            @Nullable String subject,
            @Nullable String text) {}

    /** The letter in frames. */
    @GET
    @Path("/preview")
    @Needs(Right.LOOK)
    public Response preview(
            @PathParam("date") String date,
            @QueryParam("interests") @DefaultValue("") String interests,
            @QueryParam("topic") @DefaultValue("") String topic,
            @QueryParam("lang") @DefaultValue(Languages.ENGLISH) String tag) {
        Language language = languages.of(tag);
        Optional<DigestView> view = view(date, interests, topic, language);
        return Html.ok(Templates.preview(new View(
                date,
                interests,
                topic,
                List.copyOf(topics.all()),
                languages.offered(),
                language,
                "interests=" + encoded(interests) + "&topic=" + encoded(topic) + "&lang=" + language.tag(),
                view.map(DigestView::title).orElse(null),
                view.map(DigestLetters::text).orElse(null))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The letter alone, for a frame. */
    @GET
    @Path("/letter")
    @Needs(Right.LOOK)
    public Response letter(
            @PathParam("date") String date,
            @QueryParam("interests") @DefaultValue("") String interests,
            @QueryParam("topic") @DefaultValue("") String topic,
            @QueryParam("lang") @DefaultValue(Languages.ENGLISH) String tag,
            @QueryParam("dark") @DefaultValue("false") boolean dark) {
        String html = view(date, interests, topic, languages.of(tag))
                .map(DigestLetters::html)
                .orElseThrow(NotFoundException::new);
        return framed(html, dark);
    }

    /** A letter's HTML for a frame of the desk's pages. */
    static Response framed(String html, boolean dark) {
        // A frame cannot be told which scheme to prefer.
        String shown = dark ? html.replace("@media (prefers-color-scheme: dark)", "@media all") : html;
        return Response.fromResponse(Html.ok(shown))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'self'")
                .build();
    }

    private Optional<DigestView> view(String text, String interests, String topic, Language language) {
        LocalDate date = DeedPages.date(text);
        if (editions.find(date).isEmpty() || interests.length() > LONGEST) {
            throw new NotFoundException();
        }
        List<String> lines = Stream.concat(
                        Stream.of(topic)
                                .filter(slug -> topics.find(slug).isPresent())
                                .map(Interest::topicLine),
                        interests.lines().map(String::strip).filter(line -> !line.isEmpty()))
                .toList();
        Preferences preferences =
                Preferences.standard(calendar.zone()).with(lines, false).in(language);
        Optional<Digest> digest = samples.of(date, preferences);
        return digest.map(found -> {
            found.note = notes.markdown(date);
            return letters.preview(found);
        });
    }
}
