package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.dailypapers.webhook.WebhookDelivery;

/** Lets what is to be told by a webhook leave with each tick. */
@ApplicationScoped
class WebhookBeat {

    private final WebhookDelivery delivery;

    WebhookBeat(WebhookDelivery delivery) {
        this.delivery = delivery;
    }

    void tick(@Observes Ticks.Tick tick) {
        delivery.begin();
    }
}
