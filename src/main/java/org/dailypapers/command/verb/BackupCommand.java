package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.dailypapers.backup.Backups;
import org.dailypapers.command.check.Failure;
import org.dailypapers.storage.StorageSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the whole database into a file. */
@Dependent
@Command(
        name = "backup",
        description = "Writes the whole database into a file, as it is at one moment; letters may go out meanwhile.",
        footer = {
            "%nOn H2 the secret that signs links is in the file too; with PostgreSQL keep DAILY_PAPERS_SECRET yourself.",
            "The file holds readers' addresses: it is made for its owner alone."
        })
class BackupCommand extends Verb {

    @Parameters(
            paramLabel = "FILE",
            description = "The file to write; one that is there is replaced when this one is whole.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String file;

    @Inject
    Backups backups;

    @Inject
    StorageSettings storage;

    @Override
    public Integer call() {
        Path path = console().resolve(file);
        try (Progress progress = Progress.of(console(), "backup", -1)) {
            Backups.Report report = backups.write(path, RestoreCommand.shown(progress));
            console().say("wrote " + report.rows() + " rows of " + report.tables() + " tables into " + path);
        } catch (IOException e) {
            throw new Failure(path + ": cannot be written: " + e.getMessage());
        }
        if (!storage.embedded()) {
            console().say("DAILY_PAPERS_SECRET is not in it; keep it elsewhere.");
        }
        return Commands.OK;
    }
}
