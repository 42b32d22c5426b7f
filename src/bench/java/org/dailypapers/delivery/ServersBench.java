package org.dailypapers.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.delivery.MailServer.Kind;
import org.dailypapers.digest.DueReaders;
import org.dailypapers.letter.DkimKeys;
import org.dailypapers.reputation.CircuitBreaker;

/**
 * The packaged service before mail servers of other people: whether each letter ends in the right state, whether what
 * they stored is there once with a signature that holds, and how long a letter takes beside Postfix.
 */
final class ServersBench {

    private static final String HELP = """
            usage: ./bench servers [--download] [--unpacked=FOLDER] [--servers=postfix,exim,…] [--cases=crowd,login,…]
            Debian's Postfix, Exim, OpenSMTPD and Sendmail, unpacked in a folder (target/servers) below their names and
            each run in a view of its own of the file system, which needs root; aiosmtpd and Haraka where installed. What
            is not there is skipped. --download brings Debian's into the folder, by apt-get download; installs nothing.""";

    private static final int LETTERS = 200;

    /** Sent before the clock starts: for a while the service's code is being compiled. */
    private static final int WARMING = 300;

    private static final int PAPERS_IN_A_LETTER = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration STILL = Duration.ofSeconds(3);
    private static final int RUN_STOPS = CircuitBreaker.RECIPIENTS;
    private static final String PASSWORD = "of-a-benchmark";
    private static final double SLOWEST_OF_POSTFIX = 2;
    private static final Pattern TO = Pattern.compile("(?im)^To:.*?(reader[0-9]+)@example\\.org");

    /** What a server is asked to bear. */
    enum Case {
        CROWD("200 letters, 40 % to nobody, 1 connection", 1),
        CROWD_AT_ONCE("200 letters, 40 % to nobody, 10 connections", 10),
        NOBODY("40 letters, all to nobody", 1),
        LOGIN("STARTTLS and login", 2, "LOGIN", "yes"),
        INTERNATIONAL("SMTPUTF8", 1, "UTF8", "yes"),
        NOT_INTERNATIONAL("no SMTPUTF8", 1),
        SIZE("letters larger than SIZE", 1, "SIZE", "4000"),
        GREYLIST("greylisting", 2, "GREY", "yes"),
        FEW_LETTERS("no more than ten letters a connection", 1, "MAILS", "10"),
        FEW_CONNECTIONS("no more than two connections", 10, "LINES", "2"),
        NO_RELAY("relays for others", 1, "DOMAIN", "elsewhere.example");

        private final String label;
        private final int connections;
        private final Map<String, String> settings;

        Case(String label, int connections, String... setting) {
            this.label = label;
            this.connections = connections;
            settings = setting.length == 0 ? Map.of() : Map.of(setting[0], setting[1]);
        }

        boolean isTimed() {
            return this == CROWD || this == CROWD_AT_ONCE;
        }

        /** Which servers can be set up for it simply. */
        Set<Kind> able() {
            return switch (this) {
                case CROWD, CROWD_AT_ONCE, NOBODY, NOT_INTERNATIONAL, SIZE, GREYLIST -> EnumSet.allOf(Kind.class);
                // Debian 12's OpenSMTPD 6.8 ends every handshake with an alert: its key, RSA or EC, is with another of
                // its processes, and does not come through OpenSSL 3.
                case LOGIN -> EnumSet.complementOf(EnumSet.of(Kind.OPENSMTPD));
                case INTERNATIONAL -> EnumSet.of(Kind.POSTFIX, Kind.EXIM, Kind.AIOSMTPD, Kind.HARAKA);
                case FEW_LETTERS -> EnumSet.of(Kind.POSTFIX, Kind.EXIM, Kind.OPENSMTPD);
                case FEW_CONNECTIONS -> EnumSet.of(Kind.POSTFIX, Kind.EXIM, Kind.SENDMAIL);
                // Sendmail relays for its own host, whatever it is told.
                case NO_RELAY -> EnumSet.complementOf(EnumSet.of(Kind.SENDMAIL));
            };
        }
    }

    /**
     * How a case went.
     *
     * @param millis for each accepted letter; 0 where none was, or nobody took the time
     * @param faults what is not right, one a line
     */
    private record Outcome(long accepted, long refused, long waiting, double millis, List<String> faults) {}

    private final DueReaders due;
    private final QueuedDigests digests;
    private final Path folder;
    private final Path unpacked;

