package org.dailypapers.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskHealthTest {

    @TempDir
    Path data;

    @Test
    void withoutRoomTheServiceIsNotReady() {
        assertEquals(
                Status.DOWN, new DiskHealth(data, true, Long.MAX_VALUE).call().getStatus());
        assertEquals(Status.UP, new DiskHealth(data, true, 1).call().getStatus());
    }

    @Test
    void aDatabaseElsewhereNeedsNoRoomHere() {
        assertEquals(
                Status.UP, new DiskHealth(data, false, Long.MAX_VALUE).call().getStatus());
    }

    @Test
    void aFolderThatIsNotThereHoldsNoDatabase() {
        assertEquals(
                Status.UP,
                new DiskHealth(data.resolve("none"), true, Long.MAX_VALUE)
                        .call()
                        .getStatus());
    }
}
