package org.dailypapers.matching.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;

/** What of papers met interests: found when a letter is written, for many readers share a paper and a line. */
@ApplicationScoped
public class Highlights {

    private static final int MOST_KEPT = 20_000;

    /** Analysed texts, in characters and names: some 20 bytes each. */
    private static final long MOST_TEXT = Math.min(4 << 20, Runtime.getRuntime().maxMemory() / 256);

    private final Translation translation;
    private final Cache<Question, Met> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();
    private final Cache<Version, MatchedWords.Text> texts = Caffeine.newBuilder()
            .maximumWeight(MOST_TEXT)
            .weigher((Version version, MatchedWords.Text text) -> text.size())
            .executor(Runnable::run)
            .build();

    private record Question(Version version, String line, List<String> stems) {}

    private record Version(long paper, long revision) {}

    Highlights(Topics topics, Abbreviations abbreviations) {
        translation = new Translation(topics, abbreviations);
    }

    /**
     * What of the paper the line finds; nothing where it does not find it.
     *
     * @param stems what makes it like a paper that the line names
     */
    public Met met(Paper paper, String line, List<String> stems) {
        var version = new Version(paper.id, paper.revision);
        return known.get(new Question(version, line, stems), question -> switch (InterestParser.parse(line)) {
            case Interest interest -> MatchedWords.met(text(paper, version), interest.query(), translation, stems);
            case InterestError error -> Met.NOTHING;
        });
    }

    /** The same, kept for nobody: of what somebody searches for the letters of others need nothing. */
    public Met once(Paper paper, Interest interest) {
        return MatchedWords.met(new MatchedWords.Text(paper), interest.query(), translation, List.of());
    }

    /** Those of the lines that find the paper; kept for nobody, likewise. */
    public Set<String> met(Paper paper, Collection<String> lines) {
        var text = new MatchedWords.Text(paper);
        return lines.stream()
                .filter(line -> InterestParser.parse(line) instanceof Interest interest
                        && !MatchedWords.met(text, interest.query(), translation, List.of())
                                .spans()
                                .isEmpty())
                .collect(Collectors.toSet());
    }

    private MatchedWords.Text text(Paper paper, Version version) {
        return texts.get(version, v -> new MatchedWords.Text(paper));
    }
}
