#!/usr/bin/env bash
# Version: the StAX reader of JDK 24 and newer (seen with Temurin 25.0.3).
#
# Behaviour: a well-formed document without any document type declaration, read with SUPPORT_DTD off, is given up after
# 100,000 of XML's own five references (&lt; &gt; &amp; &quot; &apos;) or a little more: each counts one against
# jdk.xml.maxGeneralEntitySizeLimit and jdk.xml.totalEntitySizeLimit, which were 0 (no limit) and 50,000,000 before and
# are 100,000 now. A large harvest or feed is cut off in the middle. Both have to be set to 0 on the factory; nothing is
# lost by that where no declaration is read.
#
# Output seen:
#   limits as they are: 99999 escaped signs are read
#   limits as they are: 200000 escaped signs: JAXP00010003: The length of entity "[xml]" is "100,001" …
#   both limits 0: 200000 escaped signs are read
#
# Date: 2026-11-30. Needs a JDK.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/Read.java" <<'JAVA'
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

public class Read {
    public static void main(String[] args) {
        read("limits as they are", XMLInputFactory.newDefaultFactory(), 99_999);
        read("limits as they are", XMLInputFactory.newDefaultFactory(), 200_000);
        XMLInputFactory free = XMLInputFactory.newDefaultFactory();
        free.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        free.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        read("both limits 0", free, 200_000);
    }

    private static void read(String how, XMLInputFactory factory, int signs) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(
                    new StringReader("<papers>" + "<p>a &lt; b</p>".repeat(signs) + "</papers>"));
            while (xml.hasNext()) {
                xml.next();
            }
            System.out.println(how + ": " + signs + " escaped signs are read");
        } catch (XMLStreamException e) {
            System.out.println(how + ": " + signs + " escaped signs: "
                    + e.getMessage().replaceAll("(?s).*Message: ", "").replaceAll("(.{60}).*", "$1 …"));
        }
    }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" "$work/Read.java"
