package org.dailypapers.returns;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.dailypapers.storage.Sql;

/** What one process does for all that serve on a database: it holds the duty as long as it says so in time. */
@ApplicationScoped
class Duties {

    private final Sql sql;
    private final String holder = UUID.randomUUID().toString();

    Duties(Sql sql) {
        this.sql = sql;
    }

    /** Takes a duty, or goes on holding it, for so long; whether it is ours. */
    boolean hold(String name, Duration lease) {
        return sql.inTransaction("A duty could not be taken", connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into duty (name, holder, held_till)
                    values (?, '', timestamp with time zone '1970-01-01 00:00:00+00')
                    on conflict do nothing""")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
            try (var update = connection.prepareStatement("""
                    update duty
                    set holder = ?, held_till = current_timestamp + cast(? as integer) * interval '1' second
                    where name = ? and (holder = ? or held_till < current_timestamp)""")) {
                update.setString(1, holder);
                update.setLong(2, lease.toSeconds());
                update.setString(3, name);
                update.setString(4, holder);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Gives a duty back that is ours. */
    void release(String name) {
        sql.inTransaction(
                "A duty could not be given back", "delete from duty where name = ? and holder = ?", delete -> {
                    delete.setString(1, name);
                    delete.setString(2, holder);
                    return delete.executeUpdate();
                });
    }

    /** Frees every duty: for the one process of an embedded database, whose earlier life has ended. */
    void releaseAll() {
        sql.inTransaction("Duties could not be freed", "delete from duty", delete -> delete.executeUpdate());
    }
}
