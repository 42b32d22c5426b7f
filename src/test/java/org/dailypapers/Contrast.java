package org.dailypapers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The colours of a letter's elements as a mail program shows them, in light or dark, and how well they stand apart. */
public final class Contrast {

    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
    private static final Pattern DARK =
            Pattern.compile("@media \\(prefers-color-scheme: dark\\) \\{((?:[^{}]*\\{[^{}]*})*)\\s*}");

    private final Document letter;
    private final boolean dark;

    public Contrast(Document letter, boolean dark) {
        this.letter = letter;
        this.dark = dark;
    }

    /** The ratio of an element's text to what lies behind it (WCAG 2.2 §1.4.3). */
    public double ofText(Element element) {
        return ratio(color(element), behind(element));
    }

    /** The ratio of the line under an element to what lies behind the element (WCAG 2.2 §1.4.11). */
    public double ofUnderline(Element element) {
        String line = declared(element, "border-color")
                .or(() -> declared(element, "border-bottom").map(v -> v.replaceFirst(".*(#[0-9a-f]{6}).*", "$1")))
                .orElseThrow(() -> new AssertionError("no line under " + element.outerHtml()));
        return ratio(line, behind(element.parent()));
    }

    private String color(Element element) {
        for (Element each = element; each != null; each = each.parent()) {
            Optional<String> color = declared(each, "color").filter(value -> value.startsWith("#"));
            if (color.isPresent()) {
                return color.get();
            }
        }
        return "#000000";
    }

    private String behind(Element element) {
        for (Element each = element; each != null; each = each.parent()) {
            Optional<String> color = declared(each, "background");
            if (color.isPresent()) {
                return color.get();
            }
        }
        return "#ffffff";
    }

    /** What counts for that property: an important rule, else the element's own style, else another rule. */
    private Optional<String> declared(Element element, String property) {
        String css = letter.select("style").stream().map(Element::data).reduce("", String::concat);
        Matcher media = DARK.matcher(css);
        String darkRules = media.find() ? media.group(1) : "";
        Optional<String> important = dark ? inRules(darkRules, element, property) : Optional.empty();
        return important
                .or(() ->
                        Optional.ofNullable(declarations(element.attr("style")).get(property)))
                .or(() -> inRules(media.replaceAll(""), element, property));
    }

    private static Optional<String> inRules(String rules, Element element, String property) {
        String found = null;
        Matcher rule = RULE.matcher(rules);
        while (rule.find()) {
            String selector = rule.group(1).strip();
            if (!selector.startsWith("@") && element.is(selector)) {
                found = declarations(rule.group(2)).getOrDefault(property, found);
            }
        }
        return Optional.ofNullable(found);
    }

    private static Map<String, String> declarations(String style) {
        var found = new LinkedHashMap<String, String>();
        for (String one : style.split(";")) {
            String[] pair = one.split(":", 2);
            if (pair.length == 2) {
                found.put(pair[0].strip(), pair[1].replace("!important", "").strip());
            }
        }
        return found;
    }

    private static double ratio(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    /** WCAG 2.2, "relative luminance". */
    private static double luminance(String color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double part = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
