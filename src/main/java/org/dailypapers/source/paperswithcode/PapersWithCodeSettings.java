package org.dailypapers.source.paperswithcode;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where Papers with Code is reached. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.paperswithcode")
public interface PapersWithCodeSettings {

    /** The address that its interface is below. */
    @WithDefault("https://paperswithcode.co/api/v1")
    String url();
}
