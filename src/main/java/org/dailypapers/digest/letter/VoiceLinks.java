package org.dailypapers.digest.letter;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.dailypapers.language.Language;
import org.dailypapers.letter.EncodedText;

/**
 * A reader's own links at each paper. They are written by a template once for a language; of a single letter and paper only the address is
 * set in, so that it costs no more than joining strings. They name the paper by its id, wherever it stands in the letter.
 */
final class VoiceLinks {

    /** Stands in the template's output where a letter's own address belongs. */
    private static final String ADDRESS = "https://voice.invalid/address";

    private static final Pattern AT_ADDRESS = Pattern.compile(Pattern.quote(ADDRESS));

    private final Map<Kind, List<String>> links = new ConcurrentHashMap<>();
    private final Map<Kind, List<String>> inBrief = new ConcurrentHashMap<>();
    private final Map<Kind, List<String>> muting = new ConcurrentHashMap<>();

    private record Kind(Variant variant, Language language) {}

    /** The links below a paper of the letter, in brief one that leads to all of them, for mail is bounded; nothing where it is not the reader's own. */
    EncodedText below(DigestView view, DigestItem item, Variant variant) {
        var kind = new Kind(variant, view.language());
        return of(
                view,
                item,
                item.full()
                        ? links.computeIfAbsent(kind, k -> written(DigestTemplates::voice, k))
                        : inBrief.computeIfAbsent(kind, k -> written(DigestTemplates::voiceBrief, k)));
    }

    /** The link below the reason of what an interest found and the letter has in full, likewise. */
    EncodedText belowReason(DigestView view, DigestItem item, Variant variant) {
        return item.full() && item.paper().byInterest()
                ? of(
                        view,
                        item,
                        muting.computeIfAbsent(
                                new Kind(variant, view.language()), k -> written(DigestTemplates::mute, k)))
                : EncodedText.of("");
    }

    private static EncodedText of(DigestView view, DigestItem item, List<String> pieces) {
        return EncodedText.of(
                view.personal() ? String.join(view.voice() + "/" + item.paper().id(), pieces) : "");
    }

    private static List<String> written(Function<DigestView.Voice, TemplateInstance> template, Kind kind) {
        String text =
                DigestTemplates.written(template.apply(new DigestView.Voice(ADDRESS)), kind.variant(), kind.language());
        return List.of(AT_ADDRESS.split(text, -1));
    }
}