    private ServersBench(DueReaders due, Path folder, Path unpacked) {
        this.due = due;
        this.digests = new QueuedDigests(due);
        this.folder = folder;
        this.unpacked = unpacked;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        if (!List.of("--download", "--unpacked", "--servers", "--cases").containsAll(options.keySet())) {
            System.err.println(HELP);
            System.exit(2);
        }
        if (!DueReaders.packaged()) {
            System.err.println("The service is not packaged; ./run --help packages it");
            System.exit(1);
        }
        Path unpacked =
                Path.of(options.getOrDefault("--unpacked", "target/servers")).toAbsolutePath();
        if (options.containsKey("--download")) {
            MailServer.download(unpacked);
        }
        List<Kind> kinds = chosen(Kind.class, options.get("--servers"));
        List<Case> cases = chosen(Case.class, options.get("--cases"));
        Path folder = Files.createTempDirectory("servers-bench");
        // The servers go on as users of their own.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean right;
        try (var due = new DueReaders(folder)) {
            right = new ServersBench(due, folder, unpacked).run(kinds, cases);
        }
        System.exit(right ? 0 : 1);
    }

    private static <E extends Enum<E>> List<E> chosen(Class<E> type, String names) {
        return names == null
                ? List.of(type.getEnumConstants())
                : Arrays.stream(names.split(","))
                        .map(name ->
                                Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toList();
    }

    private boolean run(List<Kind> kinds, List<Case> cases) throws Exception {
        List<Kind> there = new ArrayList<>();
        for (Kind kind : kinds) {
            Optional<String> missing = MailServer.missing(kind, unpacked);
            missing.ifPresentOrElse(why -> System.out.println(kind + " is skipped: " + why), () -> there.add(kind));
        }
        certificate();
        Files.writeString(folder.resolve("dkim.pem"), DkimKeys.pem());
        digests.compose(WARMING + LETTERS, PAPERS_IN_A_LETTER);
        System.out.println("\n| server | case | accepted | refused | waiting | ms a letter | |");
        System.out.println("|---|---|---|---|---|---|---|");
        boolean right = true;
        Map<Case, Map<Kind, Double>> times = new EnumMap<>(Case.class);
        for (Kind kind : there) {
            for (Case each : cases) {
                if (each.able().contains(kind)) {
                    Outcome outcome;
                    try {
                        outcome = run(kind, each);
                    } catch (IOException e) {
                        outcome = new Outcome(0, 0, 0, 0, List.of(String.valueOf(e.getMessage())));
                    }
                    right &= outcome.faults().isEmpty();
                    if (outcome.millis() > 0) {
                        times.computeIfAbsent(each, c -> new EnumMap<>(Kind.class))
                                .put(kind, outcome.millis());
                    }
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %s | %d | %d | %d | %s | %s |%n",
                            kind,
                            each.label,
                            outcome.accepted(),
                            outcome.refused(),
                            outcome.waiting(),
                            outcome.millis() > 0 ? String.format(Locale.ROOT, "%.1f", outcome.millis()) : "",
                            outcome.faults().isEmpty() ? "right" : "WRONG: " + String.join("; ", outcome.faults()));
                }
            }
        }
        return besidePostfix(times) && right;
    }

    /** Whether no server takes more than twice the time that Postfix takes for a letter that it accepts. */
    private static boolean besidePostfix(Map<Case, Map<Kind, Double>> times) {
        boolean right = true;
        for (Map.Entry<Case, Map<Kind, Double>> each : times.entrySet()) {
            Double postfix = each.getValue().get(Kind.POSTFIX);
            if (postfix == null) {
                continue;
            }
            for (Map.Entry<Kind, Double> other : each.getValue().entrySet()) {
                double share = other.getValue() / postfix;
                if (other.getKey() != Kind.POSTFIX) {
                    System.out.printf(
                            Locale.ROOT,
                            "%s: %s takes %.2f of Postfix's time a letter%s%n",
                            each.getKey().label,
                            other.getKey(),
                            share,
                            share > SLOWEST_OF_POSTFIX ? ": TOO SLOW" : "");
                    right &= share <= SLOWEST_OF_POSTFIX;
                }
            }
        }
        return right;
    }

