package org.dailypapers.site.feed;

import java.io.StringWriter;
import java.net.URI;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dailypapers.language.Languages;
import org.jspecify.annotations.Nullable;

/**
 * Writes a feed as Atom (RFC 4287). Titles are text, for in those of type html some readers show the escapes; abstracts
 * are HTML, for in plain ones others see tags where a formula says {@code 0.2<z<0.8}.
 */
final class AtomFormat {

    static final String TYPE = "application/atom+xml";

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private final XMLStreamWriter xml;

    private AtomFormat(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String write(Feed feed) {
        var text = new StringWriter();
        text.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new AtomFormat(xml).feed(feed);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A feed can always be written", e);
        }
        return text.toString();
    }

    private void feed(Feed feed) throws XMLStreamException {
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        xml.writeAttribute("xml:lang", feed.language());
        element("id", feed.self().toString());
        element("title", feed.title());
        element("subtitle", feed.about());
        element("updated", feed.updated().toString());
        link("self", TYPE, feed.self());
        link("alternate", "text/html", feed.page());
        person(feed.author());
        for (FeedItem item : feed.items()) {
            xml.writeCharacters("\n");
            entry(item, feed.foreign());
        }
        xml.writeEndElement();
    }

    private void entry(FeedItem item, boolean foreign) throws XMLStreamException {
        xml.writeStartElement("entry");
        if (foreign) {
            xml.writeAttribute("xml:lang", Languages.ENGLISH);
        }
        element("id", item.page().toString());
        element("title", item.title());
        link("alternate", "text/html", item.page());
        if (item.elsewhere() != null) {
            link("related", null, item.elsewhere());
        }
        for (String author : item.authors()) {
            person(author);
        }
        element("published", item.published().toString());
        element("updated", item.updated().toString());
        for (String tag : item.tags()) {
            xml.writeEmptyElement("category");
            xml.writeAttribute("term", allowed(tag));
        }
        if (!item.html().isEmpty()) {
            xml.writeStartElement("summary");
            xml.writeAttribute("type", "html");
            xml.writeCharacters(allowed(item.html()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void person(String name) throws XMLStreamException {
        xml.writeStartElement("author");
        element("name", name);
        xml.writeEndElement();
    }

    private void link(String relation, @Nullable String type, URI address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        if (type != null) {
            xml.writeAttribute("type", type);
        }
        xml.writeAttribute("href", address.toASCIIString());
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(allowed(text));
        xml.writeEndElement();
    }

    /** The text without what no XML 1.0 may hold (§2.2), not even escaped. */
    static String allowed(String text) {
        if (text.codePoints().allMatch(AtomFormat::isAllowed)) {
            return text;
        }
        var clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(isAllowed(c) ? c : 0xFFFD));
        return clean.toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
