package org.dailypapers.reputation;

import java.util.Optional;

/**
 * A report of an accepted message was recorded; fired in the transaction that records it.
 *
 * @param letter the kind of the message
 * @param reference of the row that it was made from
 * @param kind of the report, in one word
 */
public record CameBack(String letter, long reference, String kind, Optional<String> status) {}
