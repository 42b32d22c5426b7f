package org.dailypapers.source;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the records of one ingest.
 *
 * @param read records that could be read, rejected ones too
 * @param added records that made a new paper
 * @param merged records whose paper another source had made, or whose content changed it
 * @param unchanged records that brought nothing new
 * @param rejections the records refused, each with its reason
 */
public record IngestReport(int read, int added, int merged, int unchanged, List<String> rejections) {

    public IngestReport {
        rejections = List.copyOf(rejections);
    }

    public static IngestReport none() {
        return new IngestReport(0, 0, 0, 0, List.of());
    }

    /** Both together. */
    public IngestReport plus(IngestReport other) {
        List<String> all = new ArrayList<>(rejections);
        all.addAll(other.rejections);
        return new IngestReport(
                read + other.read, added + other.added, merged + other.merged, unchanged + other.unchanged, all);
    }

    /** One more record that could not be used. */
    public IngestReport rejecting(String reason) {
        return plus(new IngestReport(1, 0, 0, 0, List.of(reason)));
    }

    @Override
    public String toString() {
        return "read %d, new %d, merged %d, unchanged %d, rejected %d"
                .formatted(read, added, merged, unchanged, rejections.size());
    }
}
