package org.dailypapers.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dailypapers.dns.Dns.Answer;
import org.dailypapers.dns.Dns.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Against a name server of its own on this machine. */
class NameServerTest {

    private static final int TTL = 60;
    private static final int LARGEST = 4096;

    private final AtomicInteger questions = new AtomicInteger();
    private DatagramSocket socket;
    private volatile boolean silent;

    @BeforeEach
    void serve() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    var asked = new DatagramPacket(new byte[LARGEST], LARGEST);
                    socket.receive(asked);
                    questions.incrementAndGet();
                    if (!silent) {
                        byte[] answer = answer(new Message(Arrays.copyOf(asked.getData(), asked.getLength())));
                        socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
                    }
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void close() {
        socket.close();
    }

    private static byte[] answer(Message question) throws IOException {
        Record asked = question.getQuestion();
        Name name = asked.getName();
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(asked, Section.QUESTION);
        boolean known = name.equals(Name.fromString("example.org."));
        if (known && asked.getType() == Type.TXT) {
            answer.addRecord(
                    new TXTRecord(name, DClass.IN, TTL, List.of("v=spf1 ip4:192.0.2.1 ", "-all")), Section.ANSWER);
        } else if (known && asked.getType() == Type.MX) {
            answer.addRecord(new MXRecord(name, DClass.IN, TTL, 0, Name.root), Section.ANSWER);
        } else if (!known) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer.toWire();
    }

    private NameServer server() {
        return new NameServer(Optional.of("127.0.0.1:" + socket.getLocalPort()));
    }

    @Test
    void recordsAreReadAndStringsJoined() {
        NameServer server = server();
        assertEquals(new Answer.Records(List.of("v=spf1 ip4:192.0.2.1 -all")), server.ask("example.org", Kind.TXT));
        assertEquals(new Answer.Records(List.of("0 .")), server.ask("example.org.", Kind.MX));
    }

    @Test
    void whatDoesNotExistIsNone() {
        NameServer server = server();
        assertEquals(new Answer.None(), server.ask("example.org", Kind.A));
        assertEquals(new Answer.None(), server.ask("nobody.example", Kind.TXT));
        assertEquals(new Answer.None(), server.ask("a..b", Kind.TXT));
    }

    @Test
    void whoDoesNotAnswerTwiceIsLeftAlone() {
        silent = true;
        NameServer server = server();
        assertInstanceOf(Answer.Unanswered.class, server.ask("example.org", Kind.TXT));
        assertInstanceOf(Answer.Unanswered.class, server.ask("example.org", Kind.MX));
        int asked = questions.get();
        assertInstanceOf(Answer.Unanswered.class, server.ask("example.org", Kind.A));
        assertEquals(asked, questions.get());
    }
}
