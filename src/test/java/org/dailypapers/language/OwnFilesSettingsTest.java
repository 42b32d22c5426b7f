package org.dailypapers.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesSettingsTest {

    private static Optional<Path> templates(Map<String, String> set) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(set, "test", 100))
                .withMapping(OwnFilesSettings.class)
                .build()
                .getConfigMapping(OwnFilesSettings.class)
                .templates();
    }

    @Test
    void whereNothingIsSetThereIsNoFolder() {
        assertEquals(Optional.empty(), templates(Map.of()));
        assertEquals(Optional.empty(), templates(Map.of("daily-papers.templates", "")));
    }

    @Test
    void aFolderIsTheOneThatIsNamed(@TempDir Path folder) {
        assertEquals(Optional.of(folder), templates(Map.of("daily-papers.templates", " " + folder + "/. ")));
    }
}
