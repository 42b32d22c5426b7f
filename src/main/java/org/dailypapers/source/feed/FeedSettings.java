package org.dailypapers.source.feed;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithName;
import java.util.List;
import java.util.Optional;

/** The feeds that papers come from besides the sources that are built. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface FeedSettings {

    /** Each by the name of its source. */
    Optional<@WithConverter(FeedList.Reading.class) FeedList> feeds();

    /** Hosts of feeds, and of what they redirect to, that may have addresses in private networks. */
    @WithName("feeds-private")
    Optional<List<String>> privateHosts();
}
