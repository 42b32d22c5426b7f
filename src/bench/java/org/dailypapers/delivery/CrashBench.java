package org.dailypapers.delivery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dailypapers.delivery.CrashLane.Kind;
import org.dailypapers.delivery.CrashReferee.Outcome;
import org.dailypapers.delivery.CrashReferee.Verdict;

/** Kills the built service at every point, again and again, and has the receiver's ledger say whether the promise held. */
public final class CrashBench {

    private static final String HELP = """
            usage: ./bench crash [--times=20] [--points=CLAIM,DOT,…] [--database=h2|postgresql] [--seed=1]
                   ./bench crash --catch [--times=8]
            --catch runs H2 at its default WRITE_DELAY instead and must find losses.""";

    private CrashBench() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        if (!List.of("--times", "--points", "--database", "--seed", "--catch").containsAll(options.keySet())) {
            System.err.println(HELP);
            System.exit(2);
        }
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        System.exit(options.containsKey("--catch") ? losses(options, seed) : matrix(options, seed));
    }

    private static int matrix(Map<String, String> options, long seed) throws Exception {
        int times = Integer.parseInt(options.getOrDefault("--times", "20"));
        List<CrashPoint> points = options.containsKey("--points")
                ? List.of(options.get("--points").split(",")).stream()
                        .map(name -> CrashPoint.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                        .toList()
                : List.of(CrashPoint.values());
        List<Kind> kinds = options.containsKey("--database")
                ? List.of(Kind.valueOf(options.get("--database").toUpperCase(java.util.Locale.ROOT)))
                : List.of(Kind.H2, Kind.POSTGRESQL);
        long start = System.nanoTime();
        Map<Kind, List<CrashPoint>> everywhere = new EnumMap<>(Kind.class);
        kinds.forEach(kind -> everywhere.put(kind, points));
        Map<Kind, Verdict> verdicts = CrashMatrix.run(everywhere, times, seed);
        return print(points, verdicts, Duration.ofNanos(System.nanoTime() - start));
    }

    private static int losses(Map<String, String> options, long seed) throws Exception {
        int times = Integer.parseInt(options.getOrDefault("--times", "8"));
        Path folder = Files.createTempDirectory("crash");
        try (var lane = new CrashLane(Kind.FORGETFUL_H2, folder, seed)) {
            lane.prepare(false);
            for (int i = 0; i < times; i++) {
                lane.run(CrashPoint.SUBSCRIBE, 3 + 4 * (i % 2));
            }
            Verdict verdict = lane.finish();
            int lost = 0;
            int acknowledged = 0;
            for (Outcome outcome : verdict.outcomes()) {
                lost += outcome.lost();
                acknowledged += outcome.acknowledged();
            }
            System.out.printf(
                    "%s, killed right after an acknowledged request, %d times: %d of %d acknowledged requests lost, "
                            + "%d of %d runs broke the promise%n",
                    Kind.FORGETFUL_H2, times, lost, acknowledged, times - verdict.kept(), times);
            System.out.println(lost > 0 ? "The harness catches a loss." : "The harness is blind: it saw no loss.");
            return lost > 0 ? 0 : 1;
        } finally {
            CrashMatrix.delete(folder);
        }
    }

    private static int print(List<CrashPoint> points, Map<Kind, Verdict> verdicts, Duration time) {
        System.out.println("| killed | database | runs | acknowledged | lost | repeats | lines open | different bytes"
                + " | kept |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        long kept = 0;
        int runs = 0;
        for (CrashPoint point : points) {
            for (Map.Entry<Kind, Verdict> verdict : verdicts.entrySet()) {
                List<Outcome> outcomes = verdict.getValue().outcomes().stream()
                        .filter(outcome -> outcome.run().point() == point)
                        .toList();
                long good = outcomes.stream().filter(Outcome::kept).count();
                System.out.printf(
                        "| %s | %s | %d | %d | %d | %d | %d | %d | %d |%n",
                        point,
                        verdict.getKey(),
                        outcomes.size(),
                        outcomes.stream().mapToInt(Outcome::acknowledged).sum(),
                        outcomes.stream().mapToInt(Outcome::lost).sum(),
                        outcomes.stream().mapToInt(Outcome::repeats).sum(),
                        outcomes.stream().mapToInt(o -> o.run().lines()).sum(),
                        outcomes.stream().mapToInt(Outcome::different).sum(),
                        good);
                outcomes.stream().filter(o -> !o.kept()).forEach(o -> System.err.println("not kept: " + o));
                kept += good;
                runs += outcomes.size();
            }
        }
        System.out.printf(
                "%d of %d; %d letters; %d s%n",
                kept,
                runs,
                verdicts.values().stream().mapToInt(Verdict::letters).sum(),
                time.toSeconds());
        return kept == runs ? 0 : 1;
    }
}
