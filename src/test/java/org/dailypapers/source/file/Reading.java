package org.dailypapers.source.file;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dailypapers.source.PaperRecord;

/** What came of reading a file. */
record Reading(List<PaperRecord> papers, List<Rejection> rejections) {

    Reading() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    static Reading of(Path file) throws UnreadableFileException {
        return of(file, null);
    }

    static Reading of(Path file, String date) throws UnreadableFileException {
        Reading reading = new Reading();
        reading.read(file, null, date);
        return reading;
    }

    void read(Path file, String format, String date) throws UnreadableFileException {
        PaperFiles.read(
                file,
                Optional.ofNullable(format),
                Optional.ofNullable(date).map(LocalDate::parse),
                papers::add,
                rejections::add);
    }

    List<String> reasons() {
        return rejections.stream().map(Rejection::toString).toList();
    }
}
