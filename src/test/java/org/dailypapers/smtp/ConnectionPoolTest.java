package org.dailypapers.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dailypapers.delivery.FaultySmtpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many connections to the relay there are, and how long they live. */
class ConnectionPoolTest {

    private final FaultySmtpServer server = new FaultySmtpServer();
    private final AtomicBoolean stopping = new AtomicBoolean();

    /** Nanoseconds that the pool's clock is ahead. */
    private long time;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aConnectionGivenBackIsUsedByTheNext() throws TransportFailure {
        try (ConnectionPool pool = pool(Pace.of(4))) {
            for (int i = 0; i < 5; i++) {
                send(pool);
            }
        }
        assertEquals(1, server.connections());
    }

    @Test
    void aConnectionIsOpenedAnewAfterItsLetters() throws TransportFailure {
        try (ConnectionPool pool = pool(new Pace(1, 3, Double.POSITIVE_INFINITY))) {
            try (ConnectionPool.Slot slot = slot(pool)) {
                for (int i = 0; i < 7; i++) {
                    slot.connect();
                    slot.send(letter(), () -> {});
                    slot.retire();
                }
            }
        }
        assertEquals(
                List.of(1, 1, 1, 2, 2, 2, 3),
                server.ledger().stream().map(FaultySmtpServer.Taken::connection).toList());
    }

    @Test
    void aConnectionIdleForLongIsClosed() throws TransportFailure, InterruptedException {
        try (ConnectionPool pool = pool(Pace.of(1))) {
            send(pool);
            pool.hangUpIdle(Duration.ofMinutes(1));
            send(pool);
            assertEquals(1, server.connections());
            Thread.sleep(20);
            pool.hangUpIdle(Duration.ofMillis(10));
            send(pool);
            assertEquals(2, server.connections());
        }
    }

    @Test
    void theRateHoldsOverAllConnections() {
        try (ConnectionPool pool = pool(new Pace(4, 100, 50))) {
            long began = System.nanoTime();
            for (int i = 0; i < 11; i++) {
                pool.pace(stopping);
            }
            long millis = (System.nanoTime() - began) / 1_000_000;
            assertTrue(millis >= 195, millis + " ms for ten intervals of 20 ms");
        }
    }

    @Test
    void aRelayThatAsksToSlowDownHalvesThePoolAndLettersTakenGrowItAgain() throws TransportFailure {
        try (ConnectionPool pool = pool(Pace.of(8))) {
            try (ConnectionPool.Slot slot = slot(pool)) {
                slot.connect();
                slot.slowDown();
                assertEquals(4, pool.allowed());
                assertTrue(slot.isSurplus(), "it rests");
            }
            var slots = new ArrayList<ConnectionPool.Slot>();
            for (int i = 0; i < 4; i++) {
                slots.add(slot(pool));
            }
            stopping.set(true);
            assertEquals(Optional.empty(), pool.acquire(stopping));
            for (int i = 0; i < ConnectionPool.GROWS_AFTER; i++) {
                assertEquals(4, pool.allowed());
                slots.getFirst().accepted();
            }
            assertEquals(5, pool.allowed());
            for (int i = 0; i < ConnectionPool.GROWS_AFTER * 10; i++) {
                slots.getFirst().accepted();
            }
            assertEquals(8, pool.allowed());
        }
    }

    @Test
    void manyConnectionsThatAreToldTheSameAtOnceShrinkThePoolOnce() throws TransportFailure {
        try (ConnectionPool pool = pool(Pace.of(8))) {
            var slots = new ArrayList<ConnectionPool.Slot>();
            for (int i = 0; i < 8; i++) {
                ConnectionPool.Slot slot = slot(pool);
                slot.connect();
                slots.add(slot);
            }
            slots.forEach(ConnectionPool.Slot::slowDown);
            assertEquals(4, pool.allowed());
            assertTrue(slots.getFirst().isSurplus());
            slots.forEach(ConnectionPool.Slot::close);
        }
    }

