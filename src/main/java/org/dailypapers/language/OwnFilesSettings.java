package org.dailypapers.language;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** What the operator words and shapes in their own way. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface OwnFilesSettings {

    /** A folder whose templates and messages come before the built-in ones. */
    Optional<@WithConverter(Folder.class) Path> templates();

    /** Reads the name of a folder that is there. */
    final class Folder implements Converter<Path> {
        @Override
        public Path convert(String text) {
            // SmallRye asks also where nothing is set, and takes a refusal for that.
            if (text.isBlank()) {
                throw new IllegalArgumentException("name a folder.");
            }
            Path folder = Path.of(text.strip()).toAbsolutePath().normalize();
            if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
                throw new IllegalArgumentException(
                        "there is no folder " + folder + " that can be read; make it, or unset this.");
            }
            return folder;
        }
    }
}
