package org.dailypapers.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.digest.letter.LetterFeeds;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.liking.MutedLines;
import org.dailypapers.subscriber.preference.PreferenceField;

/** Everything that is kept about a person, in one document. */
@ApplicationScoped
public class ReaderExport {

    private final Subscriptions subscriptions;
    private final DoubleOptIn optIn;
    private final DigestHistory digests;
    private final LetterFeeds feeds;
    private final Likes likes;
    private final MutedLines muted;
    private final ObjectMapper json;

    ReaderExport(
            Subscriptions subscriptions,
            DoubleOptIn optIn,
            DigestHistory digests,
            LetterFeeds feeds,
            Likes likes,
            MutedLines muted,
            ObjectMapper json) {
        this.muted = muted;
        this.likes = likes;
        this.subscriptions = subscriptions;
        this.optIn = optIn;
        this.digests = digests;
        this.feeds = feeds;
        this.json = json.copy().enable(SerializationFeature.INDENT_OUTPUT);
    }

    /** The document, as JSON for people to read too. */
    public byte[] json(Subscriber s) {
        try {
            return json.writeValueAsBytes(of(s));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An export can always be written", e);
        }
    }

    private Map<String, Object> of(Subscriber s) {
        var all = new LinkedHashMap<String, Object>();
        all.put("email", s.email);
        all.put("status", s.consent);
        all.put("createdAt", s.createdAt);
        all.put("confirmedAt", s.confirmedAt);
        all.put("leftAt", s.leftAt);
        all.put("chosenAt", s.chosenAt);
        for (PreferenceField field : PreferenceField.values()) {
            all.put(camelCase(field.id()), field.of(s.preferences()));
            if (field == PreferenceField.TIMEZONE) {
                all.put("timezoneChosen", s.zoneChosen);
            }
        }
        all.put(
                "papers",
                likes.all(s.id).stream()
                        .map(l -> {
                            var said = new LinkedHashMap<String, Object>();
                            said.put("paper", l.paper);
                            said.put("title", l.title);
                            said.put("text", l.text);
                            said.put("said", l.leaning);
                            said.put("saved", l.saved);
                            said.put("active", l.active);
                            said.put("at", l.saidAt);
                            return said;
                        })
                        .toList());
        all.put(
                "muted",
                muted.all(s.id).stream()
                        .map(m -> Map.of("line", m.line, "at", m.mutedAt))
                        .toList());
        all.put("pauseUntil", s.pauseUntil);
        all.put("pauseReason", s.pauseReason);
        all.put("interests", s.preferences().interests());
        all.put(
                "consent",
                subscriptions.history(s.id).stream()
                        .map(c -> Map.of("said", c.consent, "at", c.at, "wording", c.wording))
                        .toList());
        all.put(
                "requests",
                optIn.requests(s.id).stream()
                        .map(r -> {
                            var request = new LinkedHashMap<String, Object>();
                            request.put("kind", r.kind);
                            request.put("askedAt", r.askedAt);
                            request.put("followedAt", r.appliedAt);
                            request.put("typed", r.preferences);
                            if (r.address != null) {
                                request.put("address", r.address);
                                request.put("formerAddress", r.former);
                                request.put("stoppedAt", r.stoppedAt);
                                request.put("askedBy", r.askedBy);
                            }
                            return request;
                        })
                        .toList());
        all.put("feed", feeds.address(s.id).map(URI::toString).orElse(null));
        all.put("standing", digests.standing(s.id));
        List<DigestHistory.PastDigest> history = digests.of(s.id);
        all.put("digests", history);
        return all;
    }

    private static String camelCase(String id) {
        return Pattern.compile("-(.)").matcher(id).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    }
}
