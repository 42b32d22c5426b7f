package org.dailypapers.delivery;

/**
 * A letter ready for the wire.
 *
 * @param sender the envelope's (RFC 5321 §3.3)
 * @param recipient the envelope's one recipient
 * @param bytes the message, lines ended by CRLF, not dot-stuffed
 * @param needsSmtpUtf8 whether an address in it is not ASCII (RFC 6531)
 */
public record Letter(String sender, String recipient, byte[] bytes, boolean needsSmtpUtf8) {}
