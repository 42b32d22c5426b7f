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

    /** Whether an operator's own template stands in the place of that one. */
    public static boolean replaced(String name) {
        PlacedTemplates own = placed;
        return own != null && own.holds(name);
    }

    /**
     * Whether a letter, made with an own template, lacks something that it owes its reader. Where it does, that template is
     * out from then on, and the letter is to be made again: no example shows every letter that there can be.
     *
     * @param name of the template, such as {@code letter/digest.html}
     * @param owed addresses, which must be links in HTML, and words; null where there is nothing
     */
    public static boolean lacks(String name, String text, @Nullable Object... owed) {
        PlacedTemplates own = placed;
        if (own == null || !own.holds(name)) {
            return false;
        }
        for (Object one : owed) {
            if (one != null && !Obligations.holds(name.endsWith(".html"), text, one)) {
                own.refuse(
                        name,
                        "a letter lacked what it owes its reader: the link that it is for, the postal address or the imprint");
                return true;
            }
        }
        return false;
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
