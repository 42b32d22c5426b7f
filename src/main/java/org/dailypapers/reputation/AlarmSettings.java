package org.dailypapers.reputation;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who learns of alarms. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface AlarmSettings {

    /** The mailbox that alarms are mailed to; without it they stand in the log and in the health check alone. */
    Optional<String> operator();
}
