package org.dailypapers.subscriber.preference;

import jakarta.inject.Singleton;
import org.dailypapers.language.Languages;
import org.dailypapers.paper.Topics;

/** What this instance offers to choose from. */
@Singleton
public final class Offered {

    private final Topics topics;
    private final Languages languages;

    public Offered(Topics topics, Languages languages) {
        this.topics = topics;
        this.languages = languages;
    }

    public Topics topics() {
        return topics;
    }

    public Languages languages() {
        return languages;
    }
}
