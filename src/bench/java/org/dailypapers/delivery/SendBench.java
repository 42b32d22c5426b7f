package org.dailypapers.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dailypapers.digest.DueReaders;

/**
 * Personal letters from rows in PostgreSQL through composing to Postfix's {@code smtp-sink} and recorded, beside {@code
 * smtp-source} with letters of the same size over as many connections, in turns; and beside clients that only send.
 */
final class SendBench {

    private static final String HELP = """
            usage: ./bench send [--letters=200000] [--rounds=3] [--connections=10]    speed, beside others, in turns
                   ./bench send --alone [--signed] [--letters=200000] [--connections=10]
                                                                 the service alone, for a profile:
                                                       SEND_BENCH_JAVA holds more options of its JVM
                   ./bench send --distance [--connections=10,50,200]                 40 ms from the relay
                   ./bench send --heap=500000                                        the heap over many letters
            Needs smtp-sink and smtp-source (Debian's postfix; no daemon is started) on the PATH or in /usr/sbin.""";

    private static final Duration ROUND_TRIP = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int SAMPLES = 50;
    private static final int HEAP_SAMPLES = 10;

    /** Without authors and pictures' texts, as these papers come, so many make 45 kB. */
    private static final int PAPERS_IN_A_LETTER = 22;

    private static final int PEERS_LETTERS = 3_000;
    private static final int SOURCE_LETTERS = 20_000;

    /** Of the service's letters so many are sent before the clock starts: for a minute its code is being compiled. */
    private static final double WARMING = 0.6;

    private final DueReaders due;
    private final QueuedDigests digests;
    private final Path folder;
    private final Path sbin;

    private SendBench(DueReaders due, Path folder, Path sbin) {
        this.due = due;
        digests = new QueuedDigests(due);
        this.folder = folder;
        this.sbin = sbin;
    }

    /** How fast some letters were sent, and what each cost of the sender's CPU and the database's. */
    private record Speed(double perSecond, double microseconds, double database) {
        static Speed median(List<Speed> speeds) {
            return new Speed(
                    middle(speeds.stream().mapToDouble(Speed::perSecond)),
                    middle(speeds.stream().mapToDouble(Speed::microseconds)),
                    middle(speeds.stream().mapToDouble(Speed::database)));
        }
    }

