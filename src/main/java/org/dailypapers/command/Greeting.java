package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topics;
import org.dailypapers.returns.BounceListener;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.dailypapers.token.Links;
import org.jboss.logging.Logger;

/** What the log says once the service is ready. */
@Singleton
class Greeting {

    private static final Logger LOG = Logger.getLogger(Greeting.class);

    private final Links links;
    private final MailboxServer mailbox;
    private final Papers papers;
    private final SubscriberUpkeep upkeep;
    private final Topics topics;
    private final BounceListener listener;
    private final EnvelopeSenders senders;
    private final FirstOwner owner;

    Greeting(
            Links links,
            MailboxServer mailbox,
            Papers papers,
            SubscriberUpkeep upkeep,
            Topics topics,
            BounceListener listener,
            EnvelopeSenders senders,
            FirstOwner owner) {
        this.links = links;
        this.mailbox = mailbox;
        this.papers = papers;
        this.upkeep = upkeep;
        this.topics = topics;
        this.listener = listener;
        this.senders = senders;
        this.owner = owner;
    }

    void say() {
        LOG.infof("Daily Papers is ready on %s", links.base());
        if (mailbox.port().isPresent()) {
            LOG.infof("No relay is set: letters are caught, read them on %s", links.page("/mailbox"));
        }
        if (papers.countFrom(Paper.SAMPLE) > 0) {
            LOG.info("The papers are a bundled sample until a source answers");
        }
        listener.port()
                .ifPresent(at -> LOG.infof(
                        "Mail to %s that comes back is taken in on port %d",
                        senders.domain().orElse("nobody"), at));
        owner.invite();
        sayWhichTopicsAreGone();
    }

    private void sayWhichTopicsAreGone() {
        try {
            Map<String, Integer> gone = upkeep.gone(topics);
            if (!gone.isEmpty()) {
                LOG.warnf(
                        "Topics that readers chose are not in topics.txt and bring no papers: %s",
                        gone.entrySet().stream()
                                .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
                                .collect(Collectors.joining(", ")));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Whether readers chose topics that are gone could not be looked up: %s", e);
        }
    }
}
