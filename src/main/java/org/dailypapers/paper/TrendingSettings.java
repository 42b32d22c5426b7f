package org.dailypapers.paper;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import org.eclipse.microprofile.config.spi.Converter;

/** How much each part weighs in the public score of a paper; docs/trending.md says why. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.trending")
public interface TrendingSettings {

    /** Votes, with those gained where it is rising. */
    @WithDefault("0.85")
    @WithConverter(Weight.class)
    Double votes();

    /** Comments. */
    @WithDefault("0.15")
    @WithConverter(Weight.class)
    Double comments();

    /** Stars of its repository. */
    @WithDefault("0.05")
    @WithConverter(Weight.class)
    Double stars();

    /** Stars that the repository gained. */
    @WithDefault("0.15")
    @WithConverter(Weight.class)
    Double growth();

    /** Reads a weight. */
    final class Weight implements Converter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double weight = Double.parseDouble(text);
                if (weight >= 0 && weight <= 1) {
                    return weight;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(fault(text), e);
            }
            throw new IllegalArgumentException(fault(text));
        }

        private static String fault(String text) {
            return text + " is no weight; that of a part is a number from 0 to 1.";
        }
    }
}
