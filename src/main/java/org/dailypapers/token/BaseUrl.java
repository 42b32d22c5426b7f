package org.dailypapers.token;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address that readers reach the service at, read from a setting: a scheme, a host and perhaps a port, for every
 * page, form and file is addressed from the root of its host.
 */
public final class BaseUrl {

    private static final Pattern SCHEME = Pattern.compile("https?", Pattern.CASE_INSENSITIVE);
    private static final int LAST_PORT = 65535;
    private static final String EXAMPLE = "; write it like https://papers.example.org";

    private BaseUrl() {}

    /**
     * The address as browsers write an origin (RFC 6454 §6.2): in small letters, without a usual port or a final slash.
     *
     * @throws IllegalArgumentException where it is no such address; its message says what to do
     */
    public static URI parse(String text) {
        String typed = text.strip();
        // Before anything that shows what was typed.
        if (typed.contains("@")) {
            throw new IllegalArgumentException("a name or password does not belong there" + EXAMPLE);
        }
        URI uri = uri(typed);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(typed + " goes on after its host" + EXAMPLE);
        }
        if (!uri.getRawPath().matches("/*")) {
            throw new IllegalArgumentException(
                    typed + " has a path, but pages are served from the root of a host alone;"
                            + " give Daily Papers a host of its own, as in " + scheme + "://papers.example.org");
        }
        if (uri.getPort() > LAST_PORT) {
            throw new IllegalArgumentException(typed + " has a port above " + LAST_PORT + EXAMPLE);
        }
        boolean usual = uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT)
                + (uri.getPort() < 0 || usual ? "" : ":" + uri.getPort()));
    }

    private static URI uri(String typed) {
        try {
            URI uri = URI.create(typed);
            if (uri.getHost() != null
                    && SCHEME.matcher(String.valueOf(uri.getScheme())).matches()) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(typed + " is no address" + EXAMPLE, e);
        }
        throw new IllegalArgumentException(
                typed + " is no address" + EXAMPLE + " (a name outside ASCII with its xn-- labels)");
    }
}
