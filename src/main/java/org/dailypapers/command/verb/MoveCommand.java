package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.dailypapers.backup.Backups;
import org.dailypapers.command.check.EmptyDatabase;
import org.dailypapers.command.check.Failure;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.token.LinkSettings;
import org.dailypapers.token.SecretFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies everything from H2 to PostgreSQL. */
@Dependent
@Command(
        name = "move",
        description = "Copies everything into an empty PostgreSQL, every row, and compares it; what is here stays.",
        footer = "%nThe service must not run meanwhile. Ids stay, and with the same secret links in old letters work.")
class MoveCommand extends Verb {

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "Where to, as in DATABASE_URL: jdbc:postgresql://host/db?user=NAME&password=WORD")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String to;

    @Inject
    Backups backups;

    @Inject
    StorageSettings storage;

    @Inject
    LinkSettings links;

    @Inject
    ServiceState state;

    @Override
    public Integer call() {
        if (state.serving()) {
            throw new Failure("The service runs, and what it does meanwhile would stay behind; stop it first.");
        }
        try (Connection target = EmptyDatabase.open(to);
                Progress progress = Progress.of(console(), "move", -1)) {
            List<String> differences = backups.move(target, RestoreCommand.shown(progress));
            differences.forEach(console()::complain);
            if (!differences.isEmpty()) {
                throw new Failure("What arrived is not what is here; nothing was kept there.");
            }
        } catch (IOException e) {
            throw new Failure("The database of --to cannot be used: " + e.getMessage());
        } catch (SQLException e) {
            throw new DatabaseFailure("The database could not be copied", e);
        }
        console().say("moved: every row is there, and the same");
        if (storage.embedded() && SecretFile.existing(storage.data()).isPresent()) {
            console()
                    .say("Before the next start set DATABASE_URL, and "
                            + (links.secret().filter(s -> !s.isBlank()).isPresent()
                                    ? "beside DAILY_PAPERS_SECRET also DAILY_PAPERS_SECRET_OLD"
                                    : "DAILY_PAPERS_SECRET")
                            + " to what stands in " + storage.data().resolve("secret")
                            + ", so that links in old letters work.");
        }
        return Commands.OK;
    }
}
