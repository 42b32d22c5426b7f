package org.dailypapers.source;

import java.util.List;

/** The sources of a process that has one only. */
public final class OneSource {

    private OneSource() {}

    public static Sources of(PaperSource source) {
        return new Sources(List.of(source), List.of(), () -> List.of(source.name()));
    }
}
