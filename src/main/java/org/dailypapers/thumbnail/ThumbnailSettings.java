package org.dailypapers.thumbnail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.List;
import java.util.Optional;

/** Whether papers are shown with pictures. */
@ConfigMapping(prefix = "daily-papers")
public interface ThumbnailSettings {

    /** Whether they are fetched and shown. */
    @WithName("thumbnails")
    @WithDefault("true")
    boolean on();

    /** Hosts of pictures, and of what they redirect to, that may have addresses in private networks. */
    @WithName("thumbnails-private")
    Optional<List<String>> privateHosts();
}
