package org.dailypapers.template;

import java.util.ArrayList;
import java.util.List;

/** A file of messages, as Qute reads it: a name, an equals sign and a sentence on each line; a backslash at its end goes on. */
final class MessageFile {

    private MessageFile() {}

    /**
     * A line of it.
     *
     * @param name empty where no equals sign stands in the line
     * @param line counted from 1
     */
    record Entry(String name, String text, int line) {}

    static List<Entry> read(String content) {
        var entries = new ArrayList<Entry>();
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int number = i + 1;
            int equal = line.indexOf('=');
            var text = new StringBuilder(adapted(line.substring(equal + 1)));
            while (!text.isEmpty() && text.charAt(text.length() - 1) == '\\' && i + 1 < lines.size()) {
                text.setLength(text.length() - 1);
                text.append(adapted(lines.get(++i)));
            }
            entries.add(new Entry(equal < 0 ? "" : line.substring(0, equal).strip(), text.toString(), number));
        }
        return entries;
    }

    private static String adapted(String text) {
        return text.stripLeading().replace("\\n", "\n");
    }
}
