package org.dailypapers.command.check;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dailypapers.delivery.BounceSettings;
import org.dailypapers.delivery.DeliverySettings;
import org.dailypapers.letter.SenderSettings;
import org.dailypapers.letter.address.AddressSyntax;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.letter.dkim.DkimIdentity;
import org.dailypapers.letter.dkim.DkimSettings;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Topics;
import org.dailypapers.reputation.AlarmSettings;
import org.dailypapers.returns.ReturnSettings;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.smtp.RelayTrust;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.token.LinkSettings;
import org.dailypapers.token.SecretFile;
import org.dailypapers.token.SecretSettings;
import org.dailypapers.web.LocalClient;
import org.dailypapers.webhook.NoticeKind;
import org.dailypapers.webhook.WebhookSettings;
import org.eclipse.microprofile.config.Config;

/** Looks at the settings before anything starts, so that what cannot work is one line and not a stack trace. */
public final class Preflight {

    private static final int H2_IN_USE = 90020;
    private static final List<String> EVERY_INTERFACE = List.of("0.0.0.0", "[::]");

    private final Settings settings;
    private final Config config;
    private final StorageSettings storage;

    /** Reads the settings; throws a {@link Failure} where one cannot be read. */
    public Preflight(SmallRyeConfig config) {
        this.config = config;
        DotEnv.read(Path.of(".env")).fault().ifPresent(fault -> {
            throw new Failure(fault);
        });
        // Before the base URL, which names the port unless it is set.
        port();
        this.settings = Settings.read(config);
        this.storage = settings.of(StorageSettings.class);
    }

    public boolean embedded() {
        return storage.embedded();
    }

    public Path data() {
        return storage.data();
    }

    int port() {
        String port = config.getOptionalValue("quarkus.http.port", String.class).orElse("8080");
        try {
            return Settings.number(port, 0, 65535);
        } catch (IllegalArgumentException e) {
            throw new Failure("QUARKUS_HTTP_PORT: " + e.getMessage());
        }
    }

    /** What holds between settings, and what they name. */
    public void settings() {
        Mailbox from = settings.of(SenderSettings.class).from();
        dkim(from);
        rule(
                "DAILY_PAPERS_OPERATOR",
                () -> settings.of(AlarmSettings.class).operator().ifPresent(Mailbox::parse));
        bounce(from);
        lease();
        relay();
        secret();
        webhook();
        databaseUrl();
        builtForIt();
        dataIsSomewhere();
    }

    /** The launcher picks the build by DATABASE_URL, as it reads it; the other one would keep all in a file of its own. */
    private void builtForIt() {
        boolean builtForH2 =
                optional("quarkus.datasource.db-kind").filter("h2"::equals).isPresent();
        if (!embedded() && builtForH2) {
            throw new Failure("DATABASE_URL is set, but what was started is the build for H2;"
                    + " write the name in capitals and start with ./run.");
        }
    }

    /** H2 takes no path from which it cannot tell that it was meant to begin at the working folder. */
    private void dataIsSomewhere() {
        String data = data().toString();
        if (embedded() && !data().isAbsolute() && !data.startsWith(".") && !data.startsWith("~")) {
            throw new Failure("DAILY_PAPERS_DATA: write ./" + data + ", or the whole path of the folder.");
        }
    }

    private static void rule(String shown, Runnable rule) {
        try {
            rule.run();
        } catch (IllegalArgumentException e) {
            throw new Failure(shown + ": " + e.getMessage());
        }
    }

