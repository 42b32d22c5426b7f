package org.dailypapers.mailbox;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The embedded mail catcher. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.mailbox")
public interface MailboxSettings {

    /** Where it listens for mail; 0 takes a free port. */
    @Min(0)
    @Max(65535)
    @WithDefault("0")
    int port();
}