    private static double middle(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What clients that only send are given. */
    private record Sample(int bytes, String html, String text) {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1].replace("_", "") : "");
        }
        if (!List.of("--letters", "--rounds", "--connections", "--distance", "--heap", "--alone", "--signed")
                .containsAll(options.keySet())) {
            System.err.println(HELP);
            System.exit(2);
        }
        Optional<Path> sbin = sbin();
        if (sbin.isEmpty() || !DueReaders.packaged()) {
            System.err.println(sbin.isEmpty() ? HELP : "The service is not packaged; ./run --help packages it");
            System.exit(1);
        }
        Path folder = Files.createTempDirectory("send-bench");
        try (var due = new DueReaders(folder)) {
            System.out.println(due.description() + "; heap of the service 512 MB");
            var bench = new SendBench(due, folder, sbin.get());
            if (options.containsKey("--heap")) {
                bench.heap(Integer.parseInt(options.get("--heap")));
            } else if (options.containsKey("--distance")) {
                bench.distance(Arrays.stream(options.getOrDefault("--connections", "10,50,200")
                                .split(","))
                        .map(Integer::valueOf)
                        .toList());
            } else {
                int letters = Integer.parseInt(options.getOrDefault("--letters", "200000"));
                int connections = Integer.parseInt(options.getOrDefault("--connections", "10"));
                if (options.containsKey("--alone")) {
                    bench.alone(letters, connections, options.containsKey("--signed"));
                } else {
                    bench.speed(letters, Integer.parseInt(options.getOrDefault("--rounds", "3")), connections);
                }
            }
        }
    }

    private static Optional<Path> sbin() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("smtp-sink"))
                        && Files.isExecutable(folder.resolve("smtp-source")))
                .findFirst();
    }

    private void alone(int letters, int connections, boolean signed) throws Exception {
        digests.compose(letters, PAPERS_IN_A_LETTER);
        try (var sink = new Sink()) {
            System.out.println(service(sink.port, connections, letters, signed ? signing() : Map.of()));
        }
    }

    private void speed(int letters, int rounds, int connections) throws Exception {
        digests.compose(letters, PAPERS_IN_A_LETTER);
        Sample sample = sample();
        System.out.printf(
                Locale.ROOT,
                "%,d letters of %.1f kB (mean of %d), %d connections, %d rounds in turns, medians%n%n",
                letters,
                sample.bytes() / 1e3,
                SAMPLES,
                connections,
                rounds);
        Map<String, List<Speed>> speeds = new LinkedHashMap<>();
        Map<String, List<Double>> shares = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            Map<String, Speed> these = new LinkedHashMap<>();
            try (var sink = new Sink()) {
                these.put(
                        "smtp-source, a connection a letter",
                        source(sink.port, connections, SOURCE_LETTERS, sample.bytes()));
                these.put(
                        "smtp-source, connections kept",
                        source(sink.port, connections, SOURCE_LETTERS, sample.bytes(), "-d"));
                these.put("ours, unsigned", service(sink.port, connections, letters, Map.of()));
                these.put("ours, signed RSA-2048", service(sink.port, connections, letters, signing()));
                these.put("Angus Mail, Transport.send", angus(sink.port, connections, sample));
                these.put("Vert.x mail client, as in Quarkus Mailer", vertx(sink.port, connections, sample));
                nodemailer(sink.port, connections, sample).ifPresent(s -> these.put("nodemailer, pooled", s));
            }
            double source = these.get("smtp-source, a connection a letter").perSecond();
            these.forEach((name, speed) -> {
                speeds.computeIfAbsent(name, n -> new ArrayList<>()).add(speed);
                shares.computeIfAbsent(name, n -> new ArrayList<>()).add(speed.perSecond() / source);
            });
        }
        System.out.println("| | letters a second | of smtp-source | its CPU, µs a letter | the database's |");
        System.out.println("|---|---|---|---|---|");
        speeds.forEach((name, all) -> {
            Speed median = Speed.median(all);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %s | %s |%n",
                    name,
                    median.perSecond(),
                    middle(shares.get(name).stream().mapToDouble(share -> share)),
                    micros(median.microseconds()),
                    micros(median.database()));
        });
    }

    private static String micros(double value) {
        return value == 0 ? "" : String.format(Locale.ROOT, "%,.0f", value);
    }

    private void distance(List<Integer> connections) throws Exception {
        int most = connections.stream().mapToInt(c -> c * 100).max().orElseThrow();
        digests.compose(most, PAPERS_IN_A_LETTER);
        Sample sample = sample();
        System.out.printf(
                Locale.ROOT,
                "letters of %.1f kB through a line of %d ms there and back%n%n",
                sample.bytes() / 1e3,
                ROUND_TRIP.toMillis());
        System.out.println("| connections | letters a second | smtp-source | ours of smtp-source |");
        System.out.println("|---|---|---|---|");
        for (int each : connections) {
            try (var sink = new Sink();
                    var far = new DelayProxy(sink.port, ROUND_TRIP)) {
                Speed source = source(far.port(), each, each * 50, sample.bytes(), "-d");
                Speed ours = service(far.port(), each, each * 100, Map.of());
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.0f | %.2f |%n",
                        each,
                        ours.perSecond(),
                        source.perSecond(),
                        ours.perSecond() / source.perSecond());
            }
        }
    }

    private void heap(int letters) throws Exception {
        digests.compose(letters, PAPERS_IN_A_LETTER);
        digests.queue(letters);
        var heap = new LiveHeap();
        System.out.println("| letters sent | heap after a full collection, MB |");
        System.out.println("|---|---|");
        try (var sink = new Sink()) {
            Process process = start(sink.port, 10, Map.of(), heap.options().toArray(String[]::new));
            try {
                int step = Math.max(1, letters / HEAP_SAMPLES);
                for (long next = step; next <= letters; next += step) {
                    long accepted = digests.accepted();
                    while (accepted < next) {
                        Thread.sleep(500);
                        digests.check(process);
                        accepted = digests.accepted();
                    }
                    System.out.printf(Locale.ROOT, "| %,d | %d |%n", accepted, heap.after(process));
                }
            } finally {
                QueuedDigests.stop(process);
            }
        }
    }

    private Process start(int port, int connections, Map<String, String> settings, String... java) throws IOException {
        var options = new ArrayList<>(List.of(java));
        String more = System.getenv("SEND_BENCH_JAVA");
        if (more != null) {
            options.addAll(List.of(more.split(" ")));
        }
        return digests.start(port, connections, settings, options);
    }

    /** The service, from three fifths of its letters to the last one that it recorded. */
    private Speed service(int port, int connections, int letters, Map<String, String> settings) throws Exception {
        digests.queue(letters);
        Process process = start(port, connections, settings);
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            long from = digests.accepted();
            while (from < WARMING * letters && System.nanoTime() < end) {
                Thread.sleep(2_000);
                digests.check(process);
                from = digests.accepted();
            }
            long began = System.nanoTime();
            double cpu = cpu(process.toHandle());
            double database = databaseCpu();
            while (System.nanoTime() < end) {
                Thread.sleep(200);
                digests.check(process);
                // Not counted again: counting costs the database more than a hundred letters.
                if (!digests.waiting()) {
                    long now = System.nanoTime();
                    long sent = digests.accepted() - from;
                    return new Speed(
                            sent * 1e9 / (now - began),
                            (cpu(process.toHandle()) - cpu) * 1e6 / sent,
                            (databaseCpu() - database) * 1e6 / sent);
                }
            }
            throw new IllegalStateException("Not sent in " + PATIENCE + ": " + Files.readString(due.said()));
        } finally {
            QueuedDigests.stop(process);
        }
    }

    private static double cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private static double databaseCpu() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().command().orElse("").endsWith("/postgres"))
                .mapToDouble(SendBench::cpu)
                .sum();
    }

    private Map<String, String> signing() throws Exception {
        Path key = folder.resolve("dkim.pem");
        if (!Files.exists(key)) {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            String base64 = Base64.getMimeEncoder()
                    .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
            Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        }
        return Map.of(
                "DAILY_PAPERS_DKIM_DOMAIN", "example.org",
                "DAILY_PAPERS_DKIM_SELECTOR", "s2026",
                "DAILY_PAPERS_DKIM_KEY", key.toString());
    }

    /** Some of the service's own letters, as a receiver has them. */
    private Sample sample() throws Exception {
        digests.queue(SAMPLES);
        try (var receiver = new FaultySmtpServer()) {
            Process process = start(receiver.port(), 2, Map.of());
            try {
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (receiver.ledger().size() < SAMPLES && System.nanoTime() < end) {
                    digests.check(process);
                    Thread.sleep(100);
                }
            } finally {
                QueuedDigests.stop(process);
            }
            var letter = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(receiver.ledger().getFirst().bytes()));
            double bytes = receiver.ledger().stream()
                    .mapToInt(taken -> taken.bytes().length)
                    .average()
                    .orElseThrow();
            return new Sample(
                    (int) bytes,
                    content(letter, "text/html").orElseThrow(),
                    content(letter, "text/plain").orElseThrow());
        }
    }

    private static Optional<String> content(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of((String) part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Optional<String> found = content(parts.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Speed source(int port, int connections, int letters, int bytes, String... more) throws Exception {
        var command = new ArrayList<>(List.of(sbin.resolve("smtp-source").toString()));
        command.addAll(List.of(more));
        command.addAll(List.of("-s", Integer.toString(connections), "-m", Integer.toString(letters)));
        command.addAll(List.of("-l", Integer.toString(bytes), "-f", "papers@example.org", "-t", "reader@example.org"));
        command.add("127.0.0.1:" + port);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("source.txt").toFile())
                .start();
        long start = System.nanoTime();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("source.txt")));
        }
        return new Speed(letters * 1e9 / (System.nanoTime() - start), 0, 0);
    }

    private interface Sending {
        void send(int number) throws Exception;
    }

    /** A client in this process, warmed by a tenth of its letters. */
    private static Speed client(int connections, Sending sending) throws InterruptedException {
        sendAll(connections, PEERS_LETTERS / 10, sending);
        ProcessHandle self = ProcessHandle.current();
        double cpu = cpu(self);
        long start = System.nanoTime();
        sendAll(connections, PEERS_LETTERS, sending);
        return new Speed(PEERS_LETTERS * 1e9 / (System.nanoTime() - start), (cpu(self) - cpu) * 1e6 / PEERS_LETTERS, 0);
    }

    private static void sendAll(int connections, int letters, Sending sending) throws InterruptedException {
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < letters; n = next.getAndIncrement()) {
                        sending.send(n);
                    }
                    return null;
                });
            }
        }
    }

    private static Speed angus(int port, int connections, Sample sample) throws InterruptedException {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        Session session = Session.getInstance(properties);
        return client(connections, n -> {
            var message = new MimeMessage(session);
            message.setFrom(new InternetAddress("papers@example.org"));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress("reader" + n + "@example.org"));
            message.setSubject("Daily Papers " + n, "UTF-8");
            var parts = new MimeMultipart("alternative");
            var text = new MimeBodyPart();
            text.setText(sample.text(), "UTF-8");
            parts.addBodyPart(text);
            var html = new MimeBodyPart();
            html.setContent(sample.html(), "text/html; charset=UTF-8");
            parts.addBodyPart(html);
            message.setContent(parts);
            Transport.send(message);
        });
    }

    private static Speed vertx(int port, int connections, Sample sample) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        MailClient mail = MailClient.create(
                vertx,
                new MailConfig()
                        .setHostname("127.0.0.1")
                        .setPort(port)
                        .setStarttls(StartTLSOptions.DISABLED)
                        .setMaxPoolSize(connections));
        try {
            return client(connections, n -> {
                var message = new MailMessage();
                message.setFrom("papers@example.org");
                message.setTo("reader" + n + "@example.org");
                message.setSubject("Daily Papers " + n);
                message.setText(sample.text());
                message.setHtml(sample.html());
                // With a limit: this client has been seen never to answer for a letter.
                mail.sendMail(message).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            });
        } finally {
            mail.close();
            vertx.close();
        }
    }

    /** Empty where there is no Node.js or the package cannot be had. */
    private Optional<Speed> nodemailer(int port, int connections, Sample sample) throws Exception {
        Path home = Path.of("target/bench-node").toAbsolutePath();
        Files.createDirectories(home);
        try {
            if (!Files.exists(home.resolve("node_modules/nodemailer"))
                    && said(home, "npm", "install", "--no-save", "--silent", "--prefix", home.toString(), "nodemailer")
                            .isEmpty()) {
                return Optional.empty();
            }
            Path script = home.resolve("nodemailer.mjs");
            Files.writeString(script, Files.readString(Path.of("src/bench/node/nodemailer.mjs")));
            Path letter = home.resolve("letter.json");
            new ObjectMapper().writeValue(letter.toFile(), Map.of("html", sample.html(), "text", sample.text()));
            return said(
                            home,
                            "node",
                            script.toString(),
                            Integer.toString(port),
                            Integer.toString(connections),
                            Integer.toString(PEERS_LETTERS),
                            letter.toString())
                    .map(line -> line.strip().split(" "))
                    .map(s -> new Speed(
                            PEERS_LETTERS / Double.parseDouble(s[0]),
                            Double.parseDouble(s[1]) * 1e6 / PEERS_LETTERS,
                            0));
        } catch (IOException e) {
            System.err.println("nodemailer is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What a program printed; empty where it failed. */
    private static Optional<String> said(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    }

    /** Takes letters and throws them away. */
    private final class Sink implements Closeable {

        private final int port = QueuedDigests.free();
        private final Process process;

        Sink() throws IOException, InterruptedException {
            var command = new ArrayList<>(List.of(sbin.resolve("smtp-sink").toString()));
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("-u", "nobody"));
            }
            command.addAll(List.of("127.0.0.1:" + port, "1000"));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sink.txt").toFile())
                    .start();
            for (int i = 0; i < 100; i++) {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    return;
                } catch (IOException e) {
                    Thread.sleep(50);
                }
            }
            throw new IllegalStateException(
                    "smtp-sink does not listen: " + Files.readString(folder.resolve("sink.txt")));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
