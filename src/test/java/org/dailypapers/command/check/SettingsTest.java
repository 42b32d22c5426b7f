package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.delivery.DeliverySettings;
import org.dailypapers.letter.SenderSettings;
import org.dailypapers.smtp.RelaySettings;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting is declared once, listed in {@code .env.example}, and told of in one line where it is wrong. */
class SettingsTest {

    /** Those of Quarkus and of the script {@code run}. */
    private static final Set<String> OF_OTHERS = Set.of("QUARKUS_HTTP_PORT", "JAVA_OPTS");

    /** What stands in the example is one, and not the default. */
    private static final Set<String> EXAMPLES = Set.of("DAILY_PAPERS_BASE_URL", "DAILY_PAPERS_FROM");

    private static final Pattern LISTED = Pattern.compile("#?([A-Z][A-Z0-9_]+)=(.*)");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.dailypapers");

    private static Settings read(Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, 300))
                .build();
        return Settings.read(config);
    }

    private static Map<String, String> example() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(".env.example"))) {
            root = root.getParent();
        }
        var listed = new TreeMap<String, String>();
        for (String line : Files.readAllLines(root.resolve(".env.example"))) {
            Matcher setting = LISTED.matcher(line);
            if (setting.matches()) {
                assertEquals(null, listed.put(setting.group(1), setting.group(2)), line + " is listed twice");
            }
        }
        return listed;
    }

    @Test
    void everySettingIsInTheExampleAndTheExampleHasNoOther() throws Exception {
        Set<String> listed = new TreeSet<>(example().keySet());
        assertTrue(listed.removeAll(OF_OTHERS));
        assertEquals(Settings.declarations().keySet(), listed);
    }

    @Test
    void theExampleShowsTheDefaults() throws Exception {
        Map<String, String> listed = example();
        Settings.declarations().forEach((name, declared) -> {
            WithDefault preset = declared.getAnnotation(WithDefault.class);
            if (preset != null && !EXAMPLES.contains(name)) {
                assertEquals(preset.value(), listed.get(name), name);
            }
        });
    }

    @Test
    void everyValueOfTheExampleCanBeRead() throws Exception {
        Map<String, String> listed = example();
        listed.values().removeIf(String::isEmpty);
        read(listed);
    }

    @Test
    void everyDeclarationIsLookedAtBeforeTheStart() {
        Set<String> declared = HOUSE.stream()
                .filter(each -> each.isAnnotatedWith(ConfigMapping.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                declared,
                Settings.DECLARED.stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void nobodyReadsASettingPastItsDeclaration() {
        Set<String> past = HOUSE.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .flatMap(unit -> unit.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(ConfigProperty.class))
                .map(parameter ->
                        parameter.getAnnotationOfType(ConfigProperty.class).name())
                .filter(name -> !name.startsWith("quarkus."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), past);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DAILY_PAPERS_TIMEZONE|Atlantis|there is no time zone Atlantis; write it like Europe/Berlin.",
                "DAILY_PAPERS_CLOSE|25:00|25:00 is no time of day; write it like 06:00.",
                "DAILY_PAPERS_SMTP_SECURITY|perhaps|perhaps is not one of starttls, tls, none.",
                "DAILY_PAPERS_SMTP_PORT|smtp|smtp is not a number from 1 to 65535.",
                "DAILY_PAPERS_SMTP_PORT|0|0 is not a number from 1 to 65535.",
                "DAILY_PAPERS_SMTP_CONNECTIONS|1001|1001 is not a number from 1 to 1000.",
                "DAILY_PAPERS_SMTP_MESSAGES|0|0 is not a number from 1 to 2147483647.",
                "DAILY_PAPERS_SMTP_RATE|x|x is no number of letters a second.",
                "DAILY_PAPERS_SMTP_RATE|0|0 is no number of letters a second above 0.",
                "DAILY_PAPERS_SMTP_RATE|1e999|1e999 is no number of letters a second above 0.",
                "DAILY_PAPERS_SMTP_TIMEOUT|5|5 is no length of time; write it like PT5M.",
                "DAILY_PAPERS_SMTP_TIMEOUT|-PT5M|-PT5M is not longer than nothing.",
                "DAILY_PAPERS_DELIVERY_LEASE|soon|soon is no length of time; write it like PT5M.",
                "DAILY_PAPERS_DELIVERY_BATCH|0|0 is not a number from 1 to 1000.",
                "DAILY_PAPERS_DELIVERY_POLL|PT0S|PT0S is not longer than nothing.",
                "DAILY_PAPERS_DELIVERY_COMPOSE_ATTEMPTS|none|none is not a number from 1 to 2147483647.",
                "DAILY_PAPERS_TICK|60|60 is no length of time; write it like PT5M.",
                "DAILY_PAPERS_ANSWERS_AFTER|x|x is no length of time; write it like PT5M.",
                "DAILY_PAPERS_DIGESTS_KEPT_DAYS|89|89 is not a number from 90 to 36500.",
                "DAILY_PAPERS_MAILBOX_PORT|65536|65536 is not a number from 0 to 65535.",
                "DAILY_PAPERS_CONNECTIONS_PER_CLIENT|0|0 is not a number from 1 to 100000.",
                "DAILY_PAPERS_RANKING_TRENDING|11|11 is no weight; a signal's is a number from 0 to 10.",
                "DAILY_PAPERS_PROXY|nginx|nginx is no address and no block of addresses; write it like 192.0.2.7 or"
                        + " 10.0.0.0/8",
                "DAILY_PAPERS_NAME|'a\nBcc: x@example.org'|write it on one line, with 1 to 60 characters that can be seen.",
                "DAILY_PAPERS_NAME|' '|write it on one line, with 1 to 60 characters that can be seen.",
                "DAILY_PAPERS_LOGO|'a\u202Eb'|write it on one line, with 1 to 60 characters that can be seen.",
                "DAILY_PAPERS_FOOTER|'a\u2028b'|write it on one line, with 1 to 500 characters that can be seen.",
                "DAILY_PAPERS_TEMPLATES|/nowhere/own|there is no folder /nowhere/own that can be read; make it, or unset"
                        + " this.",
                "DAILY_PAPERS_ACCENT|blue|blue is no colour; write it as # and six hexadecimal digits, like #1d5c8f",
                "DAILY_PAPERS_REPLY_TO|nobody|Not an address: it has no @; write it as local-part@domain",
                "DAILY_PAPERS_REPLY_TO|ä@example.org|few mail systems can write to an address outside of ASCII (RFC"
                        + " 6531); take another one.",
                "DAILY_PAPERS_IMPRINT|javascript:alert(1)|javascript:alert(1) is no address of a page; write it like"
                        + " https://example.org/imprint",
                "DAILY_PAPERS_FROM|nobody|Not an address: it has no @; write it as local-part@domain",
                "DAILY_PAPERS_SMTP_HOST|u:word@h|write a host's name or address alone, as in smtp.example.org; its port,"
                        + " user and password are settings of their own.",
            })
    void aWrongOneIsNamedWithWhatToDo(String name, String value, String line) {
        Failure failure = assertThrows(Failure.class, () -> read(Map.of(name, value)));
        assertEquals(name + ": " + line, failure.getMessage());
    }

    @Test
    void whatIsSetIsWhatTheRoomsRead() {
        Settings settings = read(Map.of(
                "DAILY_PAPERS_SMTP_PORT", " 25 ",
                "DAILY_PAPERS_SMTP_SECURITY", "TLS",
                "DAILY_PAPERS_SMTP_RATE", "0.5",
                "DAILY_PAPERS_SMTP_PASSWORD", "a$$b${x:y}\\%\"'",
                "DAILY_PAPERS_DELIVERY_LEASE", "20m",
                "DAILY_PAPERS_POSTAL_ADDRESS", "1, Main Street"));
        RelaySettings relay = settings.of(RelaySettings.class);
        assertEquals(25, relay.effectivePort());
        assertEquals(RelaySettings.Security.TLS, relay.security());
        assertEquals(0.5, relay.pace().perSecond());
        assertEquals("a$$b${x:y}\\%\"'", relay.password().orElseThrow());
        assertEquals(
                Duration.ofMinutes(20),
                settings.of(DeliverySettings.class).lease().orElseThrow());
        assertEquals(
                "1, Main Street",
                settings.of(SenderSettings.class).postalAddress().orElseThrow());
    }
}