    private void webhook() {
        WebhookSettings webhook = settings.of(WebhookSettings.class);
        if (webhook.url().isPresent() && webhook.secret().isEmpty()) {
            throw new Failure(
                    "DAILY_PAPERS_WEBHOOK_SECRET must be set with DAILY_PAPERS_WEBHOOK_URL; make one with: echo"
                            + " whsec_$(openssl rand -base64 32)");
        }
        Set<String> known =
                Arrays.stream(NoticeKind.values()).map(NoticeKind::type).collect(Collectors.toSet());
        webhook.events().stream()
                .filter(event -> !known.contains(event))
                .findFirst()
                .ifPresent(event -> {
                    throw new Failure("DAILY_PAPERS_WEBHOOK_EVENTS: there is no event " + event + "; there are "
                            + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
    }

    /** Within From's organisation, or SPF would not count for DMARC (RFC 9989 §4.4). */
    private void bounce(Mailbox from) {
        Optional<String> domain = settings.of(BounceSettings.class).bounce();
        ReturnSettings returns = settings.of(ReturnSettings.class);
        if (returns.bounceMailbox().isPresent()
                && returns.bounceMailboxPassword().isEmpty()) {
            throw new Failure("DAILY_PAPERS_BOUNCE_MAILBOX_PASSWORD must be set with DAILY_PAPERS_BOUNCE_MAILBOX.");
        }
        if (domain.isEmpty()) {
            if (returns.bouncePort().isPresent()) {
                throw new Failure(
                        "DAILY_PAPERS_BOUNCE_PORT: there is nothing to listen for without DAILY_PAPERS_BOUNCE;"
                                + " set it to the domain whose mail comes to that port.");
            }
            return;
        }
        String address;
        try {
            address = new Mailbox(null, "x@" + domain.get().strip()).wireAddress();
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "DAILY_PAPERS_BOUNCE: " + domain.get() + " is no domain; write it like bounces.example.org");
        }
        String ours = address.substring(2).toLowerCase(Locale.ROOT);
        String theirs = new Sender(from, Optional.empty()).domain().toLowerCase(Locale.ROOT);
        if (!AddressSyntax.inOneOrganisation(ours, theirs)) {
            throw new Failure("DAILY_PAPERS_BOUNCE: " + domain.get() + " is not in the organisation of " + theirs
                    + ", the domain of DAILY_PAPERS_FROM; mail hosts would not count its SPF.");
        }
    }

    private void dkim(Mailbox from) {
        DkimSettings dkim = settings.of(DkimSettings.class);
        try {
            DkimIdentity.of(dkim, new Sender(from, Optional.empty()));
        } catch (IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    /** Another worker must not take a message over while its exchange still goes on. */
    private void lease() {
        Duration deadline =
                RelaySettings.deadline(settings.of(RelaySettings.class).timeout());
        Duration lease = settings.of(DeliverySettings.class).leaseFor(deadline);
        if (lease.compareTo(deadline) <= 0) {
            throw new Failure("DAILY_PAPERS_DELIVERY_LEASE: " + lease + " is not longer than an exchange may last, "
                    + deadline + ", which is three times DAILY_PAPERS_SMTP_TIMEOUT; leave it out, and it follows.");
        }
    }

    private void relay() {
        RelaySettings relay = settings.of(RelaySettings.class);
        rule("DAILY_PAPERS_SMTP_TRUST", () -> relay.trust().ifPresent(RelayTrust::sockets));
        URI base = settings.of(LinkSettings.class).baseUrl();
        boolean local = LocalClient.names(base.getHost()) || EVERY_INTERFACE.contains(base.getHost());
        if (relay.host().isPresent() && local) {
            throw new Failure("DAILY_PAPERS_BASE_URL: letters that leave this machine cannot link to " + base
                    + "; set it to the address that readers reach.");
        }
    }

    private void secret() {
        try {
            SecretSettings secrets = SecretSettings.of(settings.of(LinkSettings.class), config);
            if (embedded()) {
                SecretFile.existing(data());
            } else if (secrets.current().isEmpty()) {
                throw new Failure("DAILY_PAPERS_SECRET must be set with PostgreSQL, the same for every replica;"
                        + " make one with: openssl rand -hex 32");
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    /** The data folder can be written to, by its owner alone; a line where that had to be put right. */
    public Optional<String> folder() {
        var folder = new DataFolder(data());
        try {
            folder.make(embedded());
            Files.delete(Files.createTempFile(data(), "probe", null));
            return folder.close();
        } catch (IOException e) {
            throw new Failure("The data folder " + data().toAbsolutePath().normalize()
                    + " cannot be written to; give it to this user, or set DAILY_PAPERS_DATA.");
        }
    }

    /** The operator's own files can be read. */
    public void ownFiles() {
        own("topics.txt", Topics::read);
        own("abbreviations.txt", Abbreviations::read);
    }

    private void own(String name, Consumer<String> read) {
        Path file = data().resolve(name);
        try {
            if (Files.exists(file)) {
                read.accept(Files.readString(file));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage());
        }
    }

    /** The database answers, and is one that this program can work with. */
    public void database() {
        Optional<DatabaseUrl> elsewhere = databaseUrl();
        String url = storage.databaseUrl().orElseGet(() -> config.getValue("quarkus.datasource.jdbc.url", String.class)
                .replaceFirst("MAX_COMPACT_TIME=[0-9]+", "MAX_COMPACT_TIME=0"));
        DriverManager.setLoginTimeout(10);
        var login = new Properties();
        optional("quarkus.datasource.username").ifPresent(user -> login.put("user", user));
        optional("quarkus.datasource.password").ifPresent(word -> login.put("password", word));
        try (Connection connection = DriverManager.getConnection(url, login)) {
            DatabaseCheck.of(connection);
        } catch (SQLException e) {
            String reason = refusal(e);
            throw new Failure(elsewhere.map(hiding -> hiding.hide(reason)).orElse(reason));
        }
    }

    private Optional<DatabaseUrl> databaseUrl() {
        return storage.databaseUrl().map(DatabaseUrl::parse);
    }

    private String refusal(SQLException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (!embedded()) {
            return "The database of DATABASE_URL cannot be reached: " + reason;
        }
        if (e.getErrorCode() == H2_IN_USE) {
            return "The database in " + data()
                    + " is open in another process: a service that runs already, or a command;"
                    + " try again when it is done.";
        }
        return "The database in " + data() + " cannot be opened: " + reason;
    }

    /** The port is free. */
    public void portFree() {
        int port = port();
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new Failure("Port " + port + " is in use; stop what uses it, or set QUARKUS_HTTP_PORT.");
        }
    }

    private Optional<String> optional(String name) {
        return config.getOptionalValue(name, String.class).filter(v -> !v.isBlank());
    }
}
