package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/db?user=u&password=canary%",
                "jdbc:postgresql://h/db?user=u&password=can%ary",
                "jdbc:postgresql://h/db?password=canary%2",
                "jdbc:postgresql://h/d%b?password=canary",
                "jdbc:postgresql://h:54x2/db?password=canary",
                "jdbc:postgresql://h:99999/db?password=canary",
                "jdbc:postgresql://h:/db?password=canary",
                "jdbc:postgresql://u:canary@h/db",
                "jdbc:postgresql://u:canary@h:5432/db",
                "jdbc:postgresql://a,b:canary/db",
                "jdbc:postgresql://[::1:canary/db",
                "postgresql://u:canary@h/db",
                "postgres://u:canary@h/db",
                "jdbc:mysql://h/db?password=canary",
                "canary",
                " jdbc:postgresql://h/db?password=canary",
                ""
            })
    void oneThatCannotBeUsedIsNamedByItsSettingAndNotShown(String text) {
        String line = assertThrows(Failure.class, () -> DatabaseUrl.parse(text)).getMessage();
        assertTrue(line.startsWith("DATABASE_URL"), line);
        assertEquals(1, line.lines().count(), line);
        assertFalse(line.contains("canary"), line);
    }

    @Test
    void noPasswordStandsInWhatTheDatabaseSays() {
        var url = DatabaseUrl.parse("jdbc:postgresql://h/db?user=u&sslpassword=can%26ary&password=c%25nary&ssl=true");
        String said = url.hide("no: jdbc:postgresql://h/db?user=u&sslpassword=can%26ary&password=c%25nary&ssl=true,"
                + " can&ary, c%nary, c%25nary, u");
        assertEquals("no: DATABASE_URL, …, …, …, u", said);
    }
}
