package org.dailypapers.mailbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A raw SMTP connection on which a test says what it likes. */
final class SmtpLine implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    SmtpLine(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A connection past its greeting. */
    static SmtpLine greeted(int port) throws IOException {
        SmtpLine line = new SmtpLine(port);
        line.reply();
        line.say("EHLO localhost");
        return line;
    }

    /** Sends a command and returns the whole reply, its lines joined by LF. */
    String say(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next reply; empty where the line is closed. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            reply.append(reply.isEmpty() ? "" : "\n").append(line);
            if (line.length() < 4 || line.charAt(3) == ' ') {
                break;
            }
        }
        return reply.toString();
    }

    /** A whole transaction; {@code data} is stuffed already and ends with CR LF. Returns the reply to the final dot. */
    String letter(String from, String to, String data) throws IOException {
        return letter(from, to, data.getBytes(StandardCharsets.UTF_8));
    }

    String letter(String from, String to, byte[] data) throws IOException {
        say("MAIL FROM:<" + from + ">");
        say("RCPT TO:<" + to + ">");
        say("DATA");
        send(data);
        return say(".");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
