package org.dailypapers.source;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Where papers come from. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface SourceSettings {

    /** The names of the sources that are asked, in order of authority. */
    @WithDefault("huggingface")
    List<String> sources();
}
