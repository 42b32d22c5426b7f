package org.dailypapers.site.voice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.liking.Muted;
import org.dailypapers.subscriber.liking.MutedLines;
import org.dailypapers.subscriber.preference.Preferences;

/** Takes a line away from what a reader's letters follow, or brings it back: one that was typed, or a liked paper. */
@ApplicationScoped
class MutedInterests {

    private final Subscriptions subscriptions;
    private final Likes likes;
    private final MutedLines muted;

    MutedInterests(Subscriptions subscriptions, Likes likes, MutedLines muted) {
        this.subscriptions = subscriptions;
        this.likes = likes;
        this.muted = muted;
    }

    @Transactional
    void mute(long subscriber, long digest, String line) {
        liked(line).ifPresent(paper -> likes.mute(subscriber, digest, paper));
        int place = interests(subscriber).indexOf(line);
        if (place >= 0) {
            subscriptions.change(subscriber, p -> {
                List<String> rest = new ArrayList<>(p.interests());
                rest.remove(line);
                return with(p, rest);
            });
            muted.keep(subscriber, digest, line, place);
        }
    }

    /** How bringing back ended. */
    enum Return {
        DONE,

        /** Nothing was muted. */
        NOTHING,

        /** The reader has as many interests as can be kept; it stays muted. */
        NO_ROOM
    }

    /** Brings back what that letter has muted. */
    @Transactional
    Return bringBack(long subscriber, long digest, String line) {
        boolean liked =
                liked(line).map(paper -> likes.undo(subscriber, digest, paper)).orElse(false);
        return muted.find(subscriber, line)
                .filter(m -> m.digestId == digest)
                .map(m -> bringBack(subscriber, m))
                .orElse(liked ? Return.DONE : Return.NOTHING);
    }

    /** Brings back the line that is kept under that id. */
    @Transactional
    Return bringBack(long subscriber, long id) {
        return muted.find(subscriber, id).map(m -> bringBack(subscriber, m)).orElse(Return.NOTHING);
    }

    private Return bringBack(long subscriber, Muted kept) {
        List<String> now = interests(subscriber);
        if (!now.contains(kept.line)) {
            if (now.size() >= Preferences.MOST_INTERESTS) {
                return Return.NO_ROOM;
            }
            subscriptions.change(subscriber, p -> {
                List<String> all = new ArrayList<>(p.interests());
                all.add(Math.min(kept.place, all.size()), kept.line);
                return with(p, all);
            });
        }
        muted.forget(kept);
        return Return.DONE;
    }

    private List<String> interests(long subscriber) {
        return subscriptions
                .find(subscriber)
                .map(Subscriber::preferences)
                .map(Preferences::interests)
                .orElse(List.of());
    }

    /** The paper that the line says is liked. */
    private static Optional<String> liked(String line) {
        return InterestParser.parse(line) instanceof Interest interest
                        && interest.query() instanceof Query.Like(String id, boolean less)
                        && !less
                ? Optional.of(id)
                : Optional.empty();
    }

    private static Preferences with(Preferences p, List<String> interests) {
        return new Preferences(
                p.frequency(),
                p.weekday(),
                p.hour(),
                p.zone(),
                p.size(),
                p.fill(),
                p.minVotes(),
                interests,
                p.zoneChosen(),
                p.language());
    }
}
