package org.dailypapers.source.arxiv;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dailypapers.paper.Titles;

/**
 * The records of an XML text, one after the other; only one of them is in memory at a time. A document type declaration
 * is refused, and with it every entity but XML's own five.
 */
final class XmlRecords {
    /** Several times the largest record known, a paper of some 5,000 authors. */
    private static final int LARGEST = 8 << 20;

    private static final int MOST_ELEMENTS = 200_000;
    private static final int DEEPEST = 64;
    private static final int LONGEST_REASON = 160;
    private static final int DECLARATION = 256;
    private static final Pattern ENCODING =
            Pattern.compile("\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']{1,40})[\"']");
    private static final XMLInputFactory XML = secure();

    private final Set<String> names;
    private final Taker taker;
    private final Allowance in;
    private Building beside;
    private long position = 1;

    /** Takes what is read. */
    interface Taker {
        /** Takes one record and its position from 1; what it throws ends the reading. */
        void record(XmlElement record, long position) throws IOException;

        /** Takes an element without children that stands beside the records, such as a date of the whole. */
        default void beside(XmlElement element) throws IOException {}

        /** Told of the outermost element's name. */
        default void root(String name) throws IOException {}
    }

    private XmlRecords(InputStream in, Set<String> names, Taker taker) {
        this.in = new Allowance(new BufferedInputStream(in));
        this.names = names;
        this.taker = taker;
    }

    /**
     * Reads to the end of the document.
     *
     * @param names of the elements that are records
     * @throws IOException where the text breaks off or is no such XML, with the place and the reason in one line; the
     *     records before it have been handed over
     */
    static void read(InputStream in, Set<String> names, Taker taker) throws IOException {
        new XmlRecords(in, names, taker).read();
    }

    private static XMLInputFactory secure() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Records that were cut out of their document lack the declarations of their prefixes.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        // From Java 24 on it counts each "&lt;" of a document against these, and gives up after 100,000.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        return factory;
    }

    private void read() throws IOException {
        try {
            Charset encoding = encoding();
            XMLStreamReader xml = XML.createXMLStreamReader(
                    new InputStreamReader(in, encoding.newDecoder())); // It reports what is malformed.
            try {
                read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException broken) {
            if (broken.getNestedException() instanceof IOException cause) {
                throw new IOException("record " + position + ": " + said(cause), cause);
            }
            throw new IOException("record " + position + place(broken) + ": " + reason(broken), broken);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | NoSuchElementException broken) {
            // What the parser throws at some ill-formed declarations.
            throw new IOException("record " + position + ": not well-formed XML", broken);
        }
    }

    /** As the document says; UTF-8 where it does not. */
    private Charset encoding() throws IOException {
        in.mark(DECLARATION);
        Matcher declared = ENCODING.matcher(new String(in.readNBytes(DECLARATION), StandardCharsets.ISO_8859_1));
        in.reset();
        try {
            return declared.lookingAt() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            throw new IOException("its encoding is not known: " + declared.group(1), unknown);
        }
    }

    private static String said(IOException cause) {
        return cause instanceof CharacterCodingException
                ? "not of the encoding that it says, or of UTF-8 where it says none"
                : String.valueOf(cause.getMessage());
    }

    private void read(XMLStreamReader xml) throws XMLStreamException, IOException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD -> throw new IOException("a document type declaration is not read");
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = local(xml.getLocalName());
                    if (depth == 0) {
                        taker.root(name);
                    }
                    if (names.contains(name)) {
                        taker.record(element(xml, name), position);
                        position++;
                        in.renew();
                    } else if (++depth > DEEPEST) {
                        throw new IOException(
                                "record " + position + ": elements within more than " + DEEPEST + " others");
                    } else {
                        beside = new Building(name, attributes(xml));
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (beside != null) {
                        beside.text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(xml);
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    if (beside != null) {
                        taker.beside(beside.built());
                        beside = null;
                    }
                }
                default -> {}
            }
        }
    }

    private XmlElement element(XMLStreamReader xml, String name) throws XMLStreamException, IOException {
        beside = null;
        Deque<Building> open = new ArrayDeque<>();
        open.push(new Building(name, attributes(xml)));
        int elements = 1;
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MOST_ELEMENTS || open.size() == DEEPEST) {
                        throw new IOException("record " + position + ": more than " + MOST_ELEMENTS
                                + " elements, or within more than " + DEEPEST + " others");
                    }
                    open.push(new Building(local(xml.getLocalName()), attributes(xml)));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    open.element().text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw unknownEntity(xml);
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement closed = open.pop().built();
                    if (open.isEmpty()) {
                        return closed;
                    }
                    open.element().children.add(closed);
                }
                case XMLStreamConstants.END_DOCUMENT -> throw new IOException("record " + position + ": breaks off");
                default -> {}
            }
        }
    }

    private IOException unknownEntity(XMLStreamReader xml) {
        return new IOException("record " + position + ": the entity &" + xml.getLocalName() + "; is not read");
    }

    private static Map<String, String> attributes(XMLStreamReader xml) {
        int count = xml.getAttributeCount();
        if (count <= 0) {
            return Map.of();
        }
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < count; i++) {
            attributes.put(local(xml.getAttributeLocalName(i)), xml.getAttributeValue(i));
        }
        return attributes;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static String place(XMLStreamException broken) {
        return broken.getLocation() == null
                ? ""
                : " at line " + broken.getLocation().getLineNumber() + ", column "
                        + broken.getLocation().getColumnNumber();
    }

    private static String reason(XMLStreamException broken) {
        String said = Titles.oneLine(String.valueOf(broken.getMessage()));
        String reason =
                said.substring(said.indexOf("Message: ") < 0 ? 0 : said.indexOf("Message: ") + "Message: ".length());
        return "no well-formed XML: "
                + (reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…");
    }

    private static final class Building {
        private final String name;
        private final Map<String, String> attributes;
        private final List<XmlElement> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Building(String name, Map<String, String> attributes) {
            this.name = name;
            this.attributes = attributes;
        }

        XmlElement built() {
            return new XmlElement(name, attributes, children, text.toString());
        }
    }

    /** So many bytes may come for one record. */
    private static final class Allowance extends FilterInputStream {
        private long left = LARGEST;

        Allowance(InputStream in) {
            super(in);
        }

        void renew() {
            left = LARGEST;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("larger than " + (LARGEST >> 20) + " MB, or not XML");
            }
            int count = super.read(bytes, offset, length);
            left -= Math.max(count, 0);
            return count;
        }
    }
}
