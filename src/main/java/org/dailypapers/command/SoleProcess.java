package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.io.IOException;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.returns.BounceMailbox;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.storage.StorageSettings;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a process does that is alone with an embedded database: it frees what an earlier one held, and answers the commands
 * that are typed meanwhile.
 */
@Singleton
class SoleProcess {

    private final Outbox outbox;
    private final SourceStandings sources;
    private final BounceMailbox returns;
    private final CommandDoor door;
    private final StorageSettings storage;
    private final int port;

    SoleProcess(
            Outbox outbox,
            SourceStandings sources,
            BounceMailbox returns,
            CommandDoor door,
            StorageSettings storage,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.outbox = outbox;
        this.sources = sources;
        this.returns = returns;
        this.door = door;
        this.storage = storage;
        this.port = port;
    }

    /** Takes the database over; nothing where others share it. */
    void enter() throws IOException {
        if (!storage.embedded()) {
            return;
        }
        // This process alone opens the database: whoever held a lease is gone.
        outbox.releaseAll();
        sources.releaseAll();
        returns.releaseAll();
        RunningService service = RunningService.on(port);
        door.open(service);
        service.announce(storage.data());
    }

    /** Lets commands open the database by themselves again. */
    void leave() throws IOException {
        if (storage.embedded()) {
            RunningService.withdraw(storage.data());
        }
    }
}
