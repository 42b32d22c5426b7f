package org.dailypapers.digest.letter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.paper.QuietDays;
import org.dailypapers.paper.note.NoteText;
import org.dailypapers.token.Links;

/** Puts a digest into words: the same digest always into the same ones, but for papers withdrawn or hidden meanwhile. */
@ApplicationScoped
class DigestContent {

    /** Whatever closing signs stand behind it. */
    private static final Pattern QUESTION = Pattern.compile("[?？؟]\\P{L}*$");

    /** The papers that a letter shows in full. */
    private static final int IN_FULL = 3;

    private final ShownPapers papers;
    private final DigestItems items;
    private final Links links;
    private final Sender sender;
    private final Masthead masthead;
    private final QuietDays quiet;
    private final Languages languages;

    DigestContent(
            ShownPapers papers,
            DigestItems items,
            Links links,
            Sender sender,
            Masthead masthead,
            QuietDays quiet,
            Languages languages) {
        this.papers = papers;
        this.items = items;
        this.links = links;
        this.sender = sender;
        this.masthead = masthead;
        this.quiet = quiet;
        this.languages = languages;
    }

    /** Reads what letters name besides their papers, for all of them in one go. */
    void prepare(Connection connection, Collection<AddressedDigest> letters) throws SQLException {
        items.readNamed(connection, letters);
    }

    /**
     * The letter; papers that were withdrawn, hidden or removed since composing are left out.
     *
     * @param revision of the newest change of a paper
     */
    DigestView view(Digest digest, long revision, boolean personal) {
        Language language = languages.of(digest.language);
        List<Chosen> chosen = digest.chosen();
        Map<Long, ShownPapers.Shown> byId =
                papers.of(chosen.stream().map(Chosen::paper).toList(), revision);
        List<Chosen> left = chosen.stream()
                .filter(choice -> {
                    ShownPapers.Shown paper = byId.get(choice.paper());
                    return paper != null && paper.maySend();
                })
                .toList();
        List<DigestItem> shown = items(digest, left, byId, revision, language);
        boolean sample = left.stream().anyMatch(choice -> Objects.requireNonNull(byId.get(choice.paper()))
                .sample());
        return new DigestView(
                language,
                subject(shown, language),
                language.withWeekday(digest.localDate),
                withQuiet(summary(digest, left, language), digest, language),
                digest.note == null || digest.note.isBlank() ? null : NoteText.of(digest.note),
                shown,
                0,
                digest.kind == DigestKind.WELCOME,
                personal,
                sample,
                links.base(),
                links.preferences(digest.subscriberId, digest.composedAt),
                links.unsubscribe(digest.subscriberId, digest.composedAt),
                links.voice(digest.id, digest.composedAt),
                links.letter(digest.id, digest.composedAt),
                sender.postalAddress().orElse(null));
    }

    /** The best in full; below them the others in brief, those of several days by the day, and last the trending ones. */
    private List<DigestItem> items(
            Digest digest, List<Chosen> left, Map<Long, ShownPapers.Shown> byId, long revision, Language language) {
        var ordered = new ArrayList<>(left.subList(0, Math.min(IN_FULL, left.size())));
        boolean days = !oneEdition(digest);
        left.stream()
                .skip(IN_FULL)
                .sorted(Comparator.comparingLong(choice -> choice.interest() == null
                        ? Long.MAX_VALUE
                        : days ? -day(digest, choice).toEpochDay() : 0))
                .forEach(ordered::add);
        var shown = new ArrayList<DigestItem>();
        DigestView.Heading above = null;
        for (int i = 0; i < ordered.size(); i++) {
            Chosen choice = ordered.get(i);
            boolean full = i < IN_FULL;
            boolean trending = choice.interest() == null;
            boolean opening = full && !trending && ordered.getFirst().interest() != null;
            DigestView.Heading heading = opening
                    ? null
                    : new DigestView.Heading(
                            days && !trending ? language.withWeekday(day(digest, choice)) : null, trending);
            DigestItem item =
                    items.of(choice, Objects.requireNonNull(byId.get(choice.paper())), full, revision, language);
            shown.add(Objects.equals(heading, above) ? item : item.under(heading));
            above = heading;
        }
        return shown;
    }

    private static LocalDate day(Digest digest, Chosen choice) {
        LocalDate first = LocalDate.ofEpochDay(choice.first());
        return first.isAfter(digest.from) ? first : digest.from.plusDays(1);
    }

    private static boolean oneEdition(Digest digest) {
        return digest.from.plusDays(1).equals(digest.to);
    }

    /** Of a single edition only: in several days others have filled the gap. */
    private String withQuiet(String summary, Digest digest, Language language) {
        if (!oneEdition(digest)) {
            return summary;
        }
        String said = summary;
        for (String source : quiet.on(digest.to)) {
            said = language.letter().bothSentences(said, language.letter().nothingFrom(source));
        }
        return said;
    }

    /**
     * The best paper's title. Filters distrust a subject that ends in a question mark, so something follows one; in ASCII
     * where the language can say it so, for they distrust an encoded word that need not be, too.
     */
    private String subject(List<DigestItem> shown, Language language) {
        if (shown.isEmpty()) {
            return masthead.name();
        }
        String title = shown.getFirst().paper().title();
        if (!QUESTION.matcher(title).find()) {
            return title;
        }
        return shown.size() == 1
                ? title + " - " + masthead.name()
                : language.letter().titleAndMore(title, shown.size() - 1);
    }

    private static String summary(Digest digest, List<Chosen> shown, Language language) {
        LetterMessages words = language.letter();
        int count = shown.size();
        int trending = (int) shown.stream().filter(c -> c.interest() == null).count();
        if (oneEdition(digest)) {
            String date = language.withWeekday(digest.to);
            return trending == count
                    ? words.talkOfDay(count, date)
                    : trending == 0
                            ? words.papersOfDay(count, date)
                            : words.papersOfDayAndTrending(count, date, trending);
        }
        String from = language.shortDate(digest.from.plusDays(1));
        String to = language.shortDate(digest.to);
        return trending == count
                ? words.talkOfDays(count, from, to)
                : trending == 0
                        ? words.papersOfDays(count, from, to)
                        : words.papersOfDaysAndTrending(count, from, to, trending);
    }
}
