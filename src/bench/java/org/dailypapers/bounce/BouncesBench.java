package org.dailypapers.bounce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** How fast mails that came back are read, and how often as labelled, beside flufl.bounce on the same files. */
final class BouncesBench {

    private static final String HELP = """
            usage: ./bench bounces [--python=PYTHON] [--all] [FOLDER]
            FOLDER holds expected.jsonl and the mails it names; ../shared/data/bounces when not named.
            PYTHON is one that has flufl.bounce; without it a temporary one is made with pip.
            --all prints each disagreement.""";

    /** Until the compiler is done with what is read. */
    private static final int ROUNDS = 60;

    private static final int FLUFL_ROUNDS = 3;

    private record Mail(String file, String expected, byte[] bytes) {

        boolean counts() {
            return !List.of("null", "mixed", "undetermined").contains(expected);
        }

        /** The labels know neither policy nor fault. */
        boolean agrees(String kind) {
            String coarse = kind.equals("policy") || kind.equals("fault") ? "soft" : kind;
            return coarse.equals(
                    switch (expected) {
                        case "autoreply" -> "auto-reply";
                        case "not-bounce", "auth-failure-report" -> "none";
                        default -> expected;
                    });
        }
    }

    private BouncesBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of("../shared/data/bounces");
        String python = null;
        boolean all = false;
        for (String argument : arguments) {
            if (argument.startsWith("--python=")) {
                python = argument.substring("--python=".length());
            } else if (argument.equals("--all")) {
                all = true;
            } else if (argument.startsWith("-")) {
                System.err.println(HELP);
                System.exit(2);
            } else {
                folder = Path.of(argument);
            }
        }
        if (!Files.exists(folder.resolve("expected.jsonl"))) {
            System.err.println("There is no expected.jsonl in " + folder + "; name the folder of the labelled mails");
            System.exit(1);
        }
        List<Mail> mails = mails(folder);
        var kinds = new HashMap<String, String>();
        double ours = ours(mails, kinds);
        System.out.printf(
                Locale.ROOT,
                "%d mails, %d of them labelled%n",
                mails.size(),
                labelled(mails).size());
        System.out.println("                 mails a second of CPU   as labelled          hard and soft of sisimai");
        tell("ours", mails.size() / ours, mails, kinds);
        if (all) {
            disagreements(mails, kinds);
        }
        var theirs = new HashMap<String, String>();
        double flufl = flufl(python == null ? temporaryPython() : python, folder, mails, theirs);
        tell("flufl.bounce", mails.size() / flufl, mails, theirs);
        long broken = theirs.values().stream().filter("exception"::equals).count();
        System.out.printf(
                Locale.ROOT,
                "flufl.bounce throws at %d mails. Ours reads %.1f × as many a second.%n",
                broken,
                flufl / ours);
    }

    private static List<Mail> mails(Path folder) throws IOException {
        var json = new ObjectMapper();
        var mails = new ArrayList<Mail>();
        for (String line : Files.readAllLines(folder.resolve("expected.jsonl"))) {
            JsonNode each = json.readTree(line);
            String file = each.path("file").asText();
            mails.add(new Mail(file, each.path("expected_class").asText(), Files.readAllBytes(folder.resolve(file))));
        }
        return mails;
    }

    private static List<Mail> labelled(List<Mail> mails) {
        return mails.stream().filter(Mail::counts).toList();
    }

    private static double ours(List<Mail> mails, Map<String, String> kinds) throws IOException {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (Mail mail : mails) {
                Report report = BounceReader.read(new ByteArrayInputStream(mail.bytes()));
                kinds.put(mail.file(), report.main().kind().toString());
            }
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
        }
        return best / 1e9;
    }

    private static double flufl(String python, Path folder, List<Mail> mails, Map<String, String> kinds)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python, "src/bench/bounces/with-flufl.py", Integer.toString(FLUFL_ROUNDS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var files = new LinkedHashMap<String, String>();
        mails.forEach(m -> files.put(folder.resolve(m.file()).toString(), m.file()));
        try (var in = process.getOutputStream()) {
            in.write(String.join("\n", files.keySet()).getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("flufl.bounce did not run with " + python);
        }
        double seconds = 0;
        for (String line : out.lines().toList()) {
            String[] cells = line.split("\t");
            if (cells[0].equals("seconds")) {
                seconds = Double.parseDouble(cells[1]);
            } else {
                kinds.put(files.get(cells[0]), cells[1]);
            }
        }
        return seconds;
    }

    private static String temporaryPython() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("flufl");
        run("python3", "-m", "venv", folder.toString());
        run(folder.resolve("bin/pip").toString(), "-q", "install", "flufl.bounce");
        return folder.resolve("bin/python").toString();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("Failed: " + String.join(" ", command));
        }
    }

    private static void tell(String name, double rate, List<Mail> mails, Map<String, String> kinds) {
        List<Mail> labelled = labelled(mails);
        List<Mail> sisimai = labelled.stream()
                .filter(m -> m.file().startsWith("sisimai/"))
                .filter(m -> m.expected().equals("hard") || m.expected().equals("soft"))
                .toList();
        List<Mail> soft =
                sisimai.stream().filter(m -> m.expected().equals("soft")).toList();
        long harmed =
                soft.stream().filter(m -> kinds.get(m.file()).equals("hard")).count();
        System.out.printf(
                Locale.ROOT,
                "%-16s %21.0f   %s   %s, soft called hard %d of %d%n",
                name,
                rate,
                share(labelled, kinds),
                share(sisimai, kinds),
                harmed,
                soft.size());
    }

    private static String share(List<Mail> mails, Map<String, String> kinds) {
        long agreed = mails.stream().filter(m -> m.agrees(kinds.get(m.file()))).count();
        return String.format(Locale.ROOT, "%d of %d (%.1f %%)", agreed, mails.size(), 100.0 * agreed / mails.size());
    }

    private static void disagreements(List<Mail> mails, Map<String, String> kinds) {
        System.out.println(labelled(mails).stream()
                .filter(m -> !m.agrees(kinds.get(m.file())))
                .map(m -> "  " + m.file() + ": " + m.expected() + ", read as " + kinds.get(m.file()))
                .collect(Collectors.joining("\n")));
    }
}
