package org.dailypapers.source.http;

import java.net.URI;

/**
 * What requests to sources say of who asks (RFC 9110 §10.1.5).
 *
 * @param value of the field
 */
public record UserAgent(String value) {

    /** Names the instance by its address, so that a source's operators know whom to ask. */
    public static UserAgent of(URI base) {
        return new UserAgent("DailyPapers (+" + base + ")");
    }
}
