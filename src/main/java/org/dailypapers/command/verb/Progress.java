package org.dailypapers.command.verb;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a long command is: a bar on a terminal, nothing elsewhere. */
final class Progress implements AutoCloseable {

    private static final int COLUMNS = 80;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** @param total -1 where it is not known */
    static Progress of(Console console, String task, long total) {
        if (!console.terminal()) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), COLUMNS))
                .build());
    }

    /** What is said behind the bar. */
    void say(String message) {
        if (bar != null) {
            bar.setExtraMessage(message);
        }
    }

    /** How much there is, where that is known later. */
    void expect(long total) {
        if (bar != null) {
            bar.maxHint(total);
        }
    }

    void at(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
