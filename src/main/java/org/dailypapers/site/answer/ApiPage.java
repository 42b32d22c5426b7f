package org.dailypapers.site.answer;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of a list in the API.
 *
 * @param number from 0
 * @param size how many it holds at most
 */
public record ApiPage(int number, int size) {

    private static final int MOST_PAGES = 9_999;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /**
     * The page that somebody asks for; a 400 says what is possible.
     *
     * @param most the largest size
     * @param deepest how many of the list can be paged; 0 where all can
     */
    public static ApiPage of(String number, String size, int most, int deepest) {
        var page = new ApiPage(parsed(number), parsed(size));
        if (page.number < 0 || page.size < 1 || page.size > most || deepest > 0 && page.from() >= deepest) {
            throw new BadRequestException("size is 1 to " + most + ", page 0 to " + MOST_PAGES
                    + (deepest > 0 ? ", and the first " + deepest + " can be paged; narrow it for others." : "."));
        }
        return page;
    }

    private static int parsed(String typed) {
        return NUMBER.matcher(typed).matches() ? Integer.parseInt(typed) : -1;
    }

    /** How many stand before it. */
    public int from() {
        return number * size;
    }

    /** The pages beside it for the header {@code Link} (RFC 8288), relative to the host; empty where there are none. */
    public String links(UriInfo uri, long total) {
        var links = new ArrayList<String>();
        if (from() + size < total && number < MOST_PAGES) {
            links.add(link(uri, number + 1, "next"));
        }
        if (number > 0) {
            links.add(link(uri, number - 1, "prev"));
            links.add(link(uri, 0, "first"));
        }
        return String.join(", ", links);
    }

    private static String link(UriInfo uri, int number, String relation) {
        String query = uri.getRequestUri().getRawQuery();
        List<String> others = query == null || query.isEmpty()
                ? List.of()
                : Stream.of(query.split("&"))
                        .filter(p -> !p.matches("page(=.*)?"))
                        .toList();
        return Stream.concat(others.stream(), Stream.of("page=" + number))
                .collect(Collectors.joining(
                        "&", "<" + uri.getRequestUri().getRawPath() + "?", ">; rel=\"" + relation + '"'));
    }
}
