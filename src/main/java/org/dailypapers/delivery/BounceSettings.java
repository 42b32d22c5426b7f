package org.dailypapers.delivery;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where bounces come back to. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface BounceSettings {

    /** A domain whose mail we receive, within From's organisation; without it bounces go to From. */
    Optional<String> bounce();
}
