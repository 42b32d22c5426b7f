package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.letter.Accent;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.MastheadSettings;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.operator.Right;
import org.dailypapers.paper.Editions;
import org.dailypapers.site.AboutSettings;
import org.dailypapers.subscriber.ServiceLetters;
import org.dailypapers.template.OwnTemplates;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** What this instance calls itself and how it looks, where each of it is set, and what letters and pages make of it. */
@Path("/desk/look")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class LookPages {

    private final MastheadSettings settings;
    private final AboutSettings about;
    private final Sender sender;
    private final OwnTemplates templates;
    private final ServiceLetters letters;
    private final Languages languages;
    private final Editions editions;

    LookPages(
            MastheadSettings settings,
            AboutSettings about,
            Sender sender,
            OwnTemplates templates,
            ServiceLetters letters,
            Languages languages,
            Editions editions) {
        this.settings = settings;
        this.about = about;
        this.sender = sender;
        this.templates = templates;
        this.letters = letters;
        this.languages = languages;
        this.editions = editions;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance look(View view);

        private Templates() {}
    }

    /**
     * What the page shows.
     *
     * @param folder of templates; null where none is set
     * @param edition the newest that closed; null before there is one
     */
    record View(
            List<Part> parts,
            Accent accent,
            @Nullable String folder,
            OwnTemplates.Report files,
            List<Language> languages,
            Language spoken,
            ServiceLetters.Preview letter,
            @Nullable String edition) {}

    /**
     * Something that is set.
     *
     * @param value null where nothing is
     * @param setting by which it is
     */
    record Part(String name, @Nullable String value, String setting, String where) {}

    /** All of it. */
    @GET
    @Needs(Right.LOOK)
    public Response look(@QueryParam("lang") @DefaultValue(Languages.ENGLISH) String tag) {
        Language language = languages.of(tag);
        return Html.ok(Templates.look(new View(
                parts(),
                settings.accent(),
                templates.folder().map(java.nio.file.Path::toString).orElse(null),
                templates.report(),
                languages.offered(),
                language,
                letters.preview(language),
                editions.newestClosed().map(Object::toString).orElse(null))));
    }

    private List<Part> parts() {
        Masthead masthead = settings.masthead();
        return List.of(
                new Part(
                        "Name", masthead.name(), "DAILY_PAPERS_NAME", "titles, subjects, List-Id, the foot of letters"),
                new Part("Words at the head", masthead.logo(), "DAILY_PAPERS_LOGO", "the head of pages and letters"),
                new Part("Colour", masthead.accent().light(), "DAILY_PAPERS_ACCENT", "links and buttons"),
                new Part("From", written(sender.from()), "DAILY_PAPERS_FROM", "every letter"),
                part(
                        "Answers go to",
                        settings.replyTo().map(LookPages::written),
                        "DAILY_PAPERS_REPLY_TO",
                        "every letter"),
                part("Postal address", sender.postalAddress(), "DAILY_PAPERS_POSTAL_ADDRESS", "the foot of letters"),
                part(
                        "Imprint",
                        Optional.ofNullable(masthead.imprint()).map(Object::toString),
                        "DAILY_PAPERS_IMPRINT",
                        "the foot of pages and letters"),
                part(
                        "Line at the foot",
                        Optional.ofNullable(masthead.footer()),
                        "DAILY_PAPERS_FOOTER",
                        "pages and letters"),
                part("Contact", about.contact().map(Object::toString), "DAILY_PAPERS_CONTACT", "the page /about"),
                part(
                        "Own words",
                        about.about().map(words -> words.length() + " characters"),
                        "DAILY_PAPERS_ABOUT",
                        "the page /about"));
    }

    private static String written(Mailbox mailbox) {
        return mailbox.displayName() == null
                ? mailbox.address()
                : mailbox.displayName() + " <" + mailbox.address() + ">";
    }

    private static Part part(String name, Optional<String> value, String setting, String where) {
        return new Part(name, value.orElse(null), setting, where);
    }

    /** The letter that asks for a confirmation, for a frame. */
    @GET
    @Path("/letter")
    @Needs(Right.LOOK)
    public Response letter(
            @QueryParam("lang") @DefaultValue(Languages.ENGLISH) String tag,
            @QueryParam("dark") @DefaultValue("false") boolean dark) {
        return LetterPreviewPages.framed(letters.preview(languages.of(tag)).html(), dark);
    }
}
