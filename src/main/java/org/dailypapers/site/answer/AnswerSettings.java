package org.dailypapers.site.answer;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When answers leave. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.answers")
public interface AnswerSettings {

    /** How long after its question an answer leaves that must not tell by its time what was found. */
    @WithDefault("PT0.1S")
    Duration after();
}
