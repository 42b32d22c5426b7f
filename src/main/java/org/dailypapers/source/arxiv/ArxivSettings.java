package org.dailypapers.source.arxiv;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Which of arXiv's papers are followed, and where its interfaces are reached. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface ArxivSettings {

    /** The categories, with commas between; {@code math.*} is all of an archive. */
    @WithDefault("cs.AI,cs.CL,cs.CV,cs.LG")
    @WithConverter(ArxivCategories.Written.class)
    ArxivCategories arxiv();

    /** The address that its feeds are below. */
    @WithDefault("https://rss.arxiv.org")
    String arxivRss();

    /** The address of its harvests (OAI-PMH). */
    @WithDefault("https://oaipmh.arxiv.org/oai")
    String arxivOai();

    /** The address that its search is below. */
    @WithDefault("https://export.arxiv.org")
    String arxivApi();
}
