package org.dailypapers.paper;

import java.time.LocalDate;
import java.util.List;

/** The days on which a source lists nothing, as it announced: nobody need wonder why an edition is thin. */
public interface QuietDays {

    /** The sources that were quiet then, by their names for readers. */
    List<String> on(LocalDate edition);
}
