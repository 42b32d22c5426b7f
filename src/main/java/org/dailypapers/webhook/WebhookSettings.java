package org.dailypapers.webhook;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Who is told what happens, and of what. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.webhook")
public interface WebhookSettings {

    /** Where requests go; nobody is told without. */
    Optional<@WithConverter(WebhookReadings.Address.class) URI> url();

    /** What signs them: {@code whsec_} and the key in Base64. */
    Optional<@WithConverter(WebhookReadings.Secret.class) WebhookSecret> secret();

    /** Of what is told. */
    @WithDefault("reader.confirmed,reader.left,letter.bounced,edition.closed")
    Set<String> events();

    /** Whether the address may be one of a private network. */
    @WithName("private")
    @WithDefault("false")
    boolean inward();

    /** Whether there is somebody to tell of that kind. */
    default boolean tells(NoticeKind kind) {
        return url().isPresent() && secret().isPresent() && events().contains(kind.type());
    }
}
