package org.dailypapers.command.verb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The Model Context Protocol over standard input and output, for clients that start a program: each line is posted to a
 * running service, here or elsewhere, and its answer is a line. Nothing else is ever printed there.
 */
@Command(
        name = "mcp",
        description =
                "Speaks the Model Context Protocol over standard input and output, for a desktop client, and asks a"
                        + " running service: search, edition, match and letter. It needs neither settings nor a database.",
        footer = "%nThe client starts it; docs/feeds.md has what to write into its configuration.")
class McpCommand extends Verb implements StandsAlone {

    private static final String HERE = "http://localhost:8080";
    private static final Pattern FEED =
            Pattern.compile("(https?://[^/\\s]+(?:/[^\\s]*)?)/feeds/([\\w-]+)(?:\\.atom|\\.json)?");
    private static final Pattern LOCAL = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** The service takes a body of a megabyte, and answers with less. */
    private static final int LONGEST = 1 << 20;

    private static final int LARGEST_ANSWER = 16 << 20;

    /** From this status on (RFC 6585 §4) it may well be the service, which cannot answer now. */
    private static final int BUSY = 429;

    private static final int NOT_JSON = -32700;
    private static final int UNANSWERED = -32000;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service's address; that of --letter, else " + HERE + ", when not named.")
    @Nullable
    String url;

    @Option(
            names = "--letter",
            paramLabel = "ADDRESS",
            defaultValue = "${env:DAILY_PAPERS_LETTER}",
            description =
                    "The private address of your letters as a feed, from your preferences page: the tool letter then"
                            + " knows whose they are. Else the environment's DAILY_PAPERS_LETTER, which no list of processes shows.")
    @Nullable
    String letter;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws IOException {
        Optional<Matcher> feed = Optional.ofNullable(letter)
                .filter(address -> !address.isBlank())
                .map(address -> FEED.matcher(address.strip()));
        feed.filter(address -> !address.matches()).ifPresent(address -> {
            throw misuse("--letter is no address of a feed; it ends like /feeds/….atom");
        });
        URI service = service(
                url != null ? url : feed.map(address -> address.group(1)).orElse(HERE));
        if (feed.filter(address -> !service.equals(service(address.group(1)))).isPresent()) {
            throw misuse("--letter is of another service than --url, which has no business with it");
        }
        URI door = URI.create(service + "/mcp");
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build()) {
            converse(client, door, feed.map(address -> address.group(2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Commands.OK;
    }

    private ParameterException misuse(String words) {
        return new ParameterException(spec.commandLine(), words);
    }

    private URI service(String text) {
        try {
            URI address = URI.create(text.strip().replaceFirst("/+$", "").replaceFirst("/mcp$", ""));
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (address.getHost() != null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && address.getRawUserInfo() == null
                    && (scheme.equals("https") || scheme.equals("http"))) {
                if (scheme.equals("http")
                        && letter != null
                        && !letter.isBlank()
                        && !LOCAL.matcher(address.getHost()).matches()) {
                    throw misuse("your letters are asked for over https alone, and " + address + " is not");
                }
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw misuse("'" + text + "' is no address of a service; write it like https://papers.example.org");
    }

    private void converse(HttpClient client, URI door, Optional<String> token)
            throws IOException, InterruptedException {
        var in = new BufferedInputStream(System.in);
        for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
            byte[] asked = line.get();
            if (new String(asked, StandardCharsets.UTF_8).isBlank()) {
                continue;
            }
            converse(client, door, token, asked);
        }
    }

    private void converse(HttpClient client, URI door, Optional<String> token, byte[] asked)
            throws IOException, InterruptedException {
        if (asked.length > LONGEST) {
            say(fault(null, NOT_JSON, "The line is too long."));
            return;
        }
        JsonNode request;
        try {
            request = json.readTree(asked);
        } catch (IOException e) {
            say(fault(null, NOT_JSON, "The line is no JSON."));
            return;
        }
        JsonNode id = request.get("id");
        boolean answered = !request.isObject() || id != null;
        JsonNode said;
        try {
            said = answer(post(client, door, token, asked), id);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            said = fault(id, UNANSWERED, door + " does not answer: " + why);
        }
        // What asks for no answer gets none, whatever comes of it.
        if (answered) {
            say(said);
        }
    }

    /** The next line; empty at the end. Of one that is too long so much is returned that its length tells. */
    private static Optional<byte[]> line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
            }
            if (line.size() <= LONGEST) {
                line.write(b);
            }
        }
        return Optional.of(line.toByteArray());
    }

    /** What the service answers, all of it within the time: the client's own limit ends with the headers. */
    private static Answer post(HttpClient client, URI door, Optional<String> token, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(door)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        CompletableFuture<HttpResponse<InputStream>> sent =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<Answer> read = sent.thenApplyAsync(answer -> {
            try (InputStream in = answer.body()) {
                return new Answer(answer, in.readNBytes(LARGEST_ANSWER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            return read.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            sent.thenAccept(McpCommand::abandon);
            sent.cancel(true);
            throw new IOException("no whole answer in " + ANSWER.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof UncheckedIOException unread
                    ? unread.getCause()
                    : cause instanceof IOException failed ? failed : new IOException(cause);
        }
    }

    private static void abandon(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException e) {
            // Nobody waits for it any more.
        }
    }

    /** An answer and its whole body. */
    private record Answer(HttpResponse<InputStream> head, byte[] body) {}

    /** What the service says, as the protocol has it; anything else in place of it is told as a fault. */
    private JsonNode answer(Answer whole, @Nullable JsonNode id) throws IOException {
        HttpResponse<InputStream> answer = whole.head();
        JsonNode said = null;
        try {
            said = json.readTree(whole.body());
        } catch (JsonProcessingException e) {
            // A page of a proxy, for one.
        }
        if (said != null && said.has("jsonrpc")) {
            return said;
        }
        String detail = said == null ? "" : said.path("detail").asText("");
        return fault(
                id,
                UNANSWERED,
                answer.uri() + " answers " + answer.statusCode()
                        + (detail.isEmpty()
                                ? answer.statusCode() < BUSY ? " and is no such service" : ""
                                : ": " + detail)
                        + answer.headers()
                                .firstValue("Retry-After")
                                .map(seconds -> "; try again in " + seconds + " s")
                                .orElse(""));
    }

    private JsonNode fault(@Nullable JsonNode id, int code, String message) {
        var answer = json.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }

    private void say(JsonNode answer) throws JsonProcessingException {
        // JSON as Jackson writes it has no line's end in it.
        console().out().print(json.writeValueAsString(answer) + "\n");
        console().out().flush();
    }
}