    private Outcome run(Kind kind, Case each) throws Exception {
        int first = WARMING + 1;
        int last =
                switch (each) {
                    case CROWD, CROWD_AT_ONCE -> WARMING + LETTERS;
                    case NO_RELAY -> WARMING + 3;
                    case NOBODY, LOGIN, FEW_LETTERS, FEW_CONNECTIONS -> WARMING + 40;
                    case INTERNATIONAL, NOT_INTERNATIONAL, GREYLIST, SIZE -> WARMING + 20;
                };
        due.execute(
                "truncate refusal; truncate suppression; delete from message where kind <> 'digest'; truncate alarm");
        due.execute("update subscriber set email = 'reader' || id || '@example.org', email_key = 'reader' || id ||"
                + " '@example.org'");
        Set<String> unknown = new TreeSet<>();
        Set<String> beyondAscii = new TreeSet<>();
        for (int id = first; id <= last; id++) {
            // By Fibonacci hashing two of five, some in a row.
            boolean nobody = each == Case.NOBODY || each.isTimed() && (id * 0x9E3779B97F4A7C15L >>> 32) % 5 < 2;
            if (nobody) {
                unknown.add("reader" + id);
            }
            if ((each == Case.INTERNATIONAL || each == Case.NOT_INTERNATIONAL) && id % 2 == 0) {
                beyondAscii.add("reader" + id);
                due.execute("update subscriber set email = 'jürgen.' || email, email_key = 'jürgen.' || email_key where"
                        + " id = " + id);
            }
        }
        Path work = Files.createTempDirectory(folder, kind.id());
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(work.resolve("mail"));
        Files.write(
                work.resolve("recipients"),
                due.texts("select email from subscriber order by id").stream()
                        .filter(email -> !unknown.contains(email.split("@")[0]))
                        .toList());
        for (String file : List.of("chain.pem", "key.pem")) {
            Files.copy(folder.resolve(file), work.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        int port = QueuedDigests.free();
        var settings = new HashMap<>(each.settings);
        settings.put("PASSWORD", PASSWORD);
        try (MailServer server = MailServer.start(kind, unpacked, work, port, settings)) {
            queue(1, each.isTimed() ? WARMING : 0);
            Process service = service(port, each);
            try {
                await(service, () -> !digests.waiting());
                queue(first, last);
                switch (each) {
                    case SIZE ->
                        await(
                                service,
                                () -> due.number("select count(*) from message where state = 'REJECTED'") >= RUN_STOPS);
                    case GREYLIST -> {
                        await(service, () -> due.number("select count(*) from attempt") >= last - first + 1);
                        digests.hasten();
                        await(service, () -> !digests.waiting());
                    }
                    case NO_RELAY -> {
                        for (int day = 1; day <= 3; day++) {
                            await(service, () -> !digests.waiting());
                            if (day < 3) {
                                queue(first, last);
                            }
                        }
                    }
                    default -> await(service, () -> !digests.waiting());
                }
                settle(server);
                return judge(each, server, first, last, unknown, beyondAscii);
            } finally {
                QueuedDigests.stop(service);
            }
        }
    }

    /** Waits, and gives up silently: what is not right then is told by the judge. */
    private void await(Process service, java.util.concurrent.Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call() && System.nanoTime() < end) {
            digests.check(service);
            Thread.sleep(50);
        }
    }

    private static void settle(MailServer server) throws InterruptedException {
        int before;
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            before = server.stored().size();
            Thread.sleep(STILL.toMillis() / 3);
        } while (server.stored().size() != before && System.nanoTime() < end);
    }

    private Outcome judge(
            Case each, MailServer server, int first, int last, Set<String> unknown, Set<String> beyondAscii)
            throws Exception {
        String ofThese =
                " from message m join digest d on d.id = m.reference and m.kind = 'digest' join subscriber s on"
                        + " s.id = d.subscriber_id where s.id between " + first + " and " + last;
        long accepted = due.number("select count(*)" + ofThese + " and m.state = 'ACCEPTED'");
        long refused = due.number("select count(*)" + ofThese + " and m.state = 'REJECTED'");
        long waiting = due.number("select count(*)" + ofThese + " and m.state = 'QUEUED'");
        var faults = new ArrayList<String>();
        int all = last - first + 1;
        switch (each) {
            case CROWD, CROWD_AT_ONCE, NOBODY -> {
                expect(faults, "accepted", all - unknown.size(), accepted);
                expect(faults, "refused", unknown.size(), refused);
                expect(
                        faults,
                        "refused as unknown at RCPT",
                        unknown.size(),
                        due.number(
                                "select count(*)" + ofThese + " and m.state = 'REJECTED' and m.last_stage = 'RCPT'"));
                expect(
                        faults,
                        "living readers suppressed or refused",
                        0,
                        due.number("select count(*)" + ofThese + " and m.state <> 'ACCEPTED' and s.id not in ("
                                + ids(unknown) + ")"));
            }
            case LOGIN, INTERNATIONAL, GREYLIST, FEW_LETTERS, FEW_CONNECTIONS ->
                expect(faults, "accepted", all, accepted);
            case NOT_INTERNATIONAL -> {
                expect(faults, "accepted", all - beyondAscii.size(), accepted);
                expect(
                        faults,
                        "refused for the extension",
                        beyondAscii.size(),
                        due.number("select count(*)" + ofThese + " and m.last_status = '5.6.7'"));
            }
            case SIZE -> {
                expect(faults, "accepted", 0, accepted);
                expect(
                        faults,
                        "refused for the size",
                        refused,
                        due.number("select count(*)" + ofThese + " and m.last_status = '5.3.4'"));
                expect(faults, "refused before the run stopped", RUN_STOPS, refused);
                expect(faults, "waiting", all - refused, waiting);
            }
            case NO_RELAY -> expect(faults, "refused", all, refused);
        }
        if (each == Case.NO_RELAY || each == Case.SIZE || each == Case.NOBODY) {
            expect(faults, "suppressed", 0, due.number("select count(*) from suppression"));
        }
        if (each == Case.GREYLIST) {
            expect(
                    faults,
                    "deferred once",
                    all,
                    due.number("select count(*) from attempt where outcome = 'DEFERRED' and stage = 'RCPT'"));
        }
        stored(server, first, last, accepted, faults);
        double millis = !each.isTimed() || accepted == 0
                ? 0
                : due.number(
                                "select cast(extract(epoch from max(m.last_try_at) - min(m.last_try_at)) * 1000000 as bigint)"
                                        + ofThese)
                        / 1000.0
                        / accepted;
        return new Outcome(accepted, refused, waiting, millis, faults);
    }

