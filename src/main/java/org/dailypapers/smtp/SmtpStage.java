package org.dailypapers.smtp;

/** Where in an SMTP exchange a reply came or a line broke. */
public enum SmtpStage {
    CONNECT,
    LOGIN,
    MAIL,
    RCPT,
    DATA,
    /** After the final dot of the body. */
    DOT
}
