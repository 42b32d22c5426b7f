package org.dailypapers.desk;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.template.OwnFileFailed;

/** Tells the operator of a template of their own that failed when a reader's turn came. */
@Singleton
class TemplateAlarm {

    private final Alarms alarms;

    TemplateAlarm(Alarms alarms) {
        this.alarms = alarms;
    }

    void raise(@ObservesAsync OwnFileFailed event) {
        alarms.raise(
                Alarm.TEMPLATE,
                event.fault() + "; the built-in one is used until it changes, and nobody's letter is lost");
    }
}
