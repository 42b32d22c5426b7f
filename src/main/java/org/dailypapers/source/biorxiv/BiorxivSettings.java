package org.dailypapers.source.biorxiv;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where bioRxiv and medRxiv are reached. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.biorxiv")
public interface BiorxivSettings {

    /** The address that their common interface is below. */
    @WithDefault("https://api.biorxiv.org")
    String url();
}
