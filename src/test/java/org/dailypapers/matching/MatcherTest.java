package org.dailypapers.matching;

import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Topics;
import org.junit.jupiter.api.Test;

class MatcherTest {

    private static final double MILLIONTH = 1e-6;

    private static final String[][] FIELDS = {
        {"Promptable mask segmentation", "A promptable mask decoder segments any image."},
        {"Mask decoders for images", "Image segmentation by a mask decoder."},
        {"Robot grasping policies", "A robot arm learns grasping by policies."},
        {"Grasping with robot arms", "Policies of a robot arm for grasping."},
        {"Protein folding dynamics", "The folding of a protein in dynamics."},
        {"Folding a protein chain", "A chain of a protein and its folding dynamics."},
        {"Galaxy redshift survey", "The redshift of a galaxy in a survey."},
        {"A survey of galaxy halos", "Halos of a galaxy by redshift."},
    };

    private static List<String> titles(List<Match> matches) {
        return matches.stream().map(m -> m.candidate().paper().title).toList();
    }

    private static List<Match> ofFields(String... lines) {
        List<Entry> entries = Listed.entries(
                Stream.of(FIELDS).map(f -> Listed.paper(f[0]).saying(f[1])).toArray(Listed[]::new));
        var index = new EditionIndex(
                entries, Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending(), NamedPapers.of(entries));
        var profile = new Profile(Stream.of(lines).map(KnownInterest::of).toList(), 3, false, 0);
        return Matcher.match(index, profile, id -> id == 1);
    }

    @Test
    void whatResemblesALikedPaperIsFoundAndTheWordsSayWhy() {
        Match first = ofFields("like:2703.00001").getFirst();
        assertEquals("Mask decoders for images", first.candidate().paper().title);
        assertEquals("like:2703.00001", first.interest());
        assertTrue(
                first.words().stream().anyMatch(w -> w.toLowerCase(Locale.ROOT).startsWith("mask")),
                first.words().toString());
        assertEquals(List.of(), ofFields("like:2703.99999"));
    }

    @Test
    void aPaperHasEveryLineAndOneLikedPaperAsReasonsThoughAllCount() {
        Match few = ofFields("like:2703.00001", "mask", "decoder").getFirst();
        Match all = ofFields(
                        "like:2703.00001",
                        "mask",
                        "decoder",
                        "image",
                        "title:mask",
                        "like:2703.00002",
                        "like:2703.00003")
                .getFirst();
        var reasons = new ArrayList<>(all.also());
        reasons.add(all.interest());
        assertEquals(5, reasons.size(), reasons.toString());
        assertEquals(
                1, reasons.stream().filter(line -> line.startsWith("like:")).count(), reasons.toString());
        assertTrue(all.score() > few.score());
    }

    @Test
    void keywordsThatComeLateNeitherLiftNorSink() {
        Listed[] papers = {
            paper("Graphs of cells").keywords("graphs", "cells"),
            paper("Graphs of stars").keywords("graphs", "stars"),
            paper("Graphs of words").keywords(),
        };
        var profile = new Profile(List.of(KnownInterest.of("graphs")), 3, false, 0);
        List<Double> before = Matcher.match(Listed.index(papers), profile, id -> false).stream()
                .map(Match::score)
                .toList();
        assertEquals(1, Set.copyOf(before).size(), before.toString());
        papers[2].keywords("graphs", "words");
        List<Double> after = Matcher.match(Listed.index(papers), profile, id -> false).stream()
                .map(Match::score)
                .toList();
        assertEquals(before, after);
    }

    @Test
    void whatResemblesADislikedPaperSinksOrGoes() {
        assertEquals(List.of("Mask decoders for images"), titles(ofFields("decoder")));
        assertEquals(List.of(), titles(ofFields("decoder ^0.1", "less:2703.00001")));
    }

    @Test
    void aReadersPapersComeBestFirstWithTheirReasons() {
        EditionIndex index = Listed.index(
                paper("A").saying("On agents."),
                paper("Agents in Games"),
                paper("Diffusion Models").score(1.5),
                paper("Nothing"));
        List<Match> matches = Matcher.match(index, profile("agent", "\"diffusion model\""), id -> false);
        assertEquals(List.of(3L, 2L, 1L), ids(matches));
        assertEquals(
                List.of("\"diffusion model\"", "agent", "agent"),
                matches.stream().map(Match::interest).toList());
        assertEquals(
                List.of(List.of("Diffusion Models"), List.of("Agents"), List.of("agents")),
                matches.stream().map(Match::words).toList());
        assertArrayEquals(
                new double[] {1.15 * 1.5, rarity(2, 4), 4.0 / 3 / 2 * rarity(2, 4)},
                matches.stream().mapToDouble(Match::score).toArray(),
                MILLIONTH);
    }

