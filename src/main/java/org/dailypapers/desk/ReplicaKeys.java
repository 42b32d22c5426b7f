package org.dailypapers.desk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.token.SigningKeys;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Whether all processes on one database know each other's links, by the ids of their keys; for the log, {@code doctor}
 * and {@code /q/health/ready}. Always up: what a process signs it also reads.
 */
@Default
@Readiness
@ApplicationScoped
public class ReplicaKeys implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(ReplicaKeys.class);

    private final EntityManager database;
    private final List<String> ids;
    private final boolean alone;
    private final String id = UUID.randomUUID().toString();
    private volatile List<Other> others = List.of();

    /** Another process on this database whose keys are not ours. */
    public record Other(String name, List<String> ids) {
        @Override
        public String toString() {
            return name + " has " + String.join(", ", ids);
        }
    }

    @Inject
    ReplicaKeys(EntityManager database, SigningKeys keys, StorageSettings storage) {
        this(database, keys, storage.embedded());
    }

    ReplicaKeys(EntityManager database, SigningKeys keys, boolean alone) {
        this.database = database;
        this.ids = keys.ids();
        this.alone = alone;
    }

    /** Notes that this process serves with its keys, and looks at the others. */
    public void note() {
        if (alone) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("delete from replica where seen_at < current_timestamp - interval '1' day")
                    .executeUpdate();
            int noted = statement("""
                    update replica
                    set name = :name, key_ids = :ids, seen_at = current_timestamp
                    where id = :id""").executeUpdate();
            if (noted == 0) {
                statement("""
                        insert into replica (id, name, key_ids, seen_at)
                        values (:id, :name, :ids, current_timestamp)""").executeUpdate();
            }
        });
        List<Other> before = others;
        others = differing();
        if (!others.equals(before)) {
            LOG.warn(
                    others.isEmpty()
                            ? "Every process on this database has the same keys again"
                            : "Processes on this database have other keys than this one (" + String.join(", ", ids)
                                    + "), so links of letters are refused by one or the other: " + others
                                    + "; give all the same DAILY_PAPERS_SECRET and DAILY_PAPERS_SECRET_OLD");
        }
    }

    private jakarta.persistence.Query statement(String sql) {
        return database.createNativeQuery(sql)
                .setParameter("id", id)
                .setParameter("name", name())
                .setParameter("ids", String.join(" ", ids));
    }

    /** Takes this process off the list, as when it stops in order. */
    public void leave() {
        if (!alone) {
            QuarkusTransaction.requiringNew().run(() -> database.createNativeQuery("delete from replica where id = :id")
                    .setParameter("id", id)
                    .executeUpdate());
        }
    }

    /** The processes that served within the last five minutes and do not know exactly our keys; none on H2. */
    @SuppressWarnings("unchecked")
    public List<Other> differing() {
        if (alone) {
            return List.of();
        }
        List<Object[]> rows = QuarkusTransaction.requiringNew()
                .call(() ->
                        database.createNativeQuery("""
                        select name, key_ids
                        from replica
                        where id <> :id and seen_at > current_timestamp - interval '5' minute
                        order by name, id""").setParameter("id", id).getResultList());
        Set<String> ours = new HashSet<>(ids);
        return rows.stream()
                .map(row -> new Other((String) row[0], Arrays.asList(((String) row[1]).split(" "))))
                .filter(other -> !ours.equals(new HashSet<>(other.ids())))
                .toList();
    }

    /** Whether another process served on this database within the last five minutes; never on H2. */
    public boolean othersServe() {
        return !alone
                && QuarkusTransaction.requiringNew().call(() -> ((Number) database.createNativeQuery("""
                        select count(*)
                        from replica
                        where id <> :id and seen_at > current_timestamp - interval '5' minute""")
                                        .setParameter("id", id)
                                        .getSingleResult())
                                .intValue())
                        > 0;
    }

    /** The ids of this process's keys, that which signs first. */
    public List<String> ids() {
        return ids;
    }

    private static String name() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "a host without a name";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("keys").up().withData("ids", String.join(", ", ids));
        List<Other> seen = others;
        if (!seen.isEmpty()) {
            response.withData("differ", seen.toString());
        }
        return response.build();
    }
}
