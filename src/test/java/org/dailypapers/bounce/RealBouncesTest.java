package org.dailypapers.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;

/** Agreement with what others say that real reports mean; docs/bounces.md tells where and why it ends. */
class RealBouncesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A mail, what is expected of it, and what was read; the classes of the data have no policy and no fault. */
    private record Read(String file, String expected, String kind) {

        static Read of(Path folder, JsonNode line) {
            String file = line.path("file").asText();
            try (InputStream in = Files.newInputStream(folder.resolve(file))) {
                String kind = BounceReader.read(in).main().kind().toString();
                return new Read(file, line.path("expected_class").asText(), kind);
            } catch (IOException e) {
                throw new AssertionError(file, e);
            }
        }

        boolean counts() {
            return !List.of("null", "mixed", "undetermined").contains(expected);
        }

        boolean agrees() {
            String wanted =
                    switch (expected) {
                        case "autoreply" -> "auto-reply";
                        case "not-bounce", "auth-failure-report" -> "none";
                        default -> expected;
                    };
            return wanted.equals(coarse());
        }

        private String coarse() {
            return kind.equals("policy") || kind.equals("fault") ? "soft" : kind;
        }
    }

    private static List<Read> all() throws IOException {
        Path folder = RealData.path("bounces");
        var all = new ArrayList<Read>();
        for (String line : Files.readAllLines(folder.resolve("expected.jsonl"))) {
            all.add(Read.of(folder, JSON.readTree(line)));
        }
        return all;
    }

    @Test
    void mostAreReadAsTheirCollectorsReadThem() throws IOException {
        List<Read> counted = all().stream().filter(Read::counts).toList();
        long agreed = counted.stream().filter(Read::agrees).count();
        System.out.printf("%d of %d real mails are read as labelled%n", agreed, counted.size());
        assertTrue(agreed >= 0.92 * counted.size(), disagreements(counted));
        for (Read each : counted) {
            if (each.expected().equals("complaint") || each.expected().equals("autoreply")) {
                assertTrue(each.agrees(), each.toString());
            }
        }
    }

    @Test
    void hardAndSoftAreToldApartAndHardlyAnySoftOneIsCalledHard() throws IOException {
        List<Read> counted = all().stream()
                .filter(r -> r.file().startsWith("sisimai/"))
                .filter(r -> r.expected().equals("hard") || r.expected().equals("soft"))
                .toList();
        long agreed = counted.stream().filter(Read::agrees).count();
        List<Read> soft =
                counted.stream().filter(r -> r.expected().equals("soft")).toList();
        long harmed = soft.stream().filter(r -> r.kind().equals("hard")).count();
        System.out.printf(
                "%d of %d hard and soft ones agree; %d of %d soft ones are called hard%n",
                agreed, counted.size(), harmed, soft.size());
        assertTrue(agreed >= 0.92 * counted.size(), disagreements(counted));
        assertTrue(harmed <= 0.015 * soft.size(), disagreements(soft));
    }

    @Test
    void whatPostfixAndEximWroteOfOurOwnLettersIsUnderstood() throws IOException {
        Path folder = RealData.path("mta-dsn");
        int agreed = 0;
        int counted = 0;
        var others = new StringBuilder();
        for (String line : Files.readAllLines(folder.resolve("expected.jsonl"))) {
            JsonNode expected = JSON.readTree(line);
            try (InputStream in =
                    Files.newInputStream(folder.resolve(expected.path("file").asText()))) {
                Report report = BounceReader.read(in);
                String kind = report.main().kind().toString();
                String wanted = expected.path("expected").asText().replace("delayed", "soft");
                agreed += kind.equals(wanted) ? 1 : 0;
                counted++;
                if (!kind.equals(wanted)) {
                    others.append(expected.path("file").asText())
                            .append(' ')
                            .append(report.main())
                            .append('\n');
                }
                assertEquals(expected.path("recipient").asText(), report.recipients());
                assertTrue(report.letter().isPresent(), expected.path("file").asText());
            }
        }
        assertTrue(agreed >= 0.95 * counted, others.toString());
    }

    private static String disagreements(List<Read> reads) {
        var text = new StringBuilder();
        reads.stream().filter(r -> !r.agrees()).forEach(r -> text.append(r).append('\n'));
        return text.toString();
    }
}