    @Test
    void severalInterestsAddUpAndTheBestOneIsTheReason() {
        EditionIndex index = Listed.index(paper("Agents").saying("about video"), paper("B"));
        Match match =
                Matcher.match(index, profile("video", "agent"), id -> false).getFirst();
        assertEquals("agent", match.interest());
        assertEquals(1 + 4.0 / 3 / 2, match.score(), MILLIONTH);
        assertEquals(
                "about",
                Matcher.match(index, profile("about", "video"), id -> false)
                        .getFirst()
                        .interest(),
                "of equal ones the first counts");
    }

    @Test
    void aWeightRaisesAndLowersWhatItsLineFinds() {
        EditionIndex index = Listed.index(paper("Agents"), paper("Video"));
        assertEquals(List.of(1L, 2L), ids(Matcher.match(index, profile("agent", "video"), id -> false)));
        assertEquals(List.of(2L, 1L), ids(Matcher.match(index, profile("agent", "video ^2"), id -> false)));
        assertEquals(List.of(2L, 1L), ids(Matcher.match(index, profile("agent^0.5", "video"), id -> false)));
        assertEquals(
                10,
                Matcher.match(index, profile("agent^10"), id -> false)
                        .getFirst()
                        .score(),
                MILLIONTH);
    }

    @Test
    void whatIsMutedIsInNoLetter() {
        EditionIndex index = Listed.index(
                paper("Agents"),
                paper("Game Agents").votes(9),
                paper("Games").votes(5),
                paper("Video").votes(3));
        assertEquals(
                List.of(1L, 4L),
                ids(Matcher.match(index, filled("agent", "!game"), id -> false)),
                "neither what is asked for nor what fills");
        assertEquals(List.of(1L), ids(Matcher.match(index, profile("!game", "agent"), id -> false)));
    }

