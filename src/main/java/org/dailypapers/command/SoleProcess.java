package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.dailypapers.backup.Backups;
import org.dailypapers.command.check.Failure;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.returns.BounceMailbox;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.storage.StorageSettings;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a process does before it serves: it refuses a database that was restored by half. Alone with an embedded one, it
 * frees what an earlier process held, and answers the commands that are typed meanwhile.
 */
@Singleton
class SoleProcess {

    private final Backups backups;
    private final Outbox outbox;
    private final SourceStandings sources;
    private final BounceMailbox returns;
    private final CommandDoor door;
    private final StorageSettings storage;
    private final int port;

    SoleProcess(
            Backups backups,
            Outbox outbox,
            SourceStandings sources,
            BounceMailbox returns,
            CommandDoor door,
            StorageSettings storage,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.backups = backups;
        this.outbox = outbox;
        this.sources = sources;
        this.returns = returns;
        this.door = door;
        this.storage = storage;
        this.port = port;
    }

    /** Takes the database over, where no others share it. */
    void enter() throws IOException {
        Optional<Instant> unfinished = backups.unfinished();
        if (unfinished.isPresent()) {
            throw new Failure(
                    "The restore of the backup of " + unfinished.get() + " was cut off, so whoever left after it"
                            + " would be written to: finish it with ./run restore FILE, the same call as then.");
        }
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
