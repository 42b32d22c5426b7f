package org.dailypapers.site.library;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RIS, a tag and a value a line, as Zotero, Mendeley and EndNote export it. */
final class RisReader {

    private static final Pattern LINE = Pattern.compile("([A-Z][A-Z0-9])\\s{1,2}-\\s?(.*)");

    private RisReader() {}

    /** Whether the text begins as RIS does. */
    static boolean reads(String text) {
        return text.lines()
                .filter(l -> !l.isBlank())
                .findFirst()
                .filter(l -> l.matches("\\W*TY\\s{1,2}-.*"))
                .isPresent();
    }

    static List<Reference> read(String text, int most) {
        var references = new ArrayList<Reference>();
        var reference = new ReferenceBuilder();
        for (String line : text.lines().toList()) {
            Matcher field = LINE.matcher(line.strip());
            if (references.size() >= most) {
                break;
            }
            if (!field.matches()) {
                continue;
            }
            String value = field.group(2).strip();
            switch (field.group(1)) {
                case "TY" -> reference = new ReferenceBuilder();
                case "TI", "T1" -> reference.title(value);
                case "AB", "N2" -> reference.summary(value);
                case "DO" -> reference.id(value);
                case "UR", "L1", "L2", "M1", "JO", "N1", "AN", "C1", "T2" ->
                    reference.id(value).mention(value);
                case "ER" -> reference.build().ifPresent(references::add);
                default -> {}
            }
        }
        return references;
    }
}
