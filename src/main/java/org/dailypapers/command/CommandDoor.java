package org.dailypapers.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.command.verb.ServiceState;
import org.dailypapers.web.LocalClient;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in the service that has the embedded database open, for whoever holds the key of its data folder and
 * asks from this machine.
 *
 * <p>The answer is a stream of frames: a byte for the channel (1 output, 2 errors, 0 the end), four for the length, then
 * the bytes; the end carries the exit status.
 */
@ApplicationScoped
@Path("/command")
public class CommandDoor {

    static final String KEY = "Command-Key";
    static final int END = 0;
    static final int OUT = 1;
    static final int ERR = 2;

    private static final long LONGEST_START_SECONDS = 120;

    private final ObjectMapper json;
    private final ServiceState state;
    private volatile @Nullable RunningService open;

    CommandDoor(ObjectMapper json, ServiceState state) {
        this.json = json;
        this.state = state;
    }

    /** What a command needs to know of its caller. */
    public record Call(String[] arguments, String folder, boolean terminal) {}

    void open(RunningService service) {
        open = service;
    }

    @POST
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(hidden = true)
    public StreamingOutput run(@HeaderParam(KEY) String key, @Context HttpServerRequest request, byte[] body)
            throws IOException {
        RunningService service = Optional.ofNullable(open).orElseThrow(NotFoundException::new);
        if (!LocalClient.sent(request)
                || key == null
                || !MessageDigest.isEqual(
                        key.getBytes(StandardCharsets.UTF_8), service.key().getBytes(StandardCharsets.UTF_8))) {
            throw new NotFoundException();
        }
        Call call = json.readValue(body, Call.class);
        awaitStart();
        return out -> {
            var console = new Console(
                    stream(out, OUT), stream(out, ERR), java.nio.file.Path.of(call.folder()), call.terminal());
            int status = Commands.run(call.arguments(), console);
            if (state.stopping()) {
                console.complain(CommandCall.BROKEN_OFF);
                status = Commands.FAILED;
            }
            console.out().flush();
            console.err().flush();
            frame(out, END, new byte[] {(byte) status}, 0, 1);
        };
    }

    /** What a first start lays into the catalogue must not meet what a command brings. */
    private void awaitStart() {
        try {
            if (!state.awaitReady(LONGEST_START_SECONDS)) {
                throw new ServiceUnavailableException("The service is still starting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("The service stops");
        }
    }

    private static PrintStream stream(OutputStream out, int channel) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        frame(out, channel, bytes, offset, length);
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private static void frame(OutputStream out, int channel, byte[] bytes, int offset, int length) throws IOException {
        synchronized (out) {
            out.write(new byte[] {
                (byte) channel, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
            });
            out.write(bytes, offset, length);
            out.flush();
        }
    }
}
