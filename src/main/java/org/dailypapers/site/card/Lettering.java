package org.dailypapers.site.card;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A typeface as outlines: Java's own text needs fonts of the system, which a container has none of. Not for use by several
 * threads at once.
 */
final class Lettering {

    /** Of so many signs one may be missing. */
    private static final int MOST_LEFT_OUT = 8;

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double unitsPerEm;

    private Lettering(TrueTypeFont font) throws IOException {
        this.font = font;
        glyphs = font.getUnicodeCmapLookup();
        unitsPerEm = font.getUnitsPerEm();
    }

    /** The typeface in that file of the class path. */
    static Lettering of(String file) {
        try (InputStream in = Lettering.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new Lettering(new TTFParser().parse(new RandomAccessReadBuffer(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** What of a text it can write, which is Latin, Greek and Cyrillic; nothing where that is not nearly all. */
    String written(String text) {
        int[] signs = text.codePoints()
                .filter(sign -> Character.isWhitespace(sign) || glyphs.getGlyphId(sign) != 0)
                .toArray();
        long left = text.codePoints().count() - signs.length;
        return left * MOST_LEFT_OUT > signs.length
                ? ""
                : new String(signs, 0, signs.length).replaceAll("\\s+", " ").strip();
    }

    /** How wide a text is, in pixels. */
    double width(String text, double size) {
        return text.codePoints().mapToDouble(this::advance).sum() * size / unitsPerEm;
    }

    private double advance(int sign) {
        try {
            return font.getAdvanceWidth(glyphs.getGlyphId(sign));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outline of a line of text whose base line begins there. */
    Path2D outline(String text, double size, double x, double y) {
        var outline = new Path2D.Double();
        double scale = size / unitsPerEm;
        double at = x;
        for (int sign : text.codePoints().toArray()) {
            try {
                GlyphData glyph = font.getGlyph().getGlyph(glyphs.getGlyphId(sign));
                if (glyph != null) {
                    outline.append(
                            glyph.getPath().getPathIterator(new AffineTransform(scale, 0, 0, -scale, at, y)), false);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            at += advance(sign) * scale;
        }
        return outline;
    }

    /** A text in lines that are no wider than that; at most so many, the last one ending in "…" where more is left. */
    List<String> lines(String text, double size, double width, int most) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer, size) <= width || line.isEmpty()) {
                line.setLength(0);
                line.append(longer);
            } else if (lines.size() == most - 1) {
                lines.add(shortened(line + " …", size, width));
                return lines;
            } else {
                lines.add(shortened(line.toString(), size, width));
                line.setLength(0);
                line.append(word);
            }
        }
        lines.add(shortened(line.toString(), size, width));
        return lines;
    }

    /** A text cut off where it would be too wide. */
    String shortened(String text, double size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        String cut = text;
        while (!cut.isEmpty() && width(cut + "…", size) > width) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut.strip() + "…";
    }
}
