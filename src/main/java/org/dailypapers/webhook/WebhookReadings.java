package org.dailypapers.webhook;

import java.net.URI;
import org.eclipse.microprofile.config.spi.Converter;

/** How the settings of a webhook are read. */
public final class WebhookReadings {

    private WebhookReadings() {}

    /** An address of the web. */
    public static final class Address implements Converter<URI> {

        private static final long serialVersionUID = 1;

        @Override
        public URI convert(String text) {
            try {
                URI address = URI.create(text.strip());
                if (address.getHost() != null
                        && address.getRawUserInfo() == null
                        && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("is no address; write it like https://example.org/hook", e);
            }
            throw new IllegalArgumentException("is no address; write it like https://example.org/hook");
        }
    }

    /** A secret. */
    public static final class Secret implements Converter<WebhookSecret> {

        private static final long serialVersionUID = 1;

        @Override
        public WebhookSecret convert(String text) {
            return WebhookSecret.of(text);
        }
    }
}
