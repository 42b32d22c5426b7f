package org.dailypapers.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** An SMTP server on loopback that keeps a ledger of what it took, and fails where a test tells it to. */
public final class FaultySmtpServer implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("<([^>]*)>(.*)");
    private static final int BODY_BEGUN = 1_000;

    private final Map<Stage, Queue<Fault>> scripts = new EnumMap<>(Stage.class);
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final List<Taken> ledger = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> clear = new CopyOnWriteArrayList<>();
    private final List<String> secured = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile List<String> extensions = List.of("8BITMIME", "SIZE 10000000", "ENHANCEDSTATUSCODES");
    private volatile boolean logins;
    private volatile boolean pipelining = true;
    private volatile boolean lateRefusals;
    private volatile SSLContext tls;
    private volatile boolean tlsFirst;
    private volatile Duration pause = Duration.ZERO;
    private volatile Watch watch = stage -> {};
    private volatile ServerSocket door;
    private int port;

    /** Where it can fail. */
    public enum Stage {
        BANNER,
        EHLO,
        STARTTLS,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /** While the body is read. */
        BODY,
        /** After the final dot; unless it is refused there, the letter is in the ledger. */
        DOT,
        RSET,
        NOOP,
        QUIT
    }

    /** How it can fail. */
    public sealed interface Fault {

        /** Answers that, of which a first digit 2 or 3 is no success but a word out of place. */
        record Says(String reply) implements Fault {}

        /** Answers that and closes the line. */
        record SaysAndHangsUp(String reply) implements Fault {}

        /** Answers that, and resets the line as soon as something else is said. */
        record SaysAndResets(String reply) implements Fault {}

        /** Closes the line. */
        record HangsUp() implements Fault {}

        /** Never answers. */
        record Silence() implements Fault {}

        /** Begins a reply that never ends, a byte each time that long has passed. */
        record Drips(Duration between) implements Fault {}

        /** Answers a line of so many bytes, and closes the line. */
        record Floods(int bytes) implements Fault {}
    }

    /** Looks on from outside as exchanges go by. */
    @FunctionalInterface
    public interface Watch {

        /**
         * Called when a stage is reached, before it is answered; at {@link Stage#DOT} before the letter is taken.
         *
         * @throws IOException to close the line unanswered; a letter is then not taken
         */
        void at(Stage stage) throws IOException;
    }

    /**
     * A letter that it took responsibility for.
     *
     * @param connection the number of its connection, from 1
     * @param parameters of MAIL FROM
     * @param bytes after dot-unstuffing, without the final dot's line
     */
    public record Taken(int connection, String sender, String parameters, String recipient, byte[] bytes) {

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String messageId() {
            Matcher id = Pattern.compile("(?im)^Message-ID:\\s*(\\S+)").matcher(text());
            return id.find() ? id.group(1) : "";
        }
    }

    /** A server that listens already. */
    public FaultySmtpServer() {
        for (Stage stage : Stage.values()) {
            scripts.put(stage, new ConcurrentLinkedDeque<>());
        }
        listen();
    }

    /** Fails in these ways, one each time the stage is reached; afterwards it behaves. */
    public void script(Stage stage, Fault... faults) {
        scripts.get(stage).addAll(Arrays.asList(faults));
    }

    /** Whether every fault of the script was played. */
    public boolean played() {
        return scripts.values().stream().allMatch(Queue::isEmpty);
    }

    /** Refuses a recipient, always. */
    public void refuse(String recipient, String reply) {
        refused.put(recipient, reply);
    }

    /** Announces these extensions, besides PIPELINING and STARTTLS. */
    public void announce(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /** Announces no PIPELINING. */
    public void takeOneCommandAtATime() {
        pipelining = false;
    }

    public boolean pipelines() {
        return pipelining;
    }

    /** Says 354 also where no recipient was taken, and refuses after the dot (RFC 2920 §3.1). */
    public void refuseLate() {
        lateRefusals = true;
    }

    /** Lets everybody log in, once that is announced. */
    public void takeLogins() {
        logins = true;
    }

    /** Offers STARTTLS, with that context's certificate. */
    public void offerTls(SSLContext context) {
        tls = context;
    }

    /** Speaks TLS from the first byte on (RFC 8314 §3.3), with that context's certificate. */
    public void speakTls(SSLContext context) {
        tls = context;
        tlsFirst = true;
    }

    /** Takes so long for each letter before it answers the final dot. */
    public void pause(Duration pause) {
        this.pause = pause;
    }

    public void watch(Watch watch) {
        this.watch = watch;
    }

    public int port() {
        return port;
    }

    /** Everything taken, in its order. */
    public List<Taken> ledger() {
        return List.copyOf(ledger);
    }

    public List<String> recipients() {
        return ledger().stream().map(Taken::recipient).toList();
    }

    /** Every command line that came in. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** The command lines that came in outside of TLS, or after a handshake that failed. */
    public List<String> clear() {
        return List.copyOf(clear);
    }

    /** The protocol of each session whose handshake both sides ended. */
    public List<String> secured() {
        return List.copyOf(secured);
    }

    /** How many connections were opened so far. */
    public int connections() {
        return connections.get();
    }

    /** How many lines are open now. */
    public int open() {
        return open.size();
    }

    /** Closes the port and every line. */
    public void goDown() {
        try {
            door.close();
            open.forEach(FaultySmtpServer::cut);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens again on the same port. */
    public void comeUp() {
        listen();
    }

    @Override
    public void close() {
        goDown();
    }

    private void listen() {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            port = socket.getLocalPort();
            door = socket;
            Thread.ofVirtual().start(() -> welcome(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void welcome(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket line = socket.accept();
                line.setTcpNoDelay(true);
                open.add(line);
                Thread.ofVirtual().start(() -> serve(line, connections.incrementAndGet()));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            new Exchange(socket, number).run();
        } catch (IOException e) {
            // The client's end of the line broke; what was taken stands in the ledger.
        } finally {
            open.remove(socket);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Exchange {

        private final Socket socket;
        private InputStream in;
        private OutputStream out;
        private boolean secure;
        private final int number;
        private String sender = "";
        private String parameters = "";
        private String recipient = "";
        private boolean senderTaken;
        private boolean recipientTaken;

        Exchange(Socket socket, int number) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            this.number = number;
        }

        void run() throws IOException {
            if (tlsFirst && !handshake()) {
                return;
            }
            boolean on = answer(Stage.BANNER, "220 faulty.example.test ESMTP");
            while (on) {
                byte[] line = line();
                if (line == null) {
                    return;
                }
                String command = new String(line, StandardCharsets.UTF_8).stripTrailing();
                commands.add(command);
                if (!secure) {
                    clear.add(command);
                }
                on = obey(command);
            }
        }

        private boolean obey(String command) throws IOException {
            String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            return switch (verb) {
                case "EHLO" -> answer(Stage.EHLO, hello());
                case "HELO" -> answer(Stage.EHLO, "250 faulty.example.test");
                case "MAIL" -> {
                    Matcher path = path(command);
                    sender = path.group(1);
                    parameters = path.group(2).strip();
                    recipientTaken = false;
                    Fault fault = next(Stage.MAIL);
                    senderTaken = takes(fault, "250 2.1.0 fine");
                    yield answer(fault, "250 2.1.0 fine");
                }
                case "RCPT" -> {
                    recipient = path(command).group(1);
                    String reply =
                            senderTaken ? refused.getOrDefault(recipient, "250 2.1.5 fine") : "503 5.5.1 MAIL first";
                    Fault fault = next(Stage.RCPT);
                    recipientTaken = takes(fault, reply);
                    yield answer(fault, reply);
                }
                case "STARTTLS" -> starttls();
                case "AUTH" -> answer(Stage.AUTH, logins ? "235 2.7.0 welcome" : "535 5.7.8 no");
                case "DATA" -> data();
                case "RSET" -> answer(Stage.RSET, "250 2.0.0 forgotten");
                case "NOOP" -> answer(Stage.NOOP, "250 2.0.0 still here");
                case "QUIT" -> answer(Stage.QUIT, "221 2.0.0 bye") && false;
                default -> say("502 5.5.2 unknown");
            };
        }

        private static boolean takes(Fault fault, String reply) {
            return (fault instanceof Fault.Says(String other) ? other : fault == null ? reply : "").startsWith("2");
        }

        private String hello() {
            var lines = new ArrayList<String>(Collections.singleton("faulty.example.test"));
            lines.addAll(extensions);
            if (pipelining) {
                lines.add("PIPELINING");
            }
            if (tls != null && !secure) {
                lines.add("STARTTLS");
            }
            var reply = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                reply.append("250")
                        .append(i == lines.size() - 1 ? ' ' : '-')
                        .append(lines.get(i))
                        .append(i == lines.size() - 1 ? "" : "\r\n");
            }
            return reply.toString();
        }

        private boolean starttls() throws IOException {
            Fault fault = next(Stage.STARTTLS);
            boolean begins = tls != null
                    && !secure
                    && (fault == null
                            || fault instanceof Fault.Says says && says.reply().startsWith("220 "));
            boolean on = answer(fault, begins ? "220 2.0.0 go ahead" : "454 4.7.0 no TLS here");
            if (begins && on) {
                // Where it fails, whatever is said in the clear afterwards is still listened to.
                handshake();
            }
            return on;
        }

        private boolean handshake() throws IOException {
            var layered = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, false);
            try {
                layered.startHandshake();
            } catch (SSLException e) {
                return false;
            }
            in = new BufferedInputStream(layered.getInputStream());
            out = layered.getOutputStream();
            secure = true;
            secured.add(layered.getSession().getProtocol());
            return true;
        }

        private static Matcher path(String command) throws IOException {
            Matcher path = PATH.matcher(command);
            if (!path.find()) {
                throw new IOException("no path in " + command);
            }
            return path;
        }

        private boolean data() throws IOException {
            watch.at(Stage.DATA);
            Fault early = scripts.get(Stage.DATA).poll();
            if (early != null) {
                return fail(early);
            }
            if (!recipientTaken && !lateRefusals) {
                return say("554 5.5.1 no valid recipients");
            }
            say("354 go on");
            Fault meanwhile = scripts.get(Stage.BODY).poll();
            if (meanwhile != null) {
                in.readNBytes(BODY_BEGUN);
                return fail(meanwhile);
            }
            var body = new ByteArrayOutputStream();
            boolean begun = false;
            for (byte[] line = line(); ; line = line()) {
                if (line == null) {
                    return false;
                }
                boolean stuffed = line[0] == '.';
                if (stuffed && line.length == 3) {
                    break;
                }
                // RFC 5321 §4.5.2
                body.write(line, stuffed ? 1 : 0, line.length - (stuffed ? 1 : 0));
                if (!begun && body.size() >= BODY_BEGUN) {
                    begun = true;
                    watch.at(Stage.BODY);
                }
            }
            if (!recipientTaken) {
                return say("554 5.5.1 no valid recipients");
            }
            var letter = new Taken(number, sender, parameters, recipient, body.toByteArray());
            pauseFor(pause);
            watch.at(Stage.DOT);
            return dot(letter);
        }

        private boolean dot(Taken letter) throws IOException {
            Fault fault = scripts.get(Stage.DOT).poll();
            boolean refusal =
                    switch (fault) {
                        case null -> false;
                        case Fault.Says(String reply) -> reply.matches("(?s)[45].*");
                        case Fault.SaysAndHangsUp(String reply) -> reply.matches("(?s)[45].*");
                        case Fault.SaysAndResets(String reply) -> reply.matches("(?s)[45].*");
                        case Fault.HangsUp() -> false;
                        case Fault.Silence() -> false;
                        case Fault.Drips(Duration between) -> false;
                        case Fault.Floods(int bytes) -> false;
                    };
            if (!refusal) {
                ledger.add(letter);
            }
            return fault == null ? say("250 2.0.0 taken as " + ledger.size()) : fail(fault);
        }

        private static void pauseFor(Duration time) throws IOException {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private boolean answer(Stage stage, String reply) throws IOException {
            return answer(next(stage), reply);
        }

        /** The fault that is due here; null where there is none. */
        private Fault next(Stage stage) throws IOException {
            watch.at(stage);
            return scripts.get(stage).poll();
        }

        private boolean answer(Fault fault, String reply) throws IOException {
            return fault == null ? say(reply) : fail(fault);
        }

        private boolean fail(Fault fault) throws IOException {
            return switch (fault) {
                case Fault.Says(String reply) -> say(reply);
                case Fault.SaysAndHangsUp(String reply) -> say(reply) && false;
                case Fault.SaysAndResets(String reply) -> say(reply) && reset();
                case Fault.HangsUp() -> false;
                case Fault.Silence() -> silence();
                case Fault.Drips(Duration between) -> drip(between);
                case Fault.Floods(int bytes) -> say("2".repeat(bytes)) && false;
            };
        }

        private boolean drip(Duration between) throws IOException {
            for (int i = 0; i < 10_000; i++) {
                out.write(i < 3 ? "250".charAt(i) : ' ');
                out.flush();
                pauseFor(between);
            }
            return false;
        }

        private boolean reset() throws IOException {
            in.read();
            socket.setSoLinger(true, 0);
            return false;
        }

        private boolean silence() throws IOException {
            pauseFor(Duration.ofMinutes(1));
            return false;
        }

        private boolean say(String reply) throws IOException {
            out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        }

        /** A line with its CRLF; null at the end. */
        private byte[] line() throws IOException {
            var line = new ByteArrayOutputStream(80);
            int before = -1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                line.write(b);
                if (b == '\n' && before == '\r') {
                    return line.toByteArray();
                }
                before = b;
            }
            return null;
        }
    }
}
