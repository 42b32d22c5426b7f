package org.dailypapers.command.check;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code .env}: a setting a line, {@code NAME=value}. A value is what stands there, without blanks at its ends;
 * quotes of one kind around the whole of it do not belong to it and keep such blanks. Nothing is expanded, and a backslash
 * is one, but for {@code \"} and {@code \\} between double quotes.
 *
 * @param settings by their names
 * @param fault what keeps the file from being read, on one line; it shows no value, which may be a password
 */
record DotEnv(Map<String, String> settings, Optional<String> fault) {

    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([^\\s=#]+)\\s*=\\s*(.*?)\\s*");
    private static final String COMMENT = "(?:\\s+#.*)?";
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'" + COMMENT);
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"" + COMMENT);
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

    /** Reads the file; without one there are no settings. */
    static DotEnv read(Path file) {
        if (!Files.isRegularFile(file)) {
            return new DotEnv(Map.of(), Optional.empty());
        }
        try {
            return of(Files.readAllLines(file));
        } catch (CharacterCodingException e) {
            return faulty("is not in UTF-8; save it so");
        } catch (IOException e) {
            return faulty("cannot be read; give it to this user");
        }
    }

    private static DotEnv faulty(String fault) {
        return new DotEnv(Map.of(), Optional.of("The file .env " + fault + "."));
    }

    static DotEnv of(List<String> lines) {
        var settings = new HashMap<String, String>();
        for (int i = 0; i < lines.size(); i++) {
            String line =
                    i == 0 && lines.get(0).startsWith("\uFEFF") ? lines.get(0).substring(1) : lines.get(i);
            Matcher setting = LINE.matcher(line);
            if (setting.matches()) {
                settings.put(setting.group(1), value(setting.group(2)));
            } else if (!NOTHING.matcher(line).matches()) {
                return faulty("cannot be read in line " + (i + 1) + "; write a setting as NAME=value");
            }
        }
        return new DotEnv(Map.copyOf(settings), Optional.empty());
    }

    private static String value(String written) {
        Matcher quoted = SINGLE.matcher(written);
        if (quoted.matches()) {
            return quoted.group(1);
        }
        quoted = DOUBLE.matcher(written);
        return quoted.matches() ? ESCAPED.matcher(quoted.group(1)).replaceAll("$1") : written;
    }

    /** The names only. */
    @Override
    public String toString() {
        return "DotEnv" + settings.keySet();
    }
}
