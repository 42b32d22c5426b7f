package org.dailypapers.matching;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.paper.Entry;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.dailypapers.source.file.PaperFiles;
import org.dailypapers.source.file.UnreadableFileException;
import org.opentest4j.TestAbortedException;

/** How good the matching is: what it finds of real papers' keywords, and how it ranks by real categories. */
final class QualityBench {

    private QualityBench() {}

    /** Prints the tables, those of likes alone where that is asked; ends with 1 where the real data are absent. */
    public static void main(String[] arguments) throws UnreadableFileException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            List<PaperRecord> tagged = read(RealData.files("hf-daily-papers/days", ".json"));
            List<PaperRecord> categorized = read(List.of(RealData.path("arxiv-metadata/papers.jsonl")));
            var categories = new CategoryQuality(categorized, out);
            if (!List.of(arguments).contains("likes")) {
                new KeywordQuality(tagged, out).print();
                categories.print();
            }
            new LikeQuality(
                            "primary category",
                            categorized,
                            p -> Set.of(p.categories.getFirst()),
                            categories::telling,
                            out)
                    .print();
            Map<String, Set<String>> keywordsOf = tagged.stream()
                    .collect(Collectors.toMap(
                            PaperRecord::title,
                            p -> p.keywords().stream()
                                    .map(k -> k.toLowerCase(Locale.ROOT))
                                    .collect(Collectors.toSet()),
                            (one, other) -> one));
            var keywords = new CategoryQuality(tagged, out);
            new LikeQuality(
                            "Hugging Face keyword",
                            tagged,
                            p -> keywordsOf.getOrDefault(p.title, Set.of()),
                            keywords::telling,
                            out)
                    .print();
        } catch (TestAbortedException absent) {
            out.println("The real papers that quality is measured by are not here: ../shared/data");
            System.exit(1);
        }
    }

    private static List<PaperRecord> read(List<Path> files) throws UnreadableFileException {
        var papers = new ArrayList<PaperRecord>();
        for (Path file : files) {
            PaperFiles.read(file, Optional.empty(), Optional.empty(), papers::add, rejected -> {
                throw new IllegalStateException(file + ": " + rejected);
            });
        }
        return papers;
    }

    /** The papers as listed in one edition, none of them trending, numbered from 1 in this order. */
    static List<Entry> entries(List<PaperRecord> papers, boolean keywords) {
        return Listed.entries(papers.stream()
                .map(p -> Listed.paper(p.title())
                        .saying(p.summary())
                        .keywords(keywords ? p.keywords().toArray(String[]::new) : new String[0])
                        .by(p.authors().toArray(String[]::new))
                        .in(p.categories().toArray(String[]::new)))
                .toArray(Listed[]::new));
    }
}
