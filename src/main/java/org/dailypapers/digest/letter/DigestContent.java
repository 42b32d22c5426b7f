package org.dailypapers.digest.letter;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.QuietDays;
import org.dailypapers.token.Links;

/** Puts a digest into words: the same digest always into the same ones, but for papers withdrawn or hidden meanwhile. */
@ApplicationScoped
class DigestContent {

    /** Whatever closing signs stand behind it. */
    private static final Pattern QUESTION = Pattern.compile("[?？؟]\\P{L}*$");

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
        var shown = new ArrayList<DigestItem>();
        var left = new ArrayList<Chosen>();
        boolean sample = false;
        for (Chosen choice : chosen) {
            ShownPapers.Shown paper = byId.get(choice.paper());
            if (paper != null && paper.maySend()) {
                shown.add(items.of(choice, paper));
                left.add(choice);
                sample |= paper.sample();
            }
        }
        return new DigestView(
                subject(shown),
                Dates.WITH_WEEKDAY.format(digest.localDate),
                summary(digest, left) + quiet(digest),
                shown,
                0,
                personal,
                sample,
                links.base(),
                links.preferences(digest.subscriberId, digest.composedAt),
                links.unsubscribe(digest.subscriberId, digest.composedAt),
                links.letter(digest.id, digest.composedAt),
                sender.postalAddress().orElse(null));
    }

    /** Of a single edition only: in several days others have filled the gap. */
    private String quiet(Digest digest) {
        return digest.from.plusDays(1).equals(digest.to)
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
