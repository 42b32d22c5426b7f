package org.dailypapers.source.arxiv;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what arXiv's interfaces answer. */
public final class ArxivAnswers {

    private ArxivAnswers() {}

    /**
     * A paper at arXiv.
     *
     * @param submitted its first version
     */
    public record Listed(String id, String category, String type, LocalDate submitted) {}

    /** A batch of the feeds. */
    public static String feed(LocalDate dated, List<Listed> papers) {
        return """
               <?xml version="1.0" encoding="UTF-8"?>
               <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
               <channel><title>updates on arXiv.org</title><pubDate>%1$s</pubDate>%2$s</channel></rss>
               """.formatted(
                mail(dated), papers.stream().map(paper -> item(dated, paper)).collect(Collectors.joining()));
    }

    private static String mail(LocalDate date) {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                date.atStartOfDay(java.time.ZoneId.of("America/New_York")));
    }

    private static String item(LocalDate dated, Listed paper) {
        return """
               <item><title>A paper called %1$s</title><link>https://arxiv.org/abs/%1$s</link>
               <description>arXiv:%1$sv1 Announce Type: %2$s\s
               Abstract: About %1$s.</description><guid isPermaLink="false">oai:arXiv.org:%1$sv1</guid>
               <category>%3$s</category><pubDate>%4$s</pubDate><arxiv:announce_type>%2$s</arxiv:announce_type>
               <dc:creator>Ada Lovelace, Emmy Noether</dc:creator></item>
               """.formatted(paper.id(), paper.type(), paper.category(), mail(dated));
    }

    /** A page of a harvest; without records it says so. */
    public static String harvest(String answered, LocalDate changed, List<Listed> papers, String token) {
        String records = papers.stream().map(paper -> record(changed, paper)).collect(Collectors.joining());
        return """
               <?xml version="1.0" encoding="UTF-8"?>
               <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>%s</responseDate>%s</OAI-PMH>
               """.formatted(
                        answered,
                        papers.isEmpty()
                                ? "<error code=\"noRecordsMatch\">nothing</error>"
                                : "<ListRecords>" + records
                                        + (token == null ? "" : "<resumptionToken>" + token + "</resumptionToken>")
                                        + "</ListRecords>");
    }

    /** A record of a harvest. */
    public static String record(LocalDate changed, Listed paper) {
        if (paper.type().equals("deleted")) {
            return "<record><header status=\"deleted\"><identifier>oai:arXiv.org:%s</identifier><datestamp>%s</datestamp></header></record>"
                    .formatted(paper.id(), changed);
        }
        return """
               <record><header><identifier>oai:arXiv.org:%1$s</identifier><datestamp>%2$s</datestamp></header><metadata>
               <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>%1$s</id><created>%3$s</created>
               <authors><author><keyname>Lovelace</keyname><forenames>Ada</forenames></author><author><keyname>Noether</keyname><forenames>Emmy</forenames></author></authors>
               <title>A paper called %1$s</title><categories>%4$s</categories><abstract>About %1$s.</abstract></arXiv></metadata></record>
               """.formatted(paper.id(), changed, paper.submitted(), paper.category());
    }

    /** An answer of the search. */
    public static String search(int total, List<Listed> papers) {
        return """
               <?xml version='1.0' encoding='UTF-8'?>
               <feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">
               <title>arXiv Query</title><opensearch:totalResults>%d</opensearch:totalResults>%s</feed>
               """.formatted(
                        total,
                        papers.stream()
                                .map(paper -> """
                                              <entry><id>http://arxiv.org/abs/%1$sv1</id><title>A paper called %1$s</title>
                                              <published>%2$sT09:00:00Z</published><summary>About %1$s.</summary>
                                              <author><name>Ada Lovelace</name></author><category term="%3$s"/></entry>
                                              """.formatted(paper.id(), paper.submitted(), paper.category()))
                                .collect(Collectors.joining()));
    }
}
