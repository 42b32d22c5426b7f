package org.dailypapers.matching.index;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import org.eclipse.microprofile.config.spi.Converter;

/** How much each signal weighs; {@link Ranking} asks for the others by their names, which are not known here. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.ranking")
public interface RankingSettings {

    /** Of {@link TrendingSignal}. */
    @WithDefault("1")
    @WithConverter(Weight.class)
    Double trending();

    /** Reads a weight. */
    final class Weight implements Converter<Double> {

        private static final int HEAVIEST = 10;

        @Override
        public Double convert(String text) {
            try {
                double weight = Double.parseDouble(text);
                if (weight >= 0 && weight <= HEAVIEST) {
                    return weight;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(fault(text), e);
            }
            throw new IllegalArgumentException(fault(text));
        }

        private static String fault(String text) {
            return text + " is no weight; a signal's is a number from 0 to " + HEAVIEST + ".";
        }
    }
}
