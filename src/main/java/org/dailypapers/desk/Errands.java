package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.dailypapers.thumbnail.ThumbnailFetch;
import org.dailypapers.webhook.WebhookDelivery;

/** What is done on the side with each tick, and nothing waits for: webhooks leave, and pictures are fetched. */
@ApplicationScoped
class Errands {

    private final WebhookDelivery webhooks;
    private final ThumbnailFetch thumbnails;

    Errands(WebhookDelivery webhooks, ThumbnailFetch thumbnails) {
        this.webhooks = webhooks;
        this.thumbnails = thumbnails;
    }

    void tick(@Observes Ticks.Tick tick) {
        webhooks.begin();
        thumbnails.begin();
    }
}
