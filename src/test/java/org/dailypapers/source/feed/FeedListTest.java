package org.dailypapers.source.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedListTest {

    @Test
    void feedsStandWithCommasOrBlanksBetweenAndAnAddressMayHoldBoth() {
        assertEquals(
                "[Feed[name=nature, address=https://www.nature.com/nature.rss],"
                        + " Feed[name=search, address=https://example.org/f?q=a,b&c=d=e],"
                        + " Feed[name=ours-2, address=http://papers.intranet/atom.xml]]",
                FeedList.parse(" nature=https://www.nature.com/nature.rss, search=https://example.org/f?q=a,b&c=d=e\n"
                                + "ours-2=http://papers.intranet/atom.xml,")
                        .feeds()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/feed",
                "Nature=https://example.org/feed",
                "2=https://example.org/feed",
                "a=ftp://example.org/feed",
                "a=https://",
                "a=https://user:word@example.org/",
                "a=https://example.org/a b",
                "a=https://example.org/1,a=https://example.org/2"
            })
    void whatNamesNoFeedIsRefusedInOneLine(String text) {
        String why = assertThrows(IllegalArgumentException.class, () -> FeedList.parse(text))
                .getMessage();
        assertTrue(why.endsWith(".") && !why.contains("\n"), why);
    }
}
