package org.dailypapers.paper;

import java.util.List;

/**
 * A subject that a reader can choose, defined by lines of the language of interests.
 *
 * @param slug its name in addresses
 * @param name its name on pages
 * @param group the heading it stands under
 * @param about one line that says what it is
 * @param lines a paper that any of them finds belongs to it
 */
public record Topic(String slug, String name, String group, String about, List<String> lines) {
    public Topic {
        lines = List.copyOf(lines);
    }
}
