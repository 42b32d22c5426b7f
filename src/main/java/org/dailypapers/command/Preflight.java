package org.dailypapers.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dailypapers.delivery.RelaySettings;
import org.dailypapers.delivery.RelayTrust;
import org.dailypapers.letter.DkimIdentity;
import org.dailypapers.letter.Mailbox;
import org.dailypapers.letter.Sender;
import org.dailypapers.matching.Abbreviations;
import org.dailypapers.paper.Topics;
import org.dailypapers.token.BaseUrl;
import org.dailypapers.token.SecretFile;
import org.dailypapers.token.SecretSettings;
import org.dailypapers.web.AddressBlocks;
import org.dailypapers.web.LocalClient;
import org.eclipse.microprofile.config.Config;

/** Looks at the settings before anything starts, so that what cannot work is one line and not a stack trace. */
final class Preflight {

    private static final int H2_IN_USE = 90020;
    private static final List<String> EVERY_INTERFACE = List.of("0.0.0.0", "[::]");

    /** A name, an address of IPv4 or one of IPv6, in brackets or not. */
    private static final Pattern HOST =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+(%\\w+)?]?");

    private final Config settings;

    Preflight(Config settings) {
        this.settings = settings;
    }

    boolean embedded() {
        // As everything that uses it asks: one that is blank is set, and wrong.
        return settings.getOptionalValue("database.url", String.class).isEmpty();
    }

    Path data() {
        return Path.of(settings.getValue("daily-papers.data", String.class));
    }

    int port() {
        return number("quarkus.http.port", "QUARKUS_HTTP_PORT", 0, 65535, 8080);
    }

    /** What every process needs. */
    void settings() {
        String zone = settings.getValue("daily-papers.timezone", String.class);
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Failure(
                    "DAILY_PAPERS_TIMEZONE: there is no time zone " + zone + "; write it like Europe/Berlin.");
        }
        String close = settings.getValue("daily-papers.close", String.class);
        try {
            LocalTime.parse(close);
        } catch (DateTimeException e) {
            throw new Failure("DAILY_PAPERS_CLOSE: " + close + " is no time of day; write it like 06:00.");
        }
        dkim(from());
        operator();
        bounce(from());
        blocks("daily-papers.monitoring.from", "DAILY_PAPERS_MONITORING_FROM");
        blocks("daily-papers.proxy", "DAILY_PAPERS_PROXY");
        number("daily-papers.connections.per-client", "DAILY_PAPERS_CONNECTIONS_PER_CLIENT", 1, 100_000, 200);
        lease();
        number("daily-papers.mailbox.port", "DAILY_PAPERS_MAILBOX_PORT", 0, 65535, 0);
        number("daily-papers.digests.kept-days", "DAILY_PAPERS_DIGESTS_KEPT_DAYS", 90, 36_500, 365);
        // Before the base URL, which names the port unless it is set.
        port();
        URI base = base();
        relay(base);
        secret();
        databaseUrl();
    }

    /** Its domain names Message-IDs and signatures, which know ASCII alone. */
    private Mailbox from() {
        try {
            Mailbox from = Mailbox.parse(settings.getValue("daily-papers.from", String.class));
            String domain = new Sender(from, Optional.empty()).domain();
            if (domain.chars().allMatch(c -> c < 0x80)) {
                return from;
            }
            throw new Failure("DAILY_PAPERS_FROM: the domain " + domain
                    + " has no sure ASCII form; write it with its xn-- labels (RFC 5890).");
        } catch (IllegalArgumentException e) {
            throw new Failure("DAILY_PAPERS_FROM: " + e.getMessage());
        }
    }

    /** Within From's organisation, or SPF would not count for DMARC (RFC 7489 §3.1.2). */
    private void bounce(Mailbox from) {
        Optional<String> domain = optional("daily-papers.bounce");
        if (domain.isEmpty()) {
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
        if (!lastTwoLabels(ours).equals(lastTwoLabels(theirs))) {
            throw new Failure("DAILY_PAPERS_BOUNCE: " + domain.get() + " is not in the organisation of " + theirs
                    + ", the domain of DAILY_PAPERS_FROM; mail hosts would not count its SPF.");
        }
    }

    private static String lastTwoLabels(String domain) {
        return domain.substring(domain.lastIndexOf('.', domain.lastIndexOf('.') - 1) + 1);
    }

    private void operator() {
        try {
            optional("daily-papers.operator").ifPresent(Mailbox::parse);
        } catch (IllegalArgumentException e) {
            throw new Failure("DAILY_PAPERS_OPERATOR: " + e.getMessage());
        }
    }

    private void blocks(String name, String shown) {
        try {
            optional(name).ifPresent(AddressBlocks::parse);
        } catch (IllegalArgumentException e) {
            throw new Failure(shown + ": " + e.getMessage());
        }
    }

    private void dkim(Mailbox from) {
        try {
            DkimIdentity.of(
                    optional("daily-papers.dkim.domain"),
                    optional("daily-papers.dkim.selector"),
                    optional("daily-papers.dkim.key"),
                    new Sender(from, Optional.empty()));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** Another worker must not take a message over while its exchange still goes on. */
    private void lease() {
        Duration timeout = duration("daily-papers.smtp.timeout", "DAILY_PAPERS_SMTP_TIMEOUT", Duration.ofMinutes(5));
        Duration deadline = RelaySettings.deadline(timeout);
        Duration lease =
                duration("daily-papers.delivery.lease", "DAILY_PAPERS_DELIVERY_LEASE", deadline.plusMinutes(1));
        if (lease.compareTo(deadline) <= 0) {
            throw new Failure("DAILY_PAPERS_DELIVERY_LEASE: " + lease + " is not longer than an exchange may last, "
                    + deadline + ", which is three times DAILY_PAPERS_SMTP_TIMEOUT; leave it out, and it follows.");
        }
    }

    private Duration duration(String name, String shown, Duration fallback) {
        Optional<String> text = optional(name);
        try {
            Duration duration = text.map(Duration::parse).orElse(fallback);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw new Failure(shown + ": " + text.get() + " is no length of time; write it like PT5M.");
        }
        throw new Failure(shown + ": " + text.get() + " is not longer than nothing.");
    }

    private URI base() {
        try {
            return BaseUrl.parse(settings.getValue("daily-papers.base-url", String.class));
        } catch (IllegalArgumentException e) {
            throw new Failure("DAILY_PAPERS_BASE_URL: " + e.getMessage());
        }
    }

    private void relay(URI base) {
        String security = optional("daily-papers.smtp.security").orElse("starttls");
        try {
            RelaySettings.Security.valueOf(security.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Failure("DAILY_PAPERS_SMTP_SECURITY: " + security + " is not one of starttls, tls, none.");
        }
        number("daily-papers.smtp.port", "DAILY_PAPERS_SMTP_PORT", 1, 65535, 587);
        number("daily-papers.smtp.connections", "DAILY_PAPERS_SMTP_CONNECTIONS", 1, 1000, 4);
        number("daily-papers.smtp.messages", "DAILY_PAPERS_SMTP_MESSAGES", 1, Integer.MAX_VALUE, 100);
        rate();
        trust();
        Optional<String> host = optional("daily-papers.smtp.host");
        if (host.isPresent() && !HOST.matcher(host.get()).matches()) {
            throw new Failure("DAILY_PAPERS_SMTP_HOST: write a host's name or address alone, as in smtp.example.org;"
                    + " its port, user and password are settings of their own.");
        }
        boolean real = host.isPresent();
        if (real && (LocalClient.names(base.getHost()) || EVERY_INTERFACE.contains(base.getHost()))) {
            throw new Failure("DAILY_PAPERS_BASE_URL: letters that leave this machine cannot link to " + base
                    + "; set it to the address that readers reach.");
        }
    }

    private void trust() {
        optional("daily-papers.smtp.trust").ifPresent(file -> {
            try {
                RelayTrust.sockets(Path.of(file));
            } catch (IllegalArgumentException e) {
                throw new Failure("DAILY_PAPERS_SMTP_TRUST: " + e.getMessage());
            }
        });
    }

    private void rate() {
        Optional<String> text = optional("daily-papers.smtp.rate");
        try {
            double rate = text.map(Double::parseDouble).orElse(1.0);
            if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                return;
            }
        } catch (NumberFormatException e) {
            throw new Failure("DAILY_PAPERS_SMTP_RATE: " + text.get() + " is no number of letters a second.");
        }
        throw new Failure("DAILY_PAPERS_SMTP_RATE: " + text.get() + " is no number of letters a second above 0.");
    }

    private void secret() {
        try {
            SecretSettings secrets = SecretSettings.of(settings);
            if (embedded()) {
                SecretFile.existing(data());
            } else if (secrets.current().isEmpty()) {
                throw new Failure("DAILY_PAPERS_SECRET must be set with PostgreSQL, the same for every replica;"
                        + " make one with: openssl rand -hex 32");
            }
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** The data folder can be written to, by its owner alone; a line where that had to be put right. */
    Optional<String> folder() {
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
    void ownFiles() {
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
    void database() {
        Optional<DatabaseUrl> elsewhere = databaseUrl();
        String url = optional("database.url")
                .orElseGet(() -> "jdbc:h2:service:" + data().toAbsolutePath().normalize() + "/papers;"
                        + settings.getValue("daily-papers.h2.options", String.class)
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
        return settings.getOptionalValue("database.url", String.class).map(DatabaseUrl::parse);
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
    void portFree() {
        int port = port();
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new Failure("Port " + port + " is in use; stop what uses it, or set QUARKUS_HTTP_PORT.");
        }
    }

    private int number(String name, String shown, int least, int most, int fallback) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text.get().strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Failure(shown + ": " + text.get() + " is not a number from " + least + " to " + most + ".");
        }
        throw new Failure(shown + ": " + text.get() + " is not a number from " + least + " to " + most + ".");
    }

    private Optional<String> optional(String name) {
        return settings.getOptionalValue(name, String.class).filter(v -> !v.isBlank());
    }
}
