package org.dailypapers.paper;

import java.time.LocalDate;
import java.util.List;

/** The days on which a source lists nothing, as it announced: nobody need wonder why an edition is thin. */
public interface QuietDays {

    /** What to say of an edition, a sentence without its full stop for each source that was quiet then. */
    List<String> on(LocalDate edition);
}
