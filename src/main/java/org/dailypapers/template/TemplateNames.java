package org.dailypapers.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import java.util.List;
import java.util.Optional;

/** How templates are named: by their path below the folder, with a suffix that says what they write. */
final class TemplateNames {

    private static final String HTML = ".html";
    private static final String TEXT = ".txt";

    private TemplateNames() {}

    /** Whether there is a built-in one of that name which may be replaced: those of the desk and the mailbox may not. */
    static boolean known(Engine engine, String name) {
        return (name.startsWith("letter/") || name.startsWith("page/"))
                && (name.endsWith(HTML) || name.endsWith(TEXT))
                && engine.isTemplateLoaded(name);
    }

    static Variant variant(String name) {
        return Variant.forContentType(name.endsWith(HTML) ? Variant.TEXT_HTML : Variant.TEXT_PLAIN);
    }

    /** What templates call it: its name, and without its suffix where HTML comes first. */
    static List<String> ids(Engine engine, String name) {
        String bare = name.substring(0, name.lastIndexOf('.'));
        return name.endsWith(HTML) || !engine.isTemplateLoaded(bare + HTML) ? List.of(name, bare) : List.of(name);
    }

    /** The template in which it went wrong; empty where that is not known. */
    static String blamed(Throwable failure) {
        return origin(failure)
                .map(origin -> {
                    String id = origin.getTemplateId();
                    if (id.endsWith(HTML) || id.endsWith(TEXT)) {
                        return id;
                    }
                    return id + HTML;
                })
                .orElse("");
    }

    private static Optional<Origin> origin(Throwable failure) {
        return failure instanceof TemplateException known ? Optional.ofNullable(known.getOrigin()) : Optional.empty();
    }

    /** What is said of a failure that is that template's fault. */
    static Fault fault(String name, Throwable failure) {
        int line = blamed(failure).equals(name)
                ? origin(failure).map(Origin::getLine).orElse(0)
                : 0;
        return new Fault(name, Math.max(0, line), reason(failure));
    }

    /** A failure in words, on one line. */
    static String reason(Throwable failure) {
        if (failure instanceof StackOverflowError || failure.getCause() instanceof StackOverflowError) {
            return "it includes itself";
        }
        if (failure instanceof TemplateException) {
            return String.valueOf(failure.getMessage())
                    .replaceFirst("^(Parser|Rendering) error( in template \\[[^\\]]*])?:?\\s*", "")
                    .replaceAll("\\s+", " ")
                    .strip();
        }
        return (failure.getClass().getSimpleName() + ": " + failure.getMessage())
                .replaceAll("\\s+", " ")
                .strip();
    }
}
