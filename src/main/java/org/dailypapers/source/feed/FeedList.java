package org.dailypapers.source.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Feeds as a setting names them: {@code nature=https://www.nature.com/nature.rss, ours=https://example.org/atom.xml}.
 *
 * @param feeds in the order in which they are named
 */
public record FeedList(List<Feed> feeds) {

    /** No address ends where the next name begins; it may hold commas. */
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+(?=[^\\s,=/]*=https?://)|,\\s*$");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** One feed: the name of its source and its address. */
    public record Feed(String name, URI address) {}

    public FeedList {
        feeds = List.copyOf(feeds);
    }

    /**
     * Reads them, with commas or blanks between.
     *
     * @throws IllegalArgumentException where one cannot be read; its message says which and why
     */
    public static FeedList parse(String text) {
        var feeds = new ArrayList<Feed>();
        var names = new HashSet<String>();
        for (String item : BETWEEN.split(text.strip())) {
            int sign = item.indexOf('=');
            String name = sign < 0 ? "" : item.substring(0, sign).strip();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(item + " does not begin with the name of a source; write it like"
                        + " nature=https://www.nature.com/nature.rss, the name in small letters, digits and hyphens.");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("two feeds are named " + name + ".");
            }
            feeds.add(new Feed(name, address(item, item.substring(sign + 1).strip())));
        }
        return new FeedList(feeds);
    }

    private static URI address(String item, String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() != null
                    && address.getScheme().matches("(?i)https?")
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(item + " names no web address.", e);
        }
        throw new IllegalArgumentException(item + " names no web address.");
    }

    /** Reads them from a setting. */
    public static final class Reading implements Converter<FeedList> {
        @Override
        public FeedList convert(String text) {
            return parse(text);
        }
    }
}
