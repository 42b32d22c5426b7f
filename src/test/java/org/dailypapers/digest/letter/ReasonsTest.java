package org.dailypapers.digest.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.PostOffice;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Topics;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.dailypapers.source.file.PaperFiles;
import org.dailypapers.source.file.UnreadableFileException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a letter says of why a paper is in it can be seen in what it shows of the paper. */
@QuarkusTest
class ReasonsTest {

    private static final LocalDate EDITION = LocalDate.parse("2026-03-02");
    private static final String FILLER = "We say a few words about something else altogether. ".repeat(10);

    @Inject
    FreshService service;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @Inject
    Topics topics;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
    }

    private static PaperRecord.Builder paper(int number, String title) {
        return PaperRecord.titled(title)
                .id(PaperId.arxiv("2603.%05d".formatted(number)).orElseThrow())
                .summary(FILLER)
                .listed(EDITION);
    }

    private PostOffice.Received letter(LocalDate edition, List<String> interests) {
        House.ReaderBuilder reader = house.reader("ada");
        interests.forEach(reader::interestedIn);
        reader.confirmed();
        composer.composeByHand(edition, null, n -> {});
        try (var post = new PostOffice()) {
            List<PostOffice.Received> letters = post.deliver(delivery);
            return letters.isEmpty() ? null : letters.getFirst();
        }
    }

    private PostOffice.Received letter(PaperRecord.Builder paper, String... interests) {
        intake.file("jsonl", Stream.of(paper.build()), n -> {});
        return letter(EDITION, List.of(interests));
    }

    private static List<String> marks(PostOffice.Received letter) {
        return Jsoup.parse(letter.html()).select("mark").eachText();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void theSentenceThatMetIsShownInBothParts() {
        var letter =
                letter(paper(1, "Something").summary(FILLER + "At last a robot learns to walk. " + FILLER), "robot");
        assertEquals(List.of("robot"), marks(letter));
        assertTrue(squeezed(letter.text()).contains("… At last a robot learns to walk."), letter.text());
    }

    @Test
    void whatMetInTheTitleAloneIsMarkedThere() {
        var letter = letter(paper(1, "Robots that walk"), "robot");
        assertEquals(List.of("Robots"), marks(letter));
        assertTrue(letter.text().contains("Why: Your interest “robot” (Robots)"), letter.text());
    }

    @Test
    void anAuthorFarDownTheListIsNamedAndMarked() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            names.add("Ada Nr" + (char) ('a' + i % 26) + (char) ('a' + i / 26));
        }
        names.add("Yann LeCun");
        var letter = letter(paper(1, "Something").authors(names), "author:\"Yann LeCun\"");
        assertEquals(List.of("Yann LeCun"), marks(letter));
        assertTrue(squeezed(letter.text()).contains("… Yann LeCun and 196 more"), letter.text());
    }

    @Test
    void anOrganisationAKeywordAndACategoryAreMarked() {
        assertEquals(List.of("Meta"), marks(letter(paper(1, "Something").organization("Meta AI"), "org:meta")));
        begin();
        assertEquals(
                List.of("quantum dots"),
                marks(letter(paper(2, "Something").keywords(List.of("first", "quantum dots")), "\"quantum dot\"")));
        begin();
        var letter = letter(paper(3, "Something").categories(List.of("cs.CL", "q-bio.NC")), "category:q-bio*");
        assertEquals(List.of("q-bio.NC"), marks(letter));
        assertTrue(letter.text().contains("Categories: q-bio.NC"), letter.text());
    }

    @Test
    void everyInterestThatMetIsNamedTheStrongestFirst() {
        var letter = letter(
                paper(1, "Robots that walk").summary("A drone is mentioned once. " + FILLER),
                "drone",
                "unheard of",
                "robot",
                "!zebra");
        Element why = Jsoup.parse(letter.html()).selectFirst("p.why");
        assertEquals("Your interest “robot”: Robots Your interest “drone”: drone", why.text());
        assertTrue(
                letter.text().contains("Why: Your interest “robot” (Robots); Your interest “drone” (drone)"),
                letter.text());
        assertEquals(List.of("Robots", "drone"), marks(letter));
    }

    @Test
    void wordsWithoutSpacesBetweenThemAreMarkedToo() {
        assertEquals(List.of("语言"), marks(letter(paper(1, "Something").summary("我们研究大规模语言模型。" + FILLER), "语言")));
    }

    @Test
    void eachReasonOfMadePapersIsToBeSeen() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<String> words = List.of("robot", "drone", "graph", "speech", "protein", "语言", "naïve", "GPT-4", "3D");
        var records = new ArrayList<PaperRecord>();
        for (int i = 0; i < 60; i++) {
            String word = words.get(random.nextInt(words.size()));
            String other = words.get(random.nextInt(words.size()));
            String sentence =
                    "x ".repeat(random.nextInt(300)) + word + "s and " + other + " y".repeat(random.nextInt(300));
            records.add(paper(i, random.nextInt(4) == 0 ? "About " + word : "Something " + i)
                    .summary(FILLER.repeat(random.nextInt(3)) + sentence + ". " + FILLER)
                    .keywords(random.nextBoolean() ? List.of(word) : List.of())
                    .build());
        }
        intake.file("jsonl", records.stream(), n -> {});
        everyReasonIsToBeSeen(letter(EDITION, words), seed);
    }

    @Test
    void eachReasonOfRealPapersIsToBeSeen() throws UnreadableFileException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int letters = 0;
        for (Path file : RealData.files("hf-daily-papers/days", ".json").stream()
                .limit(6)
                .toList()) {
            begin();
            var records = new ArrayList<PaperRecord>();
            PaperFiles.read(file, Optional.empty(), Optional.empty(), records::add, r -> {});
            if (records.isEmpty()) {
                continue;
            }
            intake.file("jsonl", records.stream(), n -> {});
            var interests = new ArrayList<String>();
            for (int i = 0; i < 12; i++) {
                PaperRecord record = records.get(random.nextInt(records.size()));
                String[] words =
                        record.summary().replaceAll("[^\\p{L} ]", " ").trim().split(" +");
                interests.add(words[random.nextInt(words.length)]);
                if (!record.authors().isEmpty()) {
                    interests.add("author:\"" + record.authors().getLast().replace("\"", "") + "\"");
                }
            }
            topics.all().stream().limit(8).forEach(topic -> interests.add(Interest.topicLine(topic.slug())));
            interests.removeIf(line -> InterestParser.parse(line) instanceof InterestError);
            PostOffice.Received letter = letter(records.getFirst().listed(), interests);
            if (letter != null) {
                everyReasonIsToBeSeen(letter, seed);
                letters++;
            }
        }
        assertTrue(letters > 0);
    }

    private static void everyReasonIsToBeSeen(PostOffice.Received letter, long seed) {
        Document html = Jsoup.parse(letter.html());
        int reasons = 0;
        for (Element paper : html.select("tr:has(> td > p.why)")) {
            if (paper.selectFirst("p.why em") != null) {
                reasons++;
                assertFalse(paper.select("mark").isEmpty(), "seed " + seed + ": " + paper.text());
            }
        }
        assertTrue(reasons > 0, "seed " + seed + ": " + html.text());
    }
}
