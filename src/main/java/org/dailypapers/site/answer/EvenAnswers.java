package org.dailypapers.site.answer;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/**
 * Answers that leave a fixed time after their question, so that how long something took tells nobody whether an address is
 * known. No thread waits meanwhile.
 */
@ApplicationScoped
public class EvenAnswers {

    private final Duration after;

    @Inject
    EvenAnswers(AnswerSettings settings) {
        this(settings.after());
    }

    EvenAnswers(Duration after) {
        this.after = after;
    }

    /**
     * The answer, held back until its time has come.
     *
     * @param asked {@link System#nanoTime} when the question came
     */
    public Uni<Response> to(long asked, Response answer) {
        Duration rest = after.minusNanos(System.nanoTime() - asked);
        Uni<Response> ready = Uni.createFrom().item(answer);
        return rest.isPositive() ? ready.onItem().delayIt().by(rest) : ready;
    }
}
