package org.dailypapers.site.voice;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.digest.ReaderProfile;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.paper.Paper;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** What the newest edition's letter would be by other lines: how many papers go, and which come for what was just said. */
@ApplicationScoped
class LikePreview {

    private final Subscriptions subscriptions;
    private final FirstLetter firstLetter;

    LikePreview(Subscriptions subscriptions, FirstLetter firstLetter) {
        this.subscriptions = subscriptions;
        this.firstLetter = firstLetter;
    }

    /**
     * What would change.
     *
     * @param of how many papers the letter would have had
     * @param gone how many of them it would not have
     * @param come how many others it would have
     * @param coming those of the others that come for a line that is new: they tell nothing of the reader but that
     */
    record Change(int of, int gone, int come, List<VoicePages.Coming> coming) {

        static final Change NOTHING = new Change(0, 0, 0, List.of());

        /** Null where there is nothing to compare with. */
        @Nullable
        String inWords(LetterMessages say) {
            if (of == 0) {
                return null;
            }
            if (gone + come == 0) {
                return say.letterWouldStay();
            }
            return say.letterWouldChange(gone, of, come);
        }
    }

    Change of(long subscriber, List<String> before, List<String> after) {
        Optional<Preferences> preferences = subscriptions.find(subscriber).map(s -> s.preferences());
        if (preferences.isEmpty()) {
            return Change.NOTHING;
        }
        Profile old = ReaderProfile.of(preferences.get(), before);
        Profile changed = ReaderProfile.of(preferences.get(), after);
        Optional<FirstLetter.Choice> choice = firstLetter.of(old).or(() -> firstLetter.of(changed));
        if (choice.isEmpty()) {
            return Change.NOTHING;
        }
        List<Match> had = Matcher.match(choice.get().index(), old, id -> false);
        List<Match> has = Matcher.match(choice.get().index(), changed, id -> false);
        Set<Long> hadIds = ids(had);
        Set<Long> hasIds = ids(has);
        List<VoicePages.Coming> coming = has.stream()
                .filter(m -> !hadIds.contains(m.candidate().paper().id))
                .filter(m -> m.interest() != null && after.contains(m.interest()) && !before.contains(m.interest()))
                .map(m -> coming(m.candidate().paper()))
                .toList();
        return new Change(
                had.size(),
                (int) hadIds.stream().filter(id -> !hasIds.contains(id)).count(),
                (int) hasIds.stream().filter(id -> !hadIds.contains(id)).count(),
                coming);
    }

    private static VoicePages.Coming coming(Paper paper) {
        return new VoicePages.Coming(paper.path(), paper.title);
    }

    private static Set<Long> ids(List<Match> matches) {
        return matches.stream().map(m -> m.candidate().paper().id).collect(Collectors.toSet());
    }
}
