package org.dailypapers.matching;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;

/** The words of papers that met interests: found when a letter is written, for many readers share a paper and a line. */
@ApplicationScoped
public class Highlights {

    private static final int MOST_KEPT = 50_000;

    /** An analysed abstract takes some 20 kB. */
    private static final int MOST_TEXTS = 1_500;

    private final Translation translation;
    private final Map<Question, List<String>> known = new ConcurrentHashMap<>();
    private final Map<Version, MatchedWords.Text> texts = new ConcurrentHashMap<>();

    private record Question(long paper, Instant changed, String line) {}

    private record Version(long paper, Instant changed) {}

    Highlights(Topics topics, Abbreviations abbreviations) {
        translation = new Translation(topics, abbreviations);
    }

    /** The words of the paper that the line finds, as they stand there; none where it does not find it. */
    public List<String> words(Paper paper, String line) {
        var question = new Question(paper.id, paper.changedAt, line);
        List<String> words = known.get(question);
        if (words == null) {
            words = switch (InterestParser.parse(line)) {
                case Interest interest -> MatchedWords.in(text(paper), interest.query(), translation);
                case InterestError error -> List.of();
            };
            if (known.size() >= MOST_KEPT) {
                known.clear();
            }
            known.put(question, words);
        }
        return words;
    }

    private MatchedWords.Text text(Paper paper) {
        if (texts.size() >= MOST_TEXTS) {
            texts.clear();
        }
        return texts.computeIfAbsent(new Version(paper.id, paper.changedAt), version -> new MatchedWords.Text(paper));
    }
}
