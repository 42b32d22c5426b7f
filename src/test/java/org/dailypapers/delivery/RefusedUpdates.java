package org.dailypapers.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import org.dailypapers.Database;
import org.h2.api.Trigger;

/** A database that can be read and takes no change of some table, as one whose primary is away (SQLSTATE 25006). */
public class RefusedUpdates implements Trigger {

    private static final String READ_ONLY = "25006";

    public static void begin(Database database, String table) {
        if (isPostgres(database)) {
            database.update("create or replace function refuse_updates() returns trigger language plpgsql as"
                    + " 'begin raise exception ''read-only'' using errcode = ''" + READ_ONLY + "''; end'");
            database.update("create trigger refused_updates before update on " + table
                    + " for each row execute function" + " refuse_updates()");
        } else {
            database.update("create trigger refused_updates before update on " + table + " for each row call '"
                    + RefusedUpdates.class.getName() + "'");
        }
    }

    public static void end(Database database, String table) {
        database.update(
                isPostgres(database)
                        ? "drop trigger if exists refused_updates on " + table
                        : "drop trigger if exists refused_updates");
    }

    private static boolean isPostgres(Database database) {
        // H2 says that it is PostgreSQL, and then that it is H2.
        return !database.rows("select version()").contains("H2");
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        throw new SQLException("read-only", READ_ONLY);
    }
}