    @Test
    void workersThatComeToAClosedPortOneAfterTheOtherMakeThePoolRestOnce() throws TransportFailure {
        server.goDown();
        try (ConnectionPool pool = pool(Pace.of(10))) {
            var slots = new ArrayList<ConnectionPool.Slot>();
            for (int i = 0; i < 10; i++) {
                slots.add(slot(pool));
            }
            assertThrows(TransportFailure.class, slots.getFirst()::connect);
            assertTrue(slots.getFirst().slowDown());
            for (ConnectionPool.Slot late : slots.subList(1, 10)) {
                assertFalse(late.connect(), "it rests");
                assertFalse(late.slowDown());
            }
            assertEquals(Duration.ofSeconds(1), pool.rest());
            assertEquals(5, pool.allowed());
            slots.forEach(ConnectionPool.Slot::close);
        }
    }

    @Test
    void lettersThatBeginWhileThePoolRestsHaveNothingNewToSay() throws TransportFailure {
        try (ConnectionPool pool = pool(Pace.of(8))) {
            ConnectionPool.Slot first = slot(pool);
            ConnectionPool.Slot second = slot(pool);
            first.connect();
            second.connect();
            first.slowDown();
            second.send(letter(), () -> {});
            assertFalse(second.slowDown());
            assertEquals(4, pool.allowed());
            first.close();
            second.close();
        }
    }

    @Test
    void thePoolNeverShrinksToNothingAndRestsLongerEachTimeUntilALetterIsTaken() throws TransportFailure {
        server.goDown();
        try (ConnectionPool pool = pool(Pace.of(4))) {
            ConnectionPool.Slot slot = slot(pool);
            Duration before = Duration.ZERO;
            for (int i = 0; i < 5; i++) {
                assertThrows(TransportFailure.class, slot::connect);
                assertTrue(slot.slowDown());
                assertTrue(pool.rest().compareTo(before) > 0);
                before = pool.rest();
                time += before.toNanos();
            }
            assertEquals(1, pool.allowed());
            for (int i = 0; i < 5; i++) {
                assertThrows(TransportFailure.class, slot::connect);
                slot.slowDown();
                time += pool.rest().toNanos();
            }
            assertEquals(Duration.ofMinutes(1), pool.rest());
            slot.accepted();
            assertEquals(Duration.ZERO, pool.rest());
            slot.close();
        }
    }

    @Test
    void aLineClosedMeanwhileIsNoticedByTheLetterThatGoesOutOverAnother() throws TransportFailure {
        server.script(
                FaultySmtpServer.Stage.MAIL,
                new FaultySmtpServer.Fault.Says("250 2.1.0 fine"),
                new FaultySmtpServer.Fault.HangsUp());
        try (ConnectionPool pool = pool(Pace.of(1));
                ConnectionPool.Slot slot = slot(pool)) {
            slot.connect();
            slot.send(letter(), () -> {});
            assertFalse(slot.retire());
            slot.connect();
            slot.send(letter(), () -> {});
            assertTrue(slot.retire());
            slot.connect();
            assertInstanceOf(DeliveryResult.Accepted.class, slot.send(letter(), () -> {}));
        }
        assertEquals(2, server.connections());
    }

    private void send(ConnectionPool pool) throws TransportFailure {
        try (ConnectionPool.Slot slot = slot(pool)) {
            slot.connect();
            assertInstanceOf(DeliveryResult.Accepted.class, slot.send(letter(), () -> {}));
            assertFalse(slot.retire());
        }
    }

    private ConnectionPool.Slot slot(ConnectionPool pool) {
        return pool.acquire(stopping).orElseThrow();
    }

    private ConnectionPool pool(Pace pace) {
        return new ConnectionPool(
                new Relay(new RelayAddress(
                        "127.0.0.1",
                        server.port(),
                        RelaySettings.Security.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        2_000,
                        "example.org")),
                pace,
                () -> System.nanoTime() + time);
    }

    private static Letter letter() {
        return new Letter(
                "papers@example.org",
                "a@example.test",
                "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8),
                false,
                false);
    }
}
