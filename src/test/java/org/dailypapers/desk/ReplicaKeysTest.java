package org.dailypapers.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.dailypapers.token.SigningKeys;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplicaKeysTest {

    private static final String A = "a".repeat(32);
    private static final String B = "b".repeat(32);
    private static final String C = "c".repeat(32);

    @Inject
    EntityManager database;

    @BeforeEach
    void nobodyServes() {
        sql("delete from replica");
    }

    private int sql(String statement) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(statement).executeUpdate());
    }

    private ReplicaKeys replica(String current, String... earlier) {
        return new ReplicaKeys(database, new SigningKeys(current, List.of(earlier)), false);
    }

    private static HealthCheckResponse health(ReplicaKeys replica) {
        HealthCheckResponse response = replica.call();
        assertEquals(HealthCheckResponse.Status.UP, response.getStatus());
        return response;
    }

    @Test
    void replicasWithTheSameKeysInWhateverOrderAgree() {
        ReplicaKeys first = replica(A, B);
        ReplicaKeys second = replica(B, A);
        first.note();
        second.note();
        first.note();
        assertEquals(List.of(), first.differing());
        assertEquals(List.of(), second.differing());
        assertFalse(health(first).getData().orElseThrow().containsKey("differ"));
    }

    @Test
    void aReplicaWithOtherKeysIsNamedByBothUntilItIsPutRight() {
        ReplicaKeys first = replica(A, B);
        ReplicaKeys odd = replica(A, C);
        first.note();
        odd.note();
        first.note();
        for (ReplicaKeys each : List.of(first, odd)) {
            String said = health(each).getData().orElseThrow().get("differ").toString();
            String theirs = (each == first ? odd : first).ids().getLast();
            assertTrue(said.contains(theirs) && said.contains("process "), said);
            assertFalse(said.contains("aaaa") || said.contains("cccc"), said);
        }
        odd.leave();
        first.note();
        assertFalse(health(first).getData().orElseThrow().containsKey("differ"));
    }

    @Test
    void oneThatWasNotSeenForMinutesIsNoReplica() {
        ReplicaKeys first = replica(A);
        first.note();
        replica(B).note();
        sql("update replica set seen_at = current_timestamp - interval '6' minute");
        first.note();
        assertEquals(List.of(), first.differing());
        sql("update replica set seen_at = current_timestamp - interval '25' hour");
        first.note();
        assertEquals(1, sql("delete from replica"), "what is long gone is forgotten");
    }

    @Test
    void onTheEmbeddedDatabaseThereIsOneProcess() {
        replica(B).note();
        var alone = new ReplicaKeys(database, new SigningKeys(A, List.of()), true);
        alone.note();
        assertEquals(List.of(), alone.differing());
        assertEquals(1, sql("delete from replica"));
    }
}
