package org.dailypapers.returns.provider;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A topic of Amazon SNS.
 *
 * @param arn its name, as it stands in each call
 * @param host of SNS in its region
 */
public record SnsTopic(String arn, String host) {

    private static final Pattern ARN = Pattern.compile(
            "arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2}(?:-[a-z]{2,12}){1,3}-\\d{1,2}):\\d{12}:[\\w-]{1,256}");

    /** Reads a topic from its ARN. */
    public static final class Reader implements Converter<SnsTopic> {

        @Override
        public SnsTopic convert(String value) {
            Matcher arn = ARN.matcher(value.strip());
            if (!arn.matches()) {
                throw new IllegalArgumentException(
                        "is no topic of SNS; write its ARN, such as arn:aws:sns:eu-west-1:123456789012:letters");
            }
            return new SnsTopic(
                    arn.group(),
                    "sns." + arn.group(2) + ".amazonaws.com" + (arn.group(1).equals("aws-cn") ? ".cn" : ""));
        }
    }
}
