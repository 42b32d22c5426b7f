package org.dailypapers.token;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** What links begin with, and the secrets that sign them; {@link SecretSettings} reads those. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface LinkSettings {

    @WithDefault("http://localhost:${quarkus.http.port:8080}")
    @WithConverter(Base.class)
    URI baseUrl();

    Optional<String> secret();

    /** Earlier ones with commas between; numbered settings, {@code secret-old-1} and so on, hold one each. */
    Optional<String> secretOld();

    /** Reads the address that readers reach the service at. */
    final class Base implements Converter<URI> {
        @Override
        public URI convert(String text) {
            return BaseUrl.parse(text);
        }
    }
}
