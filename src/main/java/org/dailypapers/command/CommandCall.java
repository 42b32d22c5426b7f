package org.dailypapers.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.OptionalInt;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;

/** Asks a running service over loopback to run a command. */
final class CommandCall {

    static final String BROKEN_OFF =
            "The service stopped while the command ran, and its log says why; start it and look before you repeat it.";

    private static final int CONNECT_MILLIS = 2_000;

    private CommandCall() {}

    /** The command's exit status; empty where no service answers. */
    static OptionalInt to(RunningService service, String[] arguments, Console console) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + service.port() + "/command")
                    .toURL()
                    .openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty(CommandDoor.KEY, service.key());
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            connection
                    .getOutputStream()
                    .write(new ObjectMapper()
                            .writeValueAsBytes(new CommandDoor.Call(
                                    arguments, console.folder().toString(), console.terminal())));
            if (connection.getResponseCode() != 200) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(answer(connection, console));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** From here on the command has begun: it must not be run a second time. */
    private static int answer(HttpURLConnection connection, Console console) {
        try (var frames = new DataInputStream(connection.getInputStream())) {
            return relay(frames, console);
        } catch (IOException e) {
            console.complain(BROKEN_OFF);
            return Commands.FAILED;
        }
    }

    private static int relay(DataInputStream frames, Console console) throws IOException {
        while (true) {
            int channel = frames.readUnsignedByte();
            byte[] bytes = frames.readNBytes(frames.readInt());
            switch (channel) {
                case CommandDoor.END -> {
                    return bytes[0];
                }
                case CommandDoor.OUT -> write(console.out(), bytes);
                default -> write(console.err(), bytes);
            }
        }
    }

    private static void write(PrintStream stream, byte[] bytes) {
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }
}
