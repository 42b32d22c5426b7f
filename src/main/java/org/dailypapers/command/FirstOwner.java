package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Role;
import org.dailypapers.reputation.AlarmSettings;
import org.dailypapers.token.Links;
import org.jboss.logging.Logger;

/** The way to the desk of a service that nobody can sign in to yet: a link, printed at each start until it was used. */
@Singleton
class FirstOwner {

    private static final Logger LOG = Logger.getLogger(FirstOwner.class);

    /** Whom the first owner signs in as where no setting names an operator. */
    private static final String OWNER = "owner@localhost";

    /** As the trail has it. */
    private static final String SERVICE = "the service";

    private final Operators operators;
    private final AlarmSettings settings;
    private final Links links;

    FirstOwner(Operators operators, AlarmSettings settings, Links links) {
        this.operators = operators;
        this.settings = settings;
        this.links = links;
    }

    void invite() {
        link().ifPresent(link -> LOG.infof("Nobody runs the desk yet; whoever opens this becomes its owner: %s", link));
    }

    private Optional<String> link() {
        if (operators.any()) {
            return Optional.empty();
        }
        String email = operators.all().stream()
                .filter(one -> one.role() == Role.OWNER)
                .map(one -> one.email())
                .findFirst()
                .orElseGet(() -> settings.operator()
                        .map(text -> Mailbox.parse(text).wireAddress())
                        .orElse(OWNER));
        return Optional.of(links.page("/desk/welcome/" + operators.invite(email, Role.OWNER, SERVICE))
                .toString());
    }
}
