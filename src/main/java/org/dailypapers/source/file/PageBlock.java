package org.dailypapers.source.file;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.source.PaperRecord;

/**
 * One paper on the page: a title, its abstract in one or more paragraphs, an organisation or a number of authors, and
 * after a dot the date.
 *
 * @param number of its first line in the file, from 1
 * @param lines those above the dot, stripped, blank ones too; neither the first nor the last is blank
 * @param date null where no date stands under the dot
 */
record PageBlock(int number, List<String> lines, PageDate date) {
    private static final Pattern AUTHORS = Pattern.compile("• ?(\\d{1,3}(?:,?\\d{3}){0,2}) authors?");
    private static final Pattern ORGANIZATION = Pattern.compile("[\\w.-]+(?: (\\S.{0,199}))?");

    /**
     * The paper.
     *
     * @throws IllegalArgumentException where it has no title, or no day that exists
     */
    PaperRecord paper(LocalDate edition) {
        if (date == null) {
            throw new IllegalArgumentException("no date stands under its dot");
        }
        List<String> text = new ArrayList<>(lines);
        int authors = 0;
        String organization = null;
        // What stands under the last blank line is about the authors, where it looks like that.
        for (int at = text.size() - 1; at > 0 && at >= lines.lastIndexOf(""); at--) {
            String line = text.get(at);
            Matcher counted = AUTHORS.matcher(line);
            Matcher named = ORGANIZATION.matcher(line);
            if (counted.matches()) {
                authors = Integer.parseInt(counted.group(1).replace(",", ""));
            } else if (organization == null && at > 1 && mayPrecedeOrganization(lines.get(at - 1)) && named.matches()) {
                organization = named.group(1) != null ? named.group(1) : line;
            } else {
                break;
            }
            text.remove(at);
        }
        if (text.stream().anyMatch(line -> AUTHORS.matcher(line).matches())) {
            throw new IllegalArgumentException("runs into another paper: a line \"·\" and date is missing");
        }
        int titleEnd = text.contains("") ? text.indexOf("") : 1;
        return PaperRecord.titled(String.join(" ", text.subList(0, Math.min(titleEnd, text.size()))))
                .summary(String.join(" ", text.subList(Math.min(titleEnd, text.size()), text.size())))
                .authorCount(authors)
                .organization(organization)
                .listed(edition)
                .published(date.in(edition.getYear()).atStartOfDay().toInstant(ZoneOffset.UTC))
                .comments(date.comments())
                .build();
    }

    private static boolean mayPrecedeOrganization(String line) {
        return line.isEmpty() || AUTHORS.matcher(line).matches();
    }
}
