package org.dailypapers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.dailypapers.command.verb.Postman;
import org.dailypapers.delivery.Certificates;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.MailTransport;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.smtp.TransportFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmanTest {

    @TempDir
    private Path folder;

    private static Postman postman(Map<String, String> environment) {
        RelaySettings settings = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(RelaySettings.class)
                .build()
                .getConfigMapping(RelaySettings.class);
        return new Postman(null, settings, new Sender(Mailbox.parse("papers@example.org"), Optional.empty()), null);
    }

    @Test
    void theTrustFileOfTheSettingsCountsForTheRelayAndForNothingElse() throws Exception {
        var certificates = new Certificates(folder);
        SSLContext everybodyElses = SSLContext.getDefault();
        try (var server = new FaultySmtpServer()) {
            server.offerTls(certificates.server("localhost"));
            var environment = new HashMap<>(Map.of(
                    "DAILY_PAPERS_SMTP_HOST", "localhost", "DAILY_PAPERS_SMTP_PORT", Integer.toString(server.port())));
            Postman withoutTrust = postman(environment);
            environment.put("DAILY_PAPERS_SMTP_TRUST", certificates.authority().toString());
            try (MailTransport.MailConnection line =
                    postman(environment).relay().open()) {
                var letter = new Letter(
                        "papers@example.org",
                        "reader@example.test",
                        "Subject: test\r\n\r\nSome words.\r\n".getBytes(StandardCharsets.UTF_8),
                        false,
                        false);
                assertInstanceOf(DeliveryResult.Accepted.class, line.send(letter));
            }
            assertEquals(List.of("reader@example.test"), server.recipients());
            assertEquals(1, server.secured().size());
            assertSame(everybodyElses, SSLContext.getDefault());
            TransportFailure stranger = assertThrows(
                    TransportFailure.class, () -> withoutTrust.relay().open());
            assertTrue(stranger.getMessage().contains("DAILY_PAPERS_SMTP_TRUST"), stranger.getMessage());
        }
    }
}
