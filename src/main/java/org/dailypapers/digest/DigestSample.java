package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.subscriber.preference.Preferences;

/** What an edition would bring somebody; kept nowhere and sent to nobody. */
@ApplicationScoped
public class DigestSample {

    private final EditionIndexes indexes;
    private final Clock clock;

    DigestSample(EditionIndexes indexes, Clock clock) {
        this.indexes = indexes;
        this.clock = clock;
    }

    /** The digest of that edition for those preferences; empty where nothing is for them. */
    @Transactional
    public Optional<Digest> of(LocalDate edition, Preferences preferences) {
        EditionIndex index = indexes.edition(edition);
        List<Chosen> chosen = Matcher.match(index, ReaderProfile.of(preferences), id -> false).stream()
                .map(match -> Chosen.of(match, index))
                .toList();
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        var digest = new Digest();
        digest.id = 0L;
        digest.subscriberId = 0L;
        digest.kind = DigestKind.MANUAL;
        digest.from = edition.minusDays(1);
        digest.to = edition;
        digest.composedAt = clock.instant();
        digest.localDate = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        digest.items = Chosen.write(chosen);
        digest.language = preferences.language();
        return Optional.of(digest);
    }
}
