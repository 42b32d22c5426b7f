package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.dailypapers.returns.ProviderEvent;
import org.dailypapers.returns.Returns;
import org.dailypapers.returns.Taken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where providers of mail call. A 200 says that what follows is durable; whoever gets another answer calls again. */
@Path("/api/v1/returns/{provider}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class ProviderDoor {

    private static final Logger LOG = Logger.getLogger(ProviderDoor.class);
    private static final int FORBIDDEN = 403;
    private static final long RETRY_AFTER_SECONDS = 10;
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final List<Provider> providers;
    private final Returns returns;
    private final Clock clock;
    private final Semaphore batch = new Semaphore(1);
    private @Nullable Instant warned;

    ProviderDoor(@All List<Provider> providers, Returns returns, Clock clock) {
        this.providers = providers;
        this.returns = returns;
        this.clock = clock;
    }

    /**
     * What was made of a call.
     *
     * @param told how many events it told of
     * @param news of how many something followed
     */
    public record Answer(int told, int news) {}

    /** Takes a call in, whatever type it says its body has: SNS calls its JSON text. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "What a provider of mail tells of letters: ses, postmark, mailgun, sendgrid or brevo")
    public Answer call(String provider, byte[] body, @Context HttpHeaders headers) {
        Provider caller = providers.stream()
                .filter(each -> each.isSet() && each.name().equals(provider))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        var call = new Call(name -> Optional.ofNullable(headers.getHeaderString(name)), body, clock.instant());
        List<ProviderEvent> events = read(caller, call);
        if (events.size() <= 1) {
            return new Answer(events.size(), follow(events));
        }
        // Many of them take seconds; more of that at once would only wait for each other.
        if (!batch.tryAcquire()) {
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        try {
            return new Answer(events.size(), follow(events));
        } finally {
            batch.release();
        }
    }

    private int follow(List<ProviderEvent> events) {
        int news = 0;
        for (ProviderEvent event : events) {
            Taken.Followed followed = returns.take(event).followed();
            if (followed == Taken.Followed.COUNTED || followed == Taken.Followed.LEFT) {
                news++;
            }
        }
        return news;
    }

    private List<ProviderEvent> read(Provider caller, Call call) {
        try {
            return caller.read(call);
        } catch (Provider.Refused refused) {
            warn(caller, refused);
            throw new WebApplicationException("Not taken: " + refused.getMessage() + ".", FORBIDDEN);
        } catch (Provider.NotNow later) {
            // A 4xx is for good: SNS drops what got one.
            warn(caller, later);
            throw new ServiceUnavailableException("Not taken now: " + later.getMessage(), RETRY_AFTER_SECONDS);
        } catch (JsonProcessingException broken) {
            throw new BadRequestException("What was sent is not the JSON that " + caller.name() + " sends.", broken);
        }
    }

    /** Anybody can call: a line a minute is enough. */
    private synchronized void warn(Provider caller, Exception refused) {
        if (warned == null || clock.instant().isAfter(warned.plus(BETWEEN_WARNINGS))) {
            warned = clock.instant();
            LOG.warnf("A call as of %s is not taken: %s", caller.name(), refused.getMessage());
        }
    }
}
