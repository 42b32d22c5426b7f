package org.dailypapers.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.token.SigningKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets arrive as they were written, and stand in nothing that the service says. */
class SecretsIT {

    private static final String CANARY = "canary";
    private static final String SECRET = "canary$${HOME},$x{1}-of-this-instance";
    private static final String EARLIER = "canary, with a comma and a $ in it";
    private static final String PASSWORD = "canary\\$${x}\"'#%,";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FaultySmtpServer relay = new FaultySmtpServer();
    private Process service;

    @AfterEach
    void end() {
        relay.close();
        if (service != null) {
            service.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_URL | jdbc:postgresql://h/db?user=u&password=canary%",
                "DATABASE_URL | jdbc:postgresql://h:54x2/db?user=u&password=canary",
                "DATABASE_URL | jdbc:postgresql://u:canary@h/db",
                "DATABASE_URL | jdbc:postgresql://127.0.0.1:1/db?password=canary",
                "DATABASE_URL | jdbc:postgresql://127.0.0.1:1/db?password=canary&sslmode=no",
                "DAILY_PAPERS_SECRET | canary",
                "DAILY_PAPERS_SECRET_OLD | 0123456789abcdef0123456789abcdef, canary",
                "DAILY_PAPERS_SECRET_OLD_2 | canary",
                "DAILY_PAPERS_BASE_URL | https://u:can%canary@papers.example.org",
                "DAILY_PAPERS_SMTP_HOST | u:canary@smtp.example.org",
                "DAILY_PAPERS_DKIM_KEY | -----BEGIN PRIVATE KEY-----canary",
            })
    void aSettingThatCannotBeUsedIsNamedWithoutItsSecret(String name, String value) throws Exception {
        PackagedApp app = name.equals("DATABASE_URL")
                ? PackagedApp.onPostgres(folder).set("DAILY_PAPERS_SECRET", "0123456789abcdef0123456789abcdef")
                : PackagedApp.embedded(folder);
        app.set("QUARKUS_HTTP_PORT", Integer.toString(PackagedApp.freePort())).set(name, value);
        if (name.contains("DKIM")) {
            app.set("DAILY_PAPERS_DKIM_DOMAIN", "example.org")
                    .set("DAILY_PAPERS_DKIM_SELECTOR", "s")
                    .set("DAILY_PAPERS_FROM", "papers@example.org");
        }
        for (String[] arguments : new String[][] {{}, {"doctor"}}) {
            PackagedApp.Ended ended = app.run(arguments);
            assertEquals(1, ended.status(), ended.toString());
            assertEquals(1, ended.err().size(), ended.toString());
            assertTrue(ended.err().getFirst().contains(name.replaceFirst("_2$", "")), ended.toString());
            assertFalse(ended.toString().contains(CANARY), ended.toString());
        }
    }

    @Test
    void aServiceSaysNoneOfItsSecretsAndUsesThemAsTheyWereWritten() throws Exception {
        int port = PackagedApp.freePort();
        relay.announce("AUTH PLAIN");
        String login =
                Base64.getEncoder().encodeToString(("letters\0letters\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            // Half of them in the file of settings, half in the environment.
            Files.writeString(folder.resolve(".env"), """
                    DAILY_PAPERS_SECRET= %s\s
                    export DAILY_PAPERS_SMTP_PASSWORD="%s"
                    DAILY_PAPERS_SMTP_USERNAME='letters' # of the relay
                    DAILY_PAPERS_SMTP_HOST=set in the environment too
                    """.formatted(
                            SECRET, PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"")));
            PackagedApp app = PackagedApp.onPostgres(folder)
                    .set("QUARKUS_HTTP_PORT", Integer.toString(port))
                    .set("DATABASE_URL", database.getJdbcUrl("postgres", "postgres") + "&password=canary%24%7Bx%7D")
                    .set("DAILY_PAPERS_SECRET_OLD_1", " " + EARLIER)
                    .set("DAILY_PAPERS_BASE_URL", "https://papers.example.test")
                    .set("DAILY_PAPERS_FROM", "Daily Papers <papers@example.test>")
                    .set("DAILY_PAPERS_SMTP_HOST", "127.0.0.1")
                    .set("DAILY_PAPERS_SMTP_PORT", Integer.toString(relay.port()))
                    .set("DAILY_PAPERS_SMTP_SECURITY", "none")
                    .set("DAILY_PAPERS_SMTP_CONNECTIONS", "");
            for (int i = 0; i < 9; i++) {
                relay.script(
                        FaultySmtpServer.Stage.AUTH,
                        new FaultySmtpServer.Fault.Says("535 5.7.8 not with " + PASSWORD + " (" + login + ")"));
            }
            PackagedApp.Ended doctor = app.run("doctor", "--to=reader@example.test");
            List<String> ids = new SigningKeys(SECRET, List.of(EARLIER)).ids();
            assertTrue(
                    doctor.out()
                            .contains("ok    keys: links are signed with " + ids.getFirst() + "; read too are those of "
                                    + ids.getLast()),
                    doctor.toString());
            assertTrue(relay.commands().contains("AUTH PLAIN " + login), doctor.toString());
            assertFalse(doctor.toString().contains(CANARY), doctor.toString());

            Path out = Files.createTempFile(folder, "service", ".txt");
            service = app.start(out, out);
            await().atMost(PATIENCE)
                    .until(() -> !service.isAlive() || Files.readString(out).contains("Daily Papers is ready"));
            var said = new StringBuilder();
            said.append(ask(port, "POST", "/subscribe", "email=reader%40example.test&timezone=UTC"));
            await().atMost(PATIENCE).until(() -> Files.readString(out).contains("ALARM"));
            for (String path : List.of("/", "/nowhere", "/confirm/x", "/q/health", "/q/metrics", "/q/openapi")) {
                said.append(ask(port, "GET", path, ""));
            }
            assertTrue(said.toString().contains(ids.getFirst()), "the check \"keys\" is among them");
            database.close();
            said.append(ask(port, "GET", "/", "")).append(ask(port, "GET", "/q/health", ""));
            said.append(ask(port, "POST", "/subscribe", "email=other%40example.test"));
            service.destroy();
            service.waitFor();
            said.append(Files.readString(out));
            assertFalse(said.toString().contains(CANARY), said.toString());
            assertFalse(said.toString().contains(login), said.toString());
        }
    }

    private static String ask(int port, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.headers().map() + answer.body();
    }
}
