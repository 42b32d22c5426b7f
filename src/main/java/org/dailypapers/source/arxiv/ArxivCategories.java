package org.dailypapers.source.arxiv;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The categories whose papers are followed.
 *
 * @param all in the order in which they are set, each once
 */
public record ArxivCategories(List<ArxivCategory> all) {

    public ArxivCategories {
        all = List.copyOf(all);
    }

    /**
     * Categories with commas between, such as {@code cs.LG,math.*}.
     *
     * @throws IllegalArgumentException where one of them is none, or there is none at all
     */
    public static ArxivCategories parse(String text) {
        List<ArxivCategory> all = Stream.of(text.split(","))
                .filter(name -> !name.isBlank())
                .map(ArxivCategory::parse)
                .distinct()
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("it names no category; write them like cs.LG,cs.CL,math.*");
        }
        return new ArxivCategories(all);
    }

    /** Reads the setting. */
    public static final class Written implements Converter<ArxivCategories> {
        @Override
        public ArxivCategories convert(String text) {
            return parse(text);
        }
    }
}
