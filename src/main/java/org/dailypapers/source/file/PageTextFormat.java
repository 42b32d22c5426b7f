package org.dailypapers.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.JsonFields;
import org.dailypapers.source.PaperRecord;

/**
 * The Daily Papers page as a person copies it: a banner, the edition's date without a year, then the papers. The page's
 * year is the one after the latest that a paper's date names.
 */
final class PageTextFormat implements PaperFormat {
    private static final int LARGEST_PAGE = 16 << 20;
    private static final String DOT = "·";
    private static final Pattern DOT_AND_DATE = Pattern.compile("(.*?) ?" + DOT + " ?(" + PageDate.PATTERN + ")");
    private static final Pattern MARK =
            Pattern.compile("(?m)^\\h*(?:• ?[\\d,]{1,9} authors?\\h*(?:" + DOT + ".*)?|" + DOT + ")\\r?$");

    @Override
    public String name() {
        return "page-text";
    }

    @Override
    public boolean recognises(byte[] head, String fileName) {
        return MARK.matcher(new String(head, StandardCharsets.UTF_8)).find();
    }

    @Override
    public void read(InputStream in, Context context, Consumer<PaperRecord> accept, Consumer<Rejection> reject)
            throws UnreadableFileException {
        Page page = Page.of(lines(text(in)));
        if (page.blocks().stream().allMatch(block -> block.date() == null)) {
            throw new UnreadableFileException("page-text: no paper is followed by a line \"·\" and a date");
        }
        LocalDate edition = context.edition().isPresent() ? context.edition().get() : edition(page);
        for (PageBlock block : page.blocks()) {
            PaperRecord paper;
            try {
                paper = block.paper(edition);
            } catch (IllegalArgumentException unusable) {
                reject.accept(new Rejection("line " + block.number(), unusable.getMessage()));
                continue;
            }
            accept.accept(paper);
        }
        page.rest().ifPresent(reject);
    }

    private static LocalDate edition(Page page) throws UnreadableFileException {
        int latest = Stream.concat(
                        Stream.of(page.heading()).flatMap(Optional::stream),
                        page.blocks().stream().map(PageBlock::date).filter(Objects::nonNull))
                .map(PageDate::year)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (page.heading().isEmpty() || latest == 0) {
            throw new UnreadableFileException("page-text: the page "
                    + (page.heading().isEmpty() ? "has no date at its head" : "names no year")
                    + "; name its edition with --date=YYYY-MM-DD");
        }
        try {
            return page.heading().get().in(latest + 1);
        } catch (IllegalArgumentException noSuchDay) {
            throw new UnreadableFileException(
                    "page-text: " + noSuchDay.getMessage() + "; name the edition with --date=YYYY-MM-DD", noSuchDay);
        }
    }

    private static String text(InputStream in) throws UnreadableFileException {
        try {
            byte[] bytes = in.readNBytes(LARGEST_PAGE + 1);
            if (bytes.length > LARGEST_PAGE) {
                throw new UnreadableFileException("page-text: larger than " + (LARGEST_PAGE >> 20) + " MB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new UnreadableFileException(
                    "page-text: not UTF-8; convert it first, as with iconv -t UTF-8", malformed);
        } catch (UnreadableFileException tooLarge) {
            throw tooLarge;
        } catch (IOException broken) {
            throw new UnreadableFileException("page-text: " + broken.getMessage(), broken);
        }
    }

    private static List<NumberedLine> lines(String text) {
        List<NumberedLine> lines = new ArrayList<>();
        int number = 0;
        for (String raw : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = Titles.oneLine(raw);
            Matcher joined = DOT_AND_DATE.matcher(line);
            if (joined.matches()) {
                if (!joined.group(1).isEmpty()) {
                    lines.add(new NumberedLine(number, joined.group(1)));
                }
                lines.add(new NumberedLine(number, DOT));
                lines.add(new NumberedLine(number, joined.group(2)));
            } else {
                lines.add(new NumberedLine(number, line));
            }
        }
        return lines;
    }

    private record NumberedLine(int number, String text) {}

    /**
     * The page's parts.
     *
     * @param rest the text under the last paper, which no date line ends
     */
    private record Page(Optional<PageDate> heading, List<PageBlock> blocks, Optional<Rejection> rest) {

        static Page of(List<NumberedLine> lines) {
            Optional<PageDate> heading = Optional.empty();
            List<PageBlock> blocks = new ArrayList<>();
            List<NumberedLine> block = new ArrayList<>();
            for (int at = 0; at < lines.size(); at++) {
                NumberedLine line = lines.get(at);
                if (line.text().equals(DOT)) {
                    Optional<PageDate> date = dateBelow(lines, at);
                    trimEnd(block);
                    blocks.add(new PageBlock(
                            block.isEmpty() ? line.number() : block.getFirst().number(),
                            block.stream().map(NumberedLine::text).toList(),
                            date.orElse(null)));
                    block.clear();
                    at = date.isPresent() ? visibleBelow(lines, at) : lineDirectlyBelow(lines, at);
                } else if (blocks.isEmpty()
                        && heading.isEmpty()
                        && PageDate.of(line.text()).isPresent()) {
                    heading = PageDate.of(line.text());
                    block.clear();
                } else if (!block.isEmpty() || !line.text().isEmpty()) {
                    block.add(line);
                }
            }
            trimEnd(block);
            return new Page(heading, blocks, rest(block));
        }

        private static Optional<PageDate> dateBelow(List<NumberedLine> lines, int dot) {
            int below = visibleBelow(lines, dot);
            return below < lines.size() ? PageDate.of(lines.get(below).text()) : Optional.empty();
        }

        /** Where a line that should be a date stands, so that it becomes no title. */
        private static int lineDirectlyBelow(List<NumberedLine> lines, int at) {
            return at + 1 < lines.size() && !lines.get(at + 1).text().isEmpty() ? at + 1 : at;
        }

        private static int visibleBelow(List<NumberedLine> lines, int at) {
            int below = at + 1;
            while (below < lines.size() && lines.get(below).text().isEmpty()) {
                below++;
            }
            return below;
        }

        private static Optional<Rejection> rest(List<NumberedLine> block) {
            return block.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Rejection(
                            "line " + block.getFirst().number(),
                            "no line \"·\" and date below: "
                                    + JsonFields.excerpt(block.getFirst().text())));
        }

        private static void trimEnd(List<NumberedLine> block) {
            while (!block.isEmpty() && block.getLast().text().isEmpty()) {
                block.removeLast();
            }
        }
    }
}
