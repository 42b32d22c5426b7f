package org.dailypapers.matching;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dailypapers.interest.Interest;
import org.dailypapers.matching.index.Candidate;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;

/** Which papers of an edition belong to which topic. */
@ApplicationScoped
public class TopicPapers {

    private final EditionIndexes indexes;
    private final Topics topics;

    TopicPapers(EditionIndexes indexes, Topics topics) {
        this.indexes = indexes;
        this.topics = topics;
    }

    /** The ids of an edition's papers under each topic that has some, in the topics' order. */
    public Map<Topic, Set<Long>> of(LocalDate edition) {
        EditionIndex index = indexes.edition(edition);
        var found = new LinkedHashMap<Topic, Set<Long>>();
        for (Topic topic : topics.all()) {
            List<Candidate> papers = Matcher.found(index, Interest.topicLine(topic.slug()));
            if (!papers.isEmpty()) {
                var ids = new LinkedHashSet<Long>();
                papers.forEach(c -> ids.add(c.paper().id));
                found.put(topic, ids);
            }
        }
        return found;
    }
}
