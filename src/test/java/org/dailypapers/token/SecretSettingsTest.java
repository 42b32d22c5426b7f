package org.dailypapers.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSettingsTest {

    private static final String A = "a".repeat(32);
    private static final String B = "b".repeat(32);
    private static final String COMMAS = "c,".repeat(16) + "c";

    private static SecretSettings of(Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(LinkSettings.class)
                .build();
        return SecretSettings.of(config.getConfigMapping(LinkSettings.class), config);
    }

    private static String refused(Map<String, String> environment) {
        return assertThrows(IllegalArgumentException.class, () -> of(environment))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s,%s", "%s, %s", " %s ,\t%s ", ",%s,, %s ,", "%s,%s\n", "%s,\u2003%s", "%s,%s,%s"})
    void blanksAndEmptyItemsAreNoPartOfAnEarlierSecret(String written) {
        assertEquals(
                List.of(A, B),
                of(Map.of("DAILY_PAPERS_SECRET_OLD", written.formatted(A, B, A)))
                        .earlier());
    }

    @Test
    void blanksAroundTheSecretDoNotMakeAnotherKey() {
        for (String written : List.of(A, " " + A, A + "\t", A + "\n")) {
            assertEquals(
                    Optional.of(A), of(Map.of("DAILY_PAPERS_SECRET", written)).current());
        }
        assertEquals(Optional.empty(), of(Map.of("DAILY_PAPERS_SECRET", " \t")).current());
    }

    @Test
    void aSecretWithCommasMovesToANumberedSetting() {
        assertEquals(
                Optional.of(COMMAS), of(Map.of("DAILY_PAPERS_SECRET", COMMAS)).current());
        var settings = of(Map.of(
                "DAILY_PAPERS_SECRET",
                A,
                "DAILY_PAPERS_SECRET_OLD_1",
                " " + COMMAS + " ",
                "DAILY_PAPERS_SECRET_OLD_27",
                B,
                "DAILY_PAPERS_SECRET_OLD_3",
                ""));
        assertEquals(List.of(COMMAS, B), settings.earlier());
    }

    @Test
    void theCurrentSecretIsNotAnEarlierOneToo() {
        assertEquals(
                List.of(B),
                of(Map.of(
                                "DAILY_PAPERS_SECRET",
                                A,
                                "DAILY_PAPERS_SECRET_OLD",
                                A + "," + B,
                                "DAILY_PAPERS_SECRET_OLD_1",
                                A))
                        .earlier());
    }

    @Test
    void oneThatIsTooShortIsNamedByItsSettingAndNotShown() {
        for (String name : List.of("DAILY_PAPERS_SECRET", "DAILY_PAPERS_SECRET_OLD", "DAILY_PAPERS_SECRET_OLD_2")) {
            String line = refused(Map.of(name, "canary"));
            assertTrue(line.startsWith(name + ": "), line);
            assertFalse(line.contains("canary"), line);
        }
        String line = refused(Map.of("DAILY_PAPERS_SECRET_OLD", A + "," + COMMAS));
        assertTrue(line.contains("DAILY_PAPERS_SECRET_OLD_1"), line);
    }

    @Test
    void itDoesNotTellItsSecretsAsText() {
        assertFalse(of(Map.of("DAILY_PAPERS_SECRET", A, "DAILY_PAPERS_SECRET_OLD", B))
                .toString()
                .matches(".*(aaa|bbb).*"));
    }
}
