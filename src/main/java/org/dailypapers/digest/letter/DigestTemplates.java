package org.dailypapers.digest.letter;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import org.dailypapers.letter.EncodedText;

/** What digests are written with, whole or piece by piece: the papers' pieces are the same for many readers. */
@CheckedTemplate(basePath = "letter", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class DigestTemplates {

    static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);
    static final Variant TEXT = Variant.forContentType(Variant.TEXT_PLAIN);

    private DigestTemplates() {}

    static native TemplateInstance digest(DigestView letter);

    /** What every letter begins with. */
    static native TemplateInstance digest$head();

    static native TemplateInstance digest$opening(DigestView letter);

    static native TemplateInstance digest$heading(DigestView.Heading heading);

    static native TemplateInstance digest$paper(DigestView.PaperView p);

    /** A paper in its title, a line and the reason. */
    static native TemplateInstance digest$brief(DigestView.PaperView p);

    static native TemplateInstance digest$foot(DigestView letter);

    static EncodedText encoded(TemplateInstance piece, Variant variant) {
        return EncodedText.of(piece.setVariant(variant).render());
    }
}
