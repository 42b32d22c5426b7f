package org.dailypapers.digest.letter;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import org.dailypapers.language.Language;
import org.dailypapers.letter.EncodedText;
import org.dailypapers.letter.TextLines;
import org.dailypapers.template.Rendering;

/** What digests are written with, whole or piece by piece: the papers' pieces are the same for many readers. */
@CheckedTemplate(basePath = "letter", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class DigestTemplates {

    static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);
    static final Variant TEXT = Variant.forContentType(Variant.TEXT_PLAIN);

    private DigestTemplates() {}

    static native TemplateInstance digest(DigestView letter);

    /** What every letter of a language begins with. */
    static native TemplateInstance digest$head(DigestView letter);

    static native TemplateInstance digest$opening(DigestView letter);

    static native TemplateInstance digest$heading(DigestView.Heading heading);

    /** The reason, with which a paper in full begins. */
    static native TemplateInstance digest$why(DigestView.PaperView p);

    static native TemplateInstance digest$paper(DigestView.PaperView p);

    /** The same of one in brief. */
    static native TemplateInstance digest$reason(DigestView.PaperView p);

    /** A paper in its title, a line and the reason. */
    static native TemplateInstance digest$brief(DigestView.PaperView p);

    /** What each paper ends with. */
    static native TemplateInstance digest$end();

    static native TemplateInstance digest$foot(DigestView letter);

    /** What follows a paper in its reader's own letter. */
    static native TemplateInstance voice(DigestView.Voice voice);

    /** The same in brief: one link to all that can be said. */
    static native TemplateInstance voiceBrief(DigestView.Voice voice);

    /** What follows its reason there. */
    static native TemplateInstance mute(DigestView.Voice voice);

    /** The piece as it stands in that part of a letter. */
    static String written(TemplateInstance piece, Variant variant, Language language) {
        String text = Rendering.of(piece.setVariant(variant).setLocale(language.locale()));
        return variant == TEXT ? TextLines.wrapped(text) : text;
    }

    static EncodedText encoded(TemplateInstance piece, Variant variant, Language language) {
        return EncodedText.of(written(piece, variant, language));
    }
}
