package org.dailypapers.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dailypapers.delivery.CrashLane.Kind;
import org.dailypapers.delivery.CrashReferee.Verdict;

/** Points at which the service is killed, on one database and the other. */
final class CrashMatrix {

    private static final int PAYS_FROM = 12;

    private CrashMatrix() {}

    /** A database's points, each so many times; the databases side by side. */
    static Map<Kind, Verdict> run(Map<Kind, List<CrashPoint>> points, int times, long seed) throws Exception {
        Map<Kind, Future<Verdict>> lanes = new EnumMap<>(Kind.class);
        Map<Kind, Verdict> verdicts = new EnumMap<>(Kind.class);
        try (var threads = Executors.newFixedThreadPool(points.size())) {
            points.forEach((kind, its) -> lanes.put(kind, threads.submit(() -> lane(kind, its, times, seed))));
            for (Map.Entry<Kind, Future<Verdict>> each : lanes.entrySet()) {
                verdicts.put(each.getKey(), each.getValue().get());
            }
        }
        return verdicts;
    }

    private static Verdict lane(Kind kind, List<CrashPoint> points, int times, long seed) throws Exception {
        Path folder = Files.createTempDirectory("crash");
        try (var lane = new CrashLane(kind, folder, seed)) {
            lane.prepare(points.size() * times >= PAYS_FROM);
            for (CrashPoint point : points) {
                for (int trial = 0; trial < times; trial++) {
                    lane.run(point, trial);
                }
                System.err.printf("%s: %s, %d times%n", kind, point, times);
            }
            return lane.finish();
        } finally {
            delete(folder);
        }
    }

    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
