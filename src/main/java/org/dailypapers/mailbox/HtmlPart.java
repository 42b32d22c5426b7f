package org.dailypapers.mailbox;

/** The HTML part of a letter as it is shown in its frame: as it came, but its links open outside of the frame. */
final class HtmlPart {

    /** What keeps a letter's HTML inert: no script, no form, nothing loaded; its links may leave the sandbox. */
    static final String POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private static final String BASE = "<base target=\"_blank\">";

    private HtmlPart() {}

    /**
     * The document with a base target put before its first element but after its doctype, so that it keeps its
     * rendering mode; a parser moves it into the head (HTML §13.2.6.4.2), and the first base target wins.
     */
    static String opensOutside(String html) {
        int at = 0;
        while (at < html.length()) {
            int next = past(html, at);
            if (next == at) {
                break;
            }
            at = next;
        }
        return html.substring(0, at) + BASE + html.substring(at);
    }

    private static int past(String html, int at) {
        char c = html.charAt(at);
        if (Character.isWhitespace(c) || c == '\uFEFF') {
            return at + 1;
        }
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 2);
            return end < 0 ? at : end + 3;
        }
        if (html.regionMatches(true, at, "<!doctype", 0, 9)) {
            int end = html.indexOf('>', at);
            return end < 0 ? at : end + 1;
        }
        return at;
    }
}
