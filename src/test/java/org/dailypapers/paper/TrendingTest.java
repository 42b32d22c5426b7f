package org.dailypapers.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dailypapers.paper.Trending.Counts;
import org.junit.jupiter.api.Test;

class TrendingTest {

    private static final Trending TRENDING = new Trending(weights(0.85, 0.15, 0.05, 0.15));

    private static TrendingSettings weights(double votes, double comments, double stars, double growth) {
        return new TrendingSettings() {
            @Override
            public Double votes() {
                return votes;
            }

            @Override
            public Double comments() {
                return comments;
            }

            @Override
            public Double stars() {
                return stars;
            }

            @Override
            public Double growth() {
                return growth;
            }
        };
    }

    private static double factor(Counts counts) {
        return TRENDING.scale(List.of(counts)).score(counts).factor();
    }

    @Test
    void theTableOfTheDocumentIsTrue() throws IOException {
        int rows = 0;
        for (String line : Files.readAllLines(document())) {
            String[] cells = line.split("\\|");
            if (cells.length == 6 && cells[5].strip().matches("[12]\\.\\d\\d")) {
                assertEquals(
                        Double.parseDouble(cells[5]),
                        factor(new Counts(number(cells[1]), number(cells[2]), number(cells[3]), number(cells[4]))),
                        0.005,
                        line);
                rows++;
            }
        }
        assertEquals(6, rows);
    }

    /** Tests run in a folder of their own. */
    private static Path document() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/trending.md"))) {
            root = root.getParent();
        }
        return root.resolve("docs/trending.md");
    }

    private static Integer number(String cell) {
        return cell.strip().equals("–") ? null : Integer.valueOf(cell.strip().replace(",", ""));
    }

    @Test
    void eachPartIsMeasuredByTheMostOfTheEdition() {
        var hottest = new Counts(400, 5, 9_000, 30);
        var half = new Counts(19, 5, null, 30);
        TrendingScore score = TRENDING.scale(List.of(hottest, half)).score(half);
        assertEquals(0.85 / 2, score.votes(), 0.001);
        assertEquals(0.15 * Math.log(6) / Math.log(11), score.comments(), 0.001, "never less than ten");
        assertNull(score.stars());
        assertEquals(1.0, TRENDING.scale(List.of(hottest)).score(hottest).votes() / 0.85, 1e-9);
    }

    @Test
    void moreOfAnythingNeverLowersAPaperNorDoesWhatIsKnownOfItsCode() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var others = new ArrayList<Counts>();
            for (int i = 0; i < 5; i++) {
                others.add(new Counts(any(random), any(random), any(random), any(random)));
            }
            Integer votes = any(random);
            Integer comments = any(random);
            var less = new Counts(votes, comments, null, null);
            var more = new Counts(
                    plus(votes, random.nextInt(50)), plus(comments, random.nextInt(5)), any(random), any(random));
            others.add(less);
            others.add(more);
            Trending.Scale scale = TRENDING.scale(others);
            assertTrue(scale.score(more).factor() >= scale.score(less).factor(), () -> "seed " + seed + ": " + others);
        }
    }

    private static Integer plus(Integer count, int more) {
        return Integer.valueOf((count == null ? 0 : count) + more);
    }

    private static Integer any(Random random) {
        return random.nextInt(3) == 0 ? null : (int) Math.exp(random.nextDouble() * 9);
    }

    @Test
    void itNeverLeavesItsBounds() {
        int most = Integer.MAX_VALUE;
        assertEquals(TrendingScore.HIGHEST, factor(new Counts(most, most, most, most)));
        assertEquals(1, factor(new Counts(-5, null, -1, -7)));
        assertEquals(
                1,
                new Trending(weights(0, 0, 0, 0))
                        .scale(List.of())
                        .score(new Counts(9, 9, 9, 9))
                        .factor());
    }

    @Test
    void growthIsWhatASourceSaysElseWhatCameSinceTheClosing() {
        assertEquals(9, Counts.of(null, 0, null, 100, 9, 90).growth());
        assertEquals(10, Counts.of(null, 0, null, 100, null, 90).growth());
        assertNull(Counts.of(null, 0, null, 100, null, null).growth());
        assertNull(Counts.of(null, 0, null, null, null, 90).growth());
    }

    @Test
    void whatRisesStandsHigherThanWhatRests() {
        assertTrue(factor(Counts.of(40, 30, 2, null, null, null)) > factor(Counts.of(40, 0, 2, null, null, null)));
    }
}
