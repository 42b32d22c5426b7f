package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.dailypapers.backup.BackupFile;
import org.dailypapers.backup.Backups;
import org.dailypapers.command.check.Failure;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.subscriber.file.RestoredLeavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.dailypapers.token.SecretFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup into an empty database. */
@Dependent
@Command(
        name = "restore",
        description = "Puts a backup into a database that nobody has used, and compares all of it.",
        footer = {
            "%nWhoever left since the backup, as the journal leavings.csv tells, is out again. Cut off, it is finished by",
            "the same call. Operators are those of the backup; sessions and tokens of the desk are not in it.",
            "With --check nothing is changed: all of the file is read and compared with what it says of itself."
        })
class RestoreCommand extends Verb {

    @Option(names = "--check", description = "Reads and compares, and changes nothing.")
    boolean check;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description =
                    "The journal of leavings; that of the data folder where none is named. May be named several times.")
    List<String> named = List.of();

    @Option(names = "--no-journal", description = "There is none: whoever left after the backup is written to again.")
    boolean noJournal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

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
    Operators operators;

    @Inject
    ServiceState state;

    @Override
    public Integer call() {
        Path path = console().resolve(file);
        try (BackupFile backup = BackupFile.open(path)) {
            if (check) {
                compare(path, backup, "check", backups::check);
                console().say("whole: " + told(backup));
                return Commands.OK;
            }
            if (state.serving() || replicas.othersServe()) {
                throw new Failure("The service runs; stop it, and restore into an empty database.");
            }
            boolean there = rowsAreThere(backup);
            List<Path> journals = journals();
            if (there) {
                console().say("its rows are here already, and what comes after them was not done");
            } else {
                compare(path, backup, "restore", backups::restore);
                console().say("restored " + told(backup));
            }
            finish(backup, journals);
            return Commands.OK;
        } catch (NoSuchFileException e) {
            throw new Failure(path + ": no such file");
        } catch (IOException e) {
            throw new Failure(path + ": cannot be used as a backup: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private interface Reading {
        List<String> differences(BackupFile backup, LongConsumer progress) throws IOException;
    }

    private void compare(Path path, BackupFile backup, String what, Reading reading) throws IOException {
        List<String> differences;
        try (Progress progress = Progress.of(console(), what, backup.rows() * (check ? 1 : 2))) {
            differences = reading.differences(backup, progress::at);
        }
        differences.forEach(console()::complain);
        if (!differences.isEmpty()) {
            throw new Failure(path + ": differs from what was backed up" + (check ? "" : "; nothing was restored"));
        }
    }

    private static String told(BackupFile backup) {
        return backup.rows() + " rows of " + backup.tables() + " tables, made at " + backup.madeAt();
    }

    /** The journals that are read once the rows are there; looked at before the first of those. */
    private List<Path> journals() throws IOException {
        if (noJournal) {
            if (!named.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--journal and --no-journal exclude each other");
            }
            return List.of();
        }
        List<Path> journals = named.isEmpty()
                ? List.of(LeavingsJournal.in(storage.data()))
                : named.stream().map(console()::resolve).toList();
        for (Path journal : journals) {
            if (!Files.exists(journal)) {
                throw new Failure(
                        "There is no journal " + journal + ", by which whoever left after the backup stays out:"
                                + " name it with --journal=FILE, or say --no-journal where there is none.");
            }
            if (!LeavingsJournal.is(journal)) {
                throw new Failure(journal + ": is no journal of leavings; name another with --journal=FILE, or say"
                        + " --no-journal where there is none.");
            }
        }
        return journals;
    }

    /** Whether a restore of this very backup was cut off behind its rows. */
    private boolean rowsAreThere(BackupFile backup) {
        Optional<String> used = backups.used();
        boolean there = backups.unfinished().filter(backup.madeAt()::equals).isPresent();
        if (used.isPresent() && !there) {
            throw new Failure("The database is in use: " + used.get() + ". Restore into an empty one: another"
                    + " DATABASE_URL, or a data folder from which papers.mv.db was moved away.");
        }
        return used.isPresent();
    }

    /** All of it may be done twice. */
    private void finish(BackupFile backup, List<Path> journals) throws IOException {
        // Whoever held a lease when the backup was made is gone.
        outbox.releaseAll();
        sources.releaseAll();
        secret(backup);
        suppressions.databaseReplaced();
        for (Path journal : journals) {
            leavings(journal);
        }
        operators();
        backups.finished();
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

    private void leavings(Path journal) {
        try {
            console().say("journal: " + leavings.read(journal, n -> {}));
        } catch (IOException e) {
            throw new Failure(
                    journal + ": not taken: " + e.getMessage() + ". The rows are restored, and the service does"
                            + " not start on them before: restore once more with --journal=FILE, or --no-journal.");
        }
    }

    private void operators() {
        operators.endInvitations();
        List<Operator> all = operators.all();
        if (!all.isEmpty()) {
            console()
                    .complain(
                            "Operators are those of then, with the passwords of then: remove whoever is none any more ("
                                    + all.stream()
                                            .map(one -> one.email() + " "
                                                    + one.role().word())
                                            .collect(Collectors.joining(", "))
                                    + "). All sign in anew, and scripts need new tokens.");
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
