package org.dailypapers.command.check;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.WithConverter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dailypapers.delivery.BounceSettings;
import org.dailypapers.delivery.DeliverySettings;
import org.dailypapers.desk.DeskSettings;
import org.dailypapers.digest.DigestRetention;
import org.dailypapers.dns.DnsSettings;
import org.dailypapers.language.OwnFilesSettings;
import org.dailypapers.letter.MastheadSettings;
import org.dailypapers.letter.SenderSettings;
import org.dailypapers.letter.dkim.DkimSettings;
import org.dailypapers.mailbox.MailboxSettings;
import org.dailypapers.matching.index.RankingSettings;
import org.dailypapers.paper.CalendarSettings;
import org.dailypapers.paper.TrendingSettings;
import org.dailypapers.reputation.AlarmSettings;
import org.dailypapers.returns.ReturnSettings;
import org.dailypapers.returns.provider.ProviderSettings;
import org.dailypapers.site.AboutSettings;
import org.dailypapers.site.answer.AnswerSettings;
import org.dailypapers.site.connection.ConnectionSettings;
import org.dailypapers.site.connection.RateSettings;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.source.SourceSettings;
import org.dailypapers.source.arxiv.ArxivSettings;
import org.dailypapers.source.biorxiv.BiorxivSettings;
import org.dailypapers.source.feed.FeedSettings;
import org.dailypapers.source.huggingface.HuggingFaceSettings;
import org.dailypapers.source.paperswithcode.PapersWithCodeSettings;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.thumbnail.ThumbnailSettings;
import org.dailypapers.token.LinkSettings;
import org.dailypapers.webhook.WebhookSettings;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * All settings as their rooms declare them, read before anything starts: one that cannot be read is a line that names it,
 * where SmallRye would throw a list of all with their values.
 */
final class Settings {

    /** What declares them, in the order in which they are looked at. */
    static final List<Class<?>> DECLARED = List.of(
            CalendarSettings.class,
            SenderSettings.class,
            MastheadSettings.class,
            OwnFilesSettings.class,
            DkimSettings.class,
            AlarmSettings.class,
            BounceSettings.class,
            ReturnSettings.class,
            ProviderSettings.class,
            DeskSettings.class,
            ConnectionSettings.class,
            RateSettings.class,
            AnswerSettings.class,
            RelaySettings.class,
            DnsSettings.class,
            DeliverySettings.class,
            MailboxSettings.class,
            DigestRetention.Settings.class,
            LinkSettings.class,
            SourceSettings.class,
            HuggingFaceSettings.class,
            BiorxivSettings.class,
            ArxivSettings.class,
            FeedSettings.class,
            PapersWithCodeSettings.class,
            TrendingSettings.class,
            RankingSettings.class,
            StorageSettings.class,
            WebhookSettings.class,
            ThumbnailSettings.class,
            AboutSettings.class);

    private final SmallRyeConfig config;

    private Settings(SmallRyeConfig config) {
        this.config = config;
    }

    /** Reads them; throws a {@link Failure} where one cannot be read. */
    static Settings read(SmallRyeConfig config) {
        var settings = new Settings(config);
        var classes = new LinkedHashSet<ConfigClass>();
        for (Class<?> declared : DECLARED) {
            var declaration = ConfigClass.configClass(declared);
            named(declaration).forEach(settings::look);
            classes.add(declaration);
        }
        ConfigMappings.registerConfigMappings(config, classes);
        return settings;
    }

    /** What declares each of them, by the names that the environment knows. */
    static Map<String, Method> declarations() {
        var declarations = new TreeMap<String, Method>();
        DECLARED.forEach(declared -> named(ConfigClass.configClass(declared))
                .forEach((name, method) -> declarations.put(shown(name), method)));
        return declarations;
    }

    private static Map<String, Method> named(ConfigClass declaration) {
        var methods = new TreeMap<String, Method>();
        // A list has a name for its elements too.
        ConfigMappings.getProperties(declaration)
                .forEach((name, property) -> methods.put(name.replace("[*]", ""), property.getMethod()));
        return methods;
    }

    /** The setting's name in the environment. */
    static String shown(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    <T> T of(Class<T> declared) {
        return config.getConfigMapping(declared);
    }

    private void look(String name, Method declared) {
        String text = config.getConfigValue(name).getValue();
        if (text == null) {
            return;
        }
        try {
            check(text, declared);
        } catch (IllegalArgumentException e) {
            throw new Failure(shown(name) + ": " + e.getMessage());
        }
    }

    private void check(String text, Method declared) {
        AnnotatedType type = declared.getAnnotatedReturnType();
        if (type instanceof AnnotatedParameterizedType optional) {
            type = optional.getAnnotatedActualTypeArguments()[0];
        }
        WithConverter with = type.getAnnotation(WithConverter.class);
        if (with != null) {
            read(text, with.value());
        } else if (type.getType() == int.class || type.getType() == OptionalInt.class) {
            number(text, declared);
        } else if (type.getType() == Duration.class) {
            known(text, Duration.class, "is no length of time; write it like PT5M.");
        } else if (type.getType() instanceof Class<?> kind && kind.isEnum()) {
            known(
                    text,
                    kind,
                    Arrays.stream(kind.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "is not one of ", ".")));
        }
    }

    private static void read(String text, Class<? extends Converter<?>> converter) {
        try {
            converter.getDeclaredConstructor().newInstance().convert(text);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(converter + " cannot be made", e);
        }
    }

    private static void number(String text, Method declared) {
        Min min = declared.getAnnotation(Min.class);
        Max max = declared.getAnnotation(Max.class);
        number(text, min == null ? Integer.MIN_VALUE : min.value(), max == null ? Integer.MAX_VALUE : max.value());
    }

    static int number(String text, long least, long most) {
        String fault = text + " is not a number from " + least + " to " + most + ".";
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(fault, e);
        }
        throw new IllegalArgumentException(fault);
    }

    private void known(String text, Class<?> kind, String fault) {
        try {
            if (config.requireConverter(kind).convert(text) != null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(text + " " + fault, e);
        }
        throw new IllegalArgumentException(text + " " + fault);
    }
}
