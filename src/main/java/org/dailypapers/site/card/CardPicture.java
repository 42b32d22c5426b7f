package org.dailypapers.site.card;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws cards: PNGs of 1200 × 630 pixels, the size that others show links with. */
final class CardPicture {

    static final int WIDTH = 1200;
    static final int HEIGHT = 630;

    private static final int MARGIN = 80;
    private static final int INSIDE = WIDTH - 2 * MARGIN;
    private static final int BAR = 18;

    /** Where the last line above the name may stand. */
    private static final int LOWEST = HEIGHT - MARGIN - 28;

    private static final Color PAPER = new Color(0xFBFAF7);
    private static final Color INK = new Color(0x1B1F24);
    private static final Color MUTED = new Color(0x5B6470);

    private final Lettering plain = Lettering.of("/liberation/LiberationSans-Regular.ttf");
    private final Lettering bold = Lettering.of("/liberation/LiberationSans-Bold.ttf");

    /**
     * What a card says.
     *
     * @param name of the service
     * @param above a line above the title
     * @param title what it is about; left out where the typeface has not nearly all of its signs
     * @param below lines below it, likewise
     * @param accent the colour of the service, as {@code #rrggbb}
     */
    record Card(String name, String above, String title, List<String> below, String accent) {}

    byte[] draw(Card card) {
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        Color accent = Color.decode(card.accent());
        graphics.setColor(PAPER);
        graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        graphics.setColor(accent);
        graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, BAR));
        double y = MARGIN + 20;
        y = write(graphics, plain, card.above(), 30, MUTED, y, 1) + 34;
        double size = card.title().length() > 110 ? 50 : card.title().length() > 60 ? 58 : 68;
        y = write(graphics, bold, card.title(), size, INK, y + size * 0.6, 4) + 24;
        for (String line : card.below()) {
            if (y + 18 <= LOWEST) {
                y = write(graphics, plain, line, 32, MUTED, y + 18, 1);
            }
        }
        write(graphics, bold, card.name(), 34, accent, HEIGHT - MARGIN + 24, 1);
        graphics.dispose();
        return png(picture);
    }

    /** Where the next line would begin. */
    private static double write(
            Graphics2D graphics, Lettering face, String text, double size, Color colour, double y, int most) {
        String written = face.written(text);
        if (written.isEmpty()) {
            return y;
        }
        graphics.setColor(colour);
        double at = y;
        for (String line : face.lines(written, size, INSIDE, most)) {
            graphics.fill(face.outline(line, size, MARGIN, at));
            at += size * 1.22;
        }
        return at;
    }

    private static byte[] png(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written to", e);
        }
        return bytes.toByteArray();
    }
}
