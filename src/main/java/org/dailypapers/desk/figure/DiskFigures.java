package org.dailypapers.desk.figure;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dailypapers.storage.StorageSettings;
import org.jboss.logging.Logger;

/** How much room the disk of the data folder has. */
@ApplicationScoped
public class DiskFigures {

    private static final Logger LOG = Logger.getLogger(DiskFigures.class);

    private final Path data;

    DiskFigures(StorageSettings storage) {
        this.data = storage.data();
    }

    /** In bytes. */
    public record Room(long free, long all) {
        /** From 0 to 100. */
        public int freePercent() {
            return all == 0 ? 100 : (int) (100 * ((double) free / all));
        }

        /** In words. */
        public String words() {
            return "%.1f of %.1f GB free".formatted(free / 1e9, all / 1e9);
        }
    }

    /** The room; empty where there is no such folder. */
    public Optional<Room> room() {
        try {
            if (!Files.isDirectory(data)) {
                return Optional.empty();
            }
            FileStore store = Files.getFileStore(data);
            return Optional.of(new Room(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException e) {
            LOG.debug("The data folder cannot be looked at", e);
            return Optional.empty();
        }
    }
}