    @Test
    void fewVotesAndUnknownOnesAreLeftOut() {
        EditionIndex index = Listed.index(
                paper("Agent one"),
                paper("Agent two").votes(4),
                paper("Agent three").votes(5),
                paper("Video").votes(4),
                paper("Image").votes(6));
        assertEquals(List.of(3L), ids(Matcher.match(index, new Profile(lines("agent"), 10, false, 5), id -> false)));
        assertEquals(List.of(3L, 5L), ids(Matcher.match(index, new Profile(lines("agent"), 10, true, 5), id -> false)));
        assertEquals(
                List.of(1L, 2L, 3L),
                ids(Matcher.match(index, new Profile(lines("agent"), 10, false, 0), id -> false)).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void aLetterHasItsSizeAtMost() {
        Listed[] many =
                Stream.generate(() -> paper("Agents").votes(1)).limit(60).toArray(Listed[]::new);
        EditionIndex index = Listed.index(many);
        for (int size : new int[] {1, 7, 50}) {
            assertEquals(
                    size,
                    Matcher.match(index, new Profile(lines("agent"), size, true, 0), id -> false)
                            .size());
            assertEquals(
                    size,
                    Matcher.match(index, new Profile(List.of(), size, true, 0), id -> false)
                            .size());
        }
    }

    @Test
    void aBroadInterestLeavesRoomForTheOthers() {
        Stream<Listed> broad = Stream.generate(() -> paper("Agents").score(1.5)).limit(30);
        Stream<Listed> narrow =
                Stream.of(paper("C").saying("on moths"), paper("D").saying("on moths too"));
        EditionIndex index = Listed.index(Stream.concat(broad, narrow).toArray(Listed[]::new));
        List<Match> matches = Matcher.match(index, new Profile(lines("agent", "moth"), 10, false, 0), id -> false);
        assertEquals(10, matches.size());
        assertEquals(
                Set.of(31L, 32L),
                matches.stream()
                        .filter(m -> m.interest().equals("moth"))
                        .map(m -> m.candidate().paper().id)
                        .collect(Collectors.toSet()));
        assertEquals(
                matches.stream()
                        .map(Match::score)
                        .sorted(Comparator.reverseOrder())
                        .toList(),
                matches.stream().map(Match::score).toList(),
                "who is in is a matter of variety, the order one of the score");
    }

    @Test
    void ofTwoNearlyIdenticalPapersTheBetterOneIsInTheLetter() {
        String abstractText = IntStream.range(0, 40).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        EditionIndex index = Listed.index(
                paper("Agents that plan").saying(abstractText),
                paper("Planning agents")
                        .saying("Second posting. " + abstractText)
                        .score(1.2),
                paper("Agents that Plan!").votes(4),
                paper("Agents elsewhere").saying("Another text"));
        assertEquals(
                List.of(2L, 4L),
                ids(Matcher.match(index, profile("\"planning agents\"", "agents elsewhere"), id -> false)));
        assertEquals(List.of(2L, 3L, 4L), ids(Matcher.match(index, profile("agent"), id -> false)));
        assertEquals(List.of(1L, 4L), ids(Matcher.match(index, filled("agent"), id -> id == 2)));
    }

    @Test
    void onlyVotedOrRisingPapersFillALetterByTrending() {
        EditionIndex index = Listed.index(
                paper("Agents").score(1.0),
                paper("Unknown").score(1.9),
                paper("Unvoted").votes(0).score(1.9),
                paper("Voted").votes(3).score(1.2),
                paper("Rising").rising(8).score(1.4),
                paper("More voted").votes(30).score(1.6));
        List<Match> matches = Matcher.match(index, filled("agent"), id -> false);
        assertEquals(List.of(1L, 6L, 5L, 4L), ids(matches));
        assertEquals(
                Arrays.asList("agent", null, null, null),
                matches.stream().map(Match::interest).toList());
        assertEquals(List.of(), matches.get(1).words());
        assertEquals(1.6, matches.get(1).score(), MILLIONTH);
        assertEquals(List.of(1L, 6L), ids(Matcher.match(index, new Profile(lines("agent"), 2, true, 0), id -> false)));
        assertEquals(List.of(1L), ids(Matcher.match(index, profile("agent"), id -> false)));
        assertEquals(List.of(6L, 5L, 4L), ids(Matcher.match(index, filled(), id -> false)));
    }

    @Test
    void whatTheReaderHasSeenIsPassedOver() {
        EditionIndex index = Listed.index(
                paper("Agents"),
                paper("More agents"),
                paper("Video").votes(2),
                paper("Image").votes(2));
        assertEquals(List.of(2L, 4L), ids(Matcher.match(index, filled("agent"), Set.of(1L, 3L)::contains)));
    }

    @Test
    void aWithdrawnOrStalePaperIsSentToNobody() {
        EditionIndex index = Listed.index(
                paper("Agents"),
                paper("Agents").withdrawn().votes(9),
                paper("Agents").after(14).votes(9));
        assertEquals(List.of(1L), ids(Matcher.match(index, filled("agent"), id -> false)));
    }

    @Test
    void tiesAreBrokenByTrendingThenRankThenIdentity() {
        Listed[] tied = {
            paper("Agents").rank(3),
            paper("Agents"),
            paper("Agents").rank(2),
            paper("Agents").rank(2),
            paper("Agents").rank(1),
        };
        var order = List.of(5L, 3L, 4L, 1L, 2L);
        EditionIndex index = Listed.index(tied);
        assertEquals(order, ids(Matcher.match(index, profile("agent"), id -> false)));
        // The same papers in another order of entries.
        var entries = new java.util.ArrayList<>(Listed.entries(tied));
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(entries, new Random(i));
            EditionIndex shuffled =
                    new EditionIndex(entries, Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending());
            assertEquals(order, ids(Matcher.match(shuffled, profile("agent"), id -> false)), "shuffle " + i);
            assertEquals(
                    order,
                    Matcher.found(shuffled, "agent").stream()
                            .map(c -> c.paper().id)
                            .toList());
        }
    }

    /** Of equal scores the one that trends more comes first, though it fits less. */
    @Test
    void ofEqualScoresTheTrendingOneComesFirst() {
        EditionIndex index = Listed.index(
                paper("Agents").score(1.0), paper("B").saying("Agents").score(2.0));
        assertEquals(List.of(2L, 1L), ids(Matcher.match(index, profile("agent"), id -> false)));
    }

    @Test
    void whoAsksForNothingAndWantsNoFillGetsNothing() {
        EditionIndex index = Listed.index(paper("Agents").votes(9));
        assertEquals(List.of(), Matcher.match(index, profile(), id -> false));
        assertEquals(List.of(), Matcher.match(index, profile("!video"), id -> false));
    }

    @Test
    void aCountIsOfPapersThatAnyInterestFindsAndNoneMutes() {
        EditionIndex index = Listed.index(paper("Agents"), paper("Game agents"), paper("Video"));
        assertEquals(2, Matcher.count(index, profile("agent", "game")));
        assertEquals(1, Matcher.count(index, profile("agent", "!game")));
        assertEquals(0, Matcher.count(index, profile("robot")));
    }

    private static double rarity(int holding, int papers) {
        return 0.2 + 0.8 * Math.log1p((double) papers / holding) / Math.log1p(papers);
    }

    private static List<Long> ids(List<Match> matches) {
        return matches.stream().map(m -> m.candidate().paper().id).toList();
    }

    private static Profile profile(String... lines) {
        return new Profile(lines(lines), 50, false, 0);
    }

    private static Profile filled(String... lines) {
        return new Profile(lines(lines), 50, true, 0);
    }

    private static List<org.dailypapers.interest.Interest> lines(String... lines) {
        return Stream.of(lines).map(KnownInterest::of).toList();
    }
}
