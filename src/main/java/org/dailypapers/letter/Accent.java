package org.dailypapers.letter;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The colour of links and buttons, as {@code #1d5c8f}.
 *
 * @param light on light grounds, and under white words
 * @param dark the same in dark surroundings
 */
public record Accent(String light, String dark) {

    /** The one that the style sheet of the pages has. */
    public static final Accent PRESET = new Accent("#1d5c8f", "#8cc3ee");

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final String WHITE = "#ffffff";
    private static final String BLACK = "#000000";

    /** What lies behind pages and letters. */
    private static final String GROUND = "#f4f3ef";

    private static final String DARK_SHEET = "#1f221c";

    /** WCAG 2.2 §1.4.3. */
    private static final double LEAST = 4.5;

    /** WCAG 2.2 §1.4.6. */
    private static final double WELL = 7;

    private static final int STEPS = 100;

    /** Reads a colour in which links and buttons can be read; throws IllegalArgumentException where they could not. */
    public static Accent parse(String text) {
        String light = text.strip().toLowerCase(Locale.ROOT);
        if (!COLOUR.matcher(light).matches()) {
            throw new IllegalArgumentException(
                    text + " is no colour; write it as # and six hexadecimal digits, like " + PRESET.light());
        }
        if (light.equals(PRESET.light())) {
            return PRESET;
        }
        if (contrast(light, GROUND) < LEAST) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s can hardly be read: its contrast with white words is %.1f, with the ground of the pages %.1f, and"
                            + " %.1f is needed (WCAG 2.2, 1.4.3); take a darker one, such as %s",
                    text,
                    contrast(light, WHITE),
                    contrast(light, GROUND),
                    LEAST,
                    towards(light, BLACK, GROUND, LEAST)));
        }
        return new Accent(light, towards(light, WHITE, DARK_SHEET, WELL));
    }

    /** Reads a setting. */
    public static final class Reading implements Converter<Accent> {
        @Override
        public Accent convert(String text) {
            return parse(text);
        }
    }

    /** Whether the pages' style sheet does not have it. */
    public boolean own() {
        return !equals(PRESET);
    }

    /** For what the pointer is on, on light grounds. */
    public String lightHover() {
        return mixed(light, BLACK, 25);
    }

    /** For what the pointer is on, in dark surroundings. */
    public String darkHover() {
        return mixed(dark, WHITE, 40);
    }

    /** The nearest colour on the way to the other end that stands out enough from what is behind it. */
    private static String towards(String from, String end, String behind, double contrast) {
        for (int step = 0; step < STEPS; step++) {
            String colour = mixed(from, end, step);
            if (contrast(colour, behind) >= contrast) {
                return colour;
            }
        }
        return end;
    }

    private static String mixed(String one, String other, int percentOfOther) {
        var mixed = new StringBuilder("#");
        for (int i = 1; i < one.length(); i += 2) {
            int part = (part(one, i) * (STEPS - percentOfOther) + part(other, i) * percentOfOther) / STEPS;
            mixed.append(String.format("%02x", part));
        }
        return mixed.toString();
    }

    private static int part(String colour, int at) {
        return Integer.parseInt(colour.substring(at, at + 2), 16);
    }

    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    /** WCAG 2.2, "relative luminance". */
    private static double luminance(String colour) {
        return 0.2126 * linear(part(colour, 1)) + 0.7152 * linear(part(colour, 3)) + 0.0722 * linear(part(colour, 5));
    }

    private static double linear(int part) {
        double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
