package org.dailypapers.digest.letter;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.paper.Dates;
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

    DigestContent(
            ShownPapers papers, DigestItems items, Links links, Sender sender, Masthead masthead, QuietDays quiet) {
        this.papers = papers;
        this.items = items;
        this.links = links;
        this.sender = sender;
        this.masthead = masthead;
        this.quiet = quiet;
    }

    /**
     * The letter; papers that were withdrawn, hidden or removed since composing are left out.
     *
     * @param revision of the newest change of a paper
     */
    DigestView view(Digest digest, long revision, boolean personal) {
        List<Chosen> chosen = digest.chosen();
        Map<Long, ShownPapers.Shown> byId =
                papers.of(chosen.stream().map(Chosen::paper).toList(), revision);
        List<Chosen> left = chosen.stream()
                .filter(choice -> {
                    ShownPapers.Shown paper = byId.get(choice.paper());
                    return paper != null && paper.maySend();
                })
                .toList();
        List<DigestItem> shown = items(digest, left, byId);
        boolean sample = left.stream().anyMatch(choice -> Objects.requireNonNull(byId.get(choice.paper()))
                .sample());
        return new DigestView(
                subject(shown),
                Dates.WITH_WEEKDAY.format(digest.localDate),
                summary(digest, left) + quiet(digest),
                digest.note == null || digest.note.isBlank() ? null : NoteText.of(digest.note),
                shown,
                0,
                digest.kind == DigestKind.WELCOME,
                personal,
                sample,
                links.base(),
                links.preferences(digest.subscriberId, digest.composedAt),
                links.unsubscribe(digest.subscriberId, digest.composedAt),
                links.letter(digest.id, digest.composedAt),
                sender.postalAddress().orElse(null));
    }

    /** The best in full; below them the others in brief, those of several days by the day, and last the trending ones. */
    private List<DigestItem> items(Digest digest, List<Chosen> left, Map<Long, ShownPapers.Shown> byId) {
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
            boolean opening = full && trending == (ordered.getFirst().interest() == null);
            DigestView.Heading heading = opening
                    ? null
                    : new DigestView.Heading(
                            days && !trending ? Dates.WITH_WEEKDAY.format(day(digest, choice)) : null, trending);
            DigestItem item = items.of(choice, Objects.requireNonNull(byId.get(choice.paper())), full);
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
    private String quiet(Digest digest) {
        return oneEdition(digest)
                ? quiet.on(digest.to).stream().map(line -> " " + line + ".").collect(Collectors.joining())
                : "";
    }

    /**
     * The best paper's title. Filters distrust a subject that ends in a question mark, so something follows one; in ASCII,
     * for they distrust an encoded word that need not be, too.
     */
    private String subject(List<DigestItem> shown) {
        if (shown.isEmpty()) {
            return masthead.name();
        }
        String title = shown.getFirst().paper().title();
        if (!QUESTION.matcher(title).find()) {
            return title;
        }
        return title + (shown.size() == 1 ? " - " + masthead.name() : " and " + (shown.size() - 1) + " more");
    }

    private static String summary(Digest digest, List<Chosen> shown) {
        int count = shown.size();
        long trending = shown.stream().filter(c -> c.interest() == null).count();
        String papers = count == 1 ? "One paper" : count + " papers";
        LocalDate first = digest.from.plusDays(1);
        String when = first.equals(digest.to)
                ? "from the edition of " + Dates.WITH_WEEKDAY.format(digest.to)
                : "from the editions of " + Dates.SHORT.format(first) + " to " + Dates.SHORT.format(digest.to);
        if (trending == count) {
            return papers + " that readers talk about, " + when + ".";
        }
        return papers + " for you " + when
                + (trending == 0 ? "." : "; the last " + plural(trending, "is", "are") + " trending.");
    }

    private static String plural(long n, String one, String many) {
        return n == 1 ? "one " + one : n + " " + many;
    }
}
