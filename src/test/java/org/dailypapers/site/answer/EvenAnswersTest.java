package org.dailypapers.site.answer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvenAnswersTest {

    private final Response answer = Response.ok().build();

    @Test
    void anAnswerIsHeldBackUntilItsTimeHasCome() {
        var early = new EvenAnswers(Duration.ofHours(1))
                .to(System.nanoTime(), answer)
                .subscribeAsCompletionStage();
        assertFalse(early.isDone());
        early.cancel(true);
        assertSame(
                answer,
                new EvenAnswers(Duration.ofMillis(20))
                        .to(System.nanoTime(), answer)
                        .await()
                        .atMost(Duration.ofMinutes(1)));
    }

    @Test
    void oneThatTookLongerLeavesAtOnce() {
        long longAgo = System.nanoTime() - Duration.ofHours(2).toNanos();
        assertTrue(new EvenAnswers(Duration.ofHours(1))
                .to(longAgo, answer)
                .subscribeAsCompletionStage()
                .isDone());
    }
}
