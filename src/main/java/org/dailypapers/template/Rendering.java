package org.dailypapers.template;

import io.quarkus.qute.TemplateInstance;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Renders what readers get: where one of the operator's own templates fails, with the built-in one. */
public final class Rendering {

    /** Odd while templates are being exchanged. */
    private static final AtomicLong REVISION = new AtomicLong();

    private static volatile @Nullable PlacedTemplates placed;

    private Rendering() {}

    /** The template's text for its data. */
    public static String of(TemplateInstance instance) {
        try {
            return instance.render();
        } catch (RuntimeException | StackOverflowError e) {
            PlacedTemplates own = placed;
            String mended = own == null ? null : own.without(instance, e);
            if (mended == null) {
                throw e;
            }
            return mended;
        }
    }

    /** Changes whenever templates or messages do: what is kept of a rendered text is kept by it. */
    public static long revision() {
        return REVISION.get();
    }

    /** What is made of several templates, all of them of the same revision. */
    public static <T> T whole(Supplier<T> made) {
        while (true) {
            long before = revision();
            if (before % 2 == 0) {
                T whole = made.get();
                if (revision() == before) {
                    return whole;
                }
            } else {
                Thread.yield();
            }
        }
    }

    static void begin(PlacedTemplates own) {
        placed = own;
    }

    static synchronized void exchange(Runnable exchange) {
        REVISION.incrementAndGet();
        try {
            exchange.run();
        } finally {
            REVISION.incrementAndGet();
        }
    }
}
