package org.dailypapers.source.arxiv;

import java.util.List;
import java.util.Map;

/**
 * One element of a record and all that it holds. Names are without their prefix.
 *
 * @param text its own characters, without those of its children
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, String text) {

    /** The first child of that name; null where there is none. */
    XmlElement child(String wanted) {
        for (XmlElement child : children) {
            if (child.name.equals(wanted)) {
                return child;
            }
        }
        return null;
    }

    /** The children of that name, in order. */
    List<XmlElement> all(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** The text of the first child of that name, without blanks around it; null where there is none. */
    String text(String wanted) {
        XmlElement child = child(wanted);
        String text = child == null ? "" : child.text.strip();
        return text.isEmpty() ? null : text;
    }

    /** The texts of the children of that name, in order. */
    List<String> texts(String wanted) {
        return all(wanted).stream()
                .map(child -> child.text.strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
