package org.dailypapers.desk.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How everything stands, as the page says it.
 *
 * @param troubles what is not well, with what to do; empty where all is
 * @param work what is under way at the desk; null where nothing is
 */
record TodayView(
        String now,
        String version,
        List<Trouble> troubles,
        List<Figure> readers,
        EditionView edition,
        @Nullable RunView run,
        RelayView relay,
        List<SourceView> sources,
        List<AlarmView> alarms,
        @Nullable String work,
        List<Done> done) {

    /** Something that is not well. */
    record Trouble(String text, String advice) {}

    /** A number and where its rows are; null where nowhere. */
    record Figure(String name, String value, @Nullable String link) {}

    /** @param closed the newest one that closed; null before there is one */
    record EditionView(
            String open,
            String papers,
            String closes,
            @Nullable String closed,
            @Nullable String closedPapers) {}

    /** @param left how long it takes; null where nothing waits or moves */
    record RunView(
            String edition,
            int percent,
            boolean under,
            @Nullable String left,
            List<Figure> figures) {}

    /** @param disk null where there is none */
    record RelayView(
            String name,
            String state,
            boolean well,
            List<Figure> figures,
            @Nullable String disk) {}

    /**
     * One source.
     *
     * @param well whether there is nothing to worry about
     * @param answers whether it answered the last time
     */
    record SourceView(String name, String answered, String readTo, String state, boolean well, boolean answers) {}

    /** One alarm. */
    record AlarmView(String when, String title, String text, String advice) {}

    /** What was done at the desk. */
    record Done(String when, String text) {}
}
