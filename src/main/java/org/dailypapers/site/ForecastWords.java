package org.dailypapers.site;

import org.dailypapers.language.Language;
import org.dailypapers.language.ReaderMessages;

/**
 * What the script says of a forecast, with places in braces for what it has counted itself.
 *
 * @param rate of several editions
 * @param rateOne of one
 */
public record ForecastWords(String rate, String rateOne, String most, String hint, String fault, String more) {

    private static final int SEVERAL = 99;

    static ForecastWords of(Language language) {
        ReaderMessages say = language.reader();
        String several = Integer.toString(SEVERAL);
        return new ForecastWords(
                say.forecastRate("{0}", SEVERAL).replace(several, "{1}"),
                say.forecastRate("{0}", 1),
                say.atMost("{0}"),
                say.hintOf("{0}", "{1}"),
                say.faultOf("{0}", "{1}"),
                say.andSoForMore(SEVERAL).replace(several, "{0}"));
    }
}
