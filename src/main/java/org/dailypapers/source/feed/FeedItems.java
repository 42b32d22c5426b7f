package org.dailypapers.source.feed;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.Rejections;
import org.jboss.logging.Logger;

/** The papers of a feed's text. */
final class FeedItems {
    private static final Logger LOG = Logger.getLogger(FeedItems.class);
    private static final int MOST_ITEMS = 5_000;
    /** Some twenty for each of the most items that are taken. */
    private static final int MOST_ELEMENTS = 200_000;

    private static final int DEEPEST = 100;
    private static final int LONGEST_REASON = 200;

    private FeedItems() {}

    /**
     * Reads a feed; an item that is no paper is left out.
     *
     * @param source its name
     * @param address what links in it are relative to
     * @param rejections told of items that are left out
     * @param dates what their dates mean
     * @return by their dates, the oldest first, those without at the end
     * @throws IllegalArgumentException where it is no feed; its message is one line
     */
    static List<PaperRecord> read(
            String source, URI address, byte[] body, FeedRecords.Dates dates, Rejections rejections) {
        if (body.length == 0) {
            throw new IllegalArgumentException("answered an empty body");
        }
        SyndFeed feed = parse(text(body));
        var papers = new ArrayList<PaperRecord>();
        List<SyndEntry> entries = feed.getEntries();
        if (entries.size() > MOST_ITEMS) {
            LOG.warnf("%s: has %d items; the first %d are taken", source, entries.size(), MOST_ITEMS);
        }
        for (SyndEntry entry : entries.subList(0, Math.min(entries.size(), MOST_ITEMS))) {
            try {
                papers.add(FeedRecords.of(entry, address, dates));
            } catch (IllegalArgumentException unreadable) {
                rejections.note(
                        source, "an item: " + unreadable.getMessage(), entry.getTitle() + " " + entry.getLink());
            }
        }
        papers.sort(Comparator.comparing(PaperRecord::listed, Comparator.nullsLast(Comparator.naturalOrder())));
        return papers;
    }

    private static String text(byte[] body) {
        try (var reader = new XmlReader(new ByteArrayInputStream(body), true)) {
            var text = new StringWriter(body.length);
            reader.transferTo(text);
            return text.toString().strip();
        } catch (IOException | IllegalArgumentException notText) {
            throw new IllegalArgumentException("answered no XML: " + oneLine(notText), notText);
        }
    }

    private static SyndFeed parse(String text) {
        checkForm(text);
        try {
            // ROME's own parser refuses a DOCTYPE and fetches nothing.
            var input = new SyndFeedInput();
            input.setAllowDoctypes(false);
            return input.build(new StringReader(text));
        } catch (FeedException | IllegalArgumentException notFeed) {
            throw new IllegalArgumentException("answered neither RSS nor Atom: " + oneLine(notFeed), notFeed);
        }
    }

    /** Refuses what a tree of it would be dangerous to make or to walk through. */
    private static void checkForm(String text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            int depth = 0;
            int elements = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                elements += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
                if (elements > MOST_ELEMENTS) {
                    throw new IllegalArgumentException("answered XML of more than " + MOST_ELEMENTS + " elements");
                }
                depth += event == XMLStreamConstants.START_ELEMENT
                        ? 1
                        : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
                if (event == XMLStreamConstants.DTD) {
                    throw new IllegalArgumentException("answered XML with a DOCTYPE, which is not read");
                }
                if (depth > DEEPEST) {
                    throw new IllegalArgumentException("answered XML of more than " + DEEPEST + " levels");
                }
            }
        } catch (XMLStreamException broken) {
            throw new IllegalArgumentException("answered XML that cannot be read: " + oneLine(broken), broken);
        }
    }

    private static String oneLine(Exception failure) {
        String reason = Titles.oneLine(String.valueOf(failure.getMessage()));
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
