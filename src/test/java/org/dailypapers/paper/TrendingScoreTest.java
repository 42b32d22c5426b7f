package org.dailypapers.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrendingScoreTest {

    @Test
    void theTableOfTheDocumentIsTrue() {
        assertEquals(1.00, TrendingScore.of(null, null, 0), 0.005);
        assertEquals(1.33, TrendingScore.of(5, 1, 0), 0.005);
        assertEquals(1.65, TrendingScore.of(50, 3, 0), 0.005);
        assertEquals(1.87, TrendingScore.of(200, 10, 0), 0.005);
        assertEquals(2.00, TrendingScore.of(500, 0, 0), 0.005);
    }

    @Test
    void itNeverLeavesItsBounds() {
        assertEquals(TrendingScore.HIGHEST, TrendingScore.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertEquals(1, TrendingScore.of(-5, null, 0));
    }

    @Test
    void whatRisesStandsHigherThanWhatRests() {
        assertTrue(TrendingScore.of(40, 2, 30) > TrendingScore.of(40, 2, 0));
    }
}