    private static String ids(Set<String> readers) {
        return readers.isEmpty() ? "0" : String.join(",", readers).replace("reader", "");
    }

    private static void expect(List<String> faults, String what, long wanted, long found) {
        if (wanted != found) {
            faults.add(what + " " + found + " instead of " + wanted);
        }
    }

    /** What was accepted is stored, once, and its signature holds. */
    private static void stored(MailServer server, int first, int last, long accepted, List<String> faults) {
        var seen = new HashSet<String>();
        int twice = 0;
        int broken = 0;
        for (byte[] letter : server.stored()) {
            Matcher to = TO.matcher(new String(letter, StandardCharsets.UTF_8));
            if (!to.find()) {
                faults.add("a letter to nobody is stored");
                continue;
            }
            int id = Integer.parseInt(to.group(1).substring("reader".length()));
            if (id >= first && id <= last) {
                twice += seen.add(to.group(1)) ? 0 : 1;
                broken += verifies(letter) ? 0 : 1;
            }
        }
        expect(faults, "stored", accepted, seen.size());
        expect(faults, "stored twice", 0, twice);
        expect(faults, "with a broken signature", 0, broken);
    }

    private static boolean verifies(byte[] letter) {
        try {
            DkimKeys.assertVerifies(letter);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** Queues the digests of these readers anew, and no other. */
    private void queue(int first, int last) throws Exception {
        due.execute(
                "truncate attempt; update message set leased_till = null, lease = 0, attempts = 0, attempts_before ="
                        + " 0, unknowns = 0, not_before = queued_at, ended_at = null, last_reply = null, last_status = null,"
                        + " last_try_at = null, expires_at = now() + interval '1 day', state = case when reference in (select id"
                        + " from digest where subscriber_id between " + first + " and " + last
                        + ") then 'QUEUED' else 'EXPIRED' end");
    }

    private Process service(int port, Case each) throws IOException {
        var settings = new HashMap<String, String>();
        settings.put("DAILY_PAPERS_DKIM_DOMAIN", "example.org");
        settings.put("DAILY_PAPERS_DKIM_SELECTOR", "s2026");
        settings.put("DAILY_PAPERS_DKIM_KEY", folder.resolve("dkim.pem").toString());
        var java = new ArrayList<String>();
        if (each == Case.LOGIN) {
            settings.put("DAILY_PAPERS_SMTP_SECURITY", "starttls");
            settings.put("DAILY_PAPERS_SMTP_USERNAME", "letters");
            settings.put("DAILY_PAPERS_SMTP_PASSWORD", PASSWORD);
            java.add("-Djavax.net.ssl.trustStore=" + folder.resolve("trusted.p12"));
            java.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        }
        return digests.start(port, each.connections, settings, java);
    }

    /** A certificate of the loopback address, for servers and for who trusts it. */
    private void certificate() throws Exception {
        Path store = folder.resolve("server.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "10",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store.toString(),
                "-file",
                folder.resolve("chain.pem").toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "server",
                "-keystore",
                folder.resolve("trusted.p12").toString(),
                "-file",
                folder.resolve("chain.pem").toString());
        byte[] key = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())
                .getKey("server", PASSWORD.toCharArray())
                .getEncoded();
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        // Sendmail takes no key that others may read.
        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(arguments))
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new UncheckedIOException(new IOException("keytool failed: " + String.join(" ", command)));
        }
    }
}
