package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dailypapers.backup.BackupFile;
import org.dailypapers.backup.Backups;
import org.dailypapers.command.check.Failure;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.subscriber.file.RestoredLeavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.dailypapers.token.SecretFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup into an empty database. */
@Dependent
@Command(
        name = "restore",
        description = "Puts a backup into a database that nobody has used, and compares all of it.",
        footer = {
            "%nWhoever left since the backup, as the journal leavings.csv of the data folder tells, is out again.",
            "With --check nothing is changed: all of the file is read and compared with what it says of itself."
        })
class RestoreCommand extends Verb {

    @Option(names = "--check", description = "Reads and compares, and changes nothing.")
    boolean check;

    @Parameters(paramLabel = "FILE", description = "A file that backup wrote.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String file;

    @Inject
    Backups backups;

    @Inject
    RestoredLeavings leavings;

    @Inject
    SuppressionList suppressions;

    @Inject
    Outbox outbox;

    @Inject
    SourceStandings sources;

    @Inject
    StorageSettings storage;

    @Inject
    ReplicaKeys replicas;

    @Inject
    ServiceState state;

    @Override
    public Integer call() {
        Path path = console().resolve(file);
        try (BackupFile backup = BackupFile.open(path);
                Progress progress =
                        Progress.of(console(), check ? "check" : "restore", backup.rows() * (check ? 1 : 2))) {
            if (!check) {
                ready();
            }
            List<String> differences =
                    check ? backups.check(backup, progress::at) : backups.restore(backup, progress::at);
            differences.forEach(console()::complain);
            if (!differences.isEmpty()) {
                throw new Failure(path + ": differs from what was backed up" + (check ? "" : "; nothing was restored"));
            }
            console()
                    .say((check ? "whole: " : "restored ") + backup.rows() + " rows of " + backup.tables()
                            + " tables, made at " + backup.madeAt());
            if (!check) {
                // Whoever held a lease when the backup was made is gone.
                outbox.releaseAll();
                sources.releaseAll();
                secret(backup);
                leavings();
            }
            return Commands.OK;
        } catch (NoSuchFileException e) {
            throw new Failure(path + ": no such file");
        } catch (IOException e) {
            throw new Failure(path + ": cannot be used as a backup: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void ready() {
        if (state.serving() || replicas.othersServe()) {
            throw new Failure("The service runs; stop it, and restore into an empty database.");
        }
        Optional<String> used = backups.used();
        if (used.isPresent()) {
            throw new Failure("The database is in use: " + used.get()
                    + ". Restore into an empty one: another DAILY_PAPERS_DATA, or another DATABASE_URL.");
        }
    }

    private void secret(BackupFile backup) throws IOException {
        Optional<String> secret = backup.secret();
        if (storage.embedded() && secret.isPresent()) {
            SecretFile.replace(storage.data(), secret.get());
        } else if (Collections.disjoint(replicas.ids(), backup.keys())) {
            console()
                    .complain("The links of letters sent so far need the secret of then; set DAILY_PAPERS_SECRET, or"
                            + " DAILY_PAPERS_SECRET_OLD, to it.");
        }
    }

    private void leavings() throws IOException {
        suppressions.databaseReplaced();
        Optional<Path> journal = LeavingsJournal.in(storage.data());
        if (journal.isEmpty()) {
            console()
                    .complain("There is no journal " + storage.data().resolve("leavings.csv")
                            + ": whoever left after the backup is not known to have left.");
            return;
        }
        try {
            console().say("journal: " + leavings.read(journal.get(), n -> {}));
        } catch (IOException e) {
            console().complain(journal.get() + ": not taken: " + e.getMessage());
        }
    }

    static Backups.Progress shown(Progress progress) {
        return new Backups.Progress() {
            @Override
            public void expect(long rows) {
                progress.expect(rows);
            }

            @Override
            public void at(long rows) {
                progress.at(rows);
            }
        };
    }
}
