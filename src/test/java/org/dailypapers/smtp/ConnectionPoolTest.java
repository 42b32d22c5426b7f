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
            try (ConnectionPool.Place place = place(pool)) {
                for (int i = 0; i < 7; i++) {
                    place.connect();
                    place.send(letter(), () -> {});
                    place.settle();
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
            try (ConnectionPool.Place place = place(pool)) {
                place.connect();
                place.slowDown();
                assertEquals(4, pool.allowed());
                assertTrue(place.isSurplus(), "it rests");
            }
            var places = new ArrayList<ConnectionPool.Place>();
            for (int i = 0; i < 4; i++) {
                places.add(place(pool));
            }
            stopping.set(true);
            assertEquals(Optional.empty(), pool.take(stopping));
            for (int i = 0; i < ConnectionPool.GROWS_AFTER; i++) {
                assertEquals(4, pool.allowed());
                places.getFirst().accepted();
            }
            assertEquals(5, pool.allowed());
            for (int i = 0; i < ConnectionPool.GROWS_AFTER * 10; i++) {
                places.getFirst().accepted();
            }
            assertEquals(8, pool.allowed());
        }
    }

    @Test
    void manyConnectionsThatAreToldTheSameAtOnceShrinkThePoolOnce() throws TransportFailure {
        try (ConnectionPool pool = pool(Pace.of(8))) {
            var places = new ArrayList<ConnectionPool.Place>();
            for (int i = 0; i < 8; i++) {
                ConnectionPool.Place place = place(pool);
                place.connect();
                places.add(place);
            }
            places.forEach(ConnectionPool.Place::slowDown);
            assertEquals(4, pool.allowed());
            assertTrue(places.getFirst().isSurplus());
            places.forEach(ConnectionPool.Place::close);
        }
    }

    @Test
    void workersThatComeToAClosedPortOneAfterTheOtherMakeThePoolRestOnce() throws TransportFailure {
        server.goDown();
        try (ConnectionPool pool = pool(Pace.of(10))) {
            var places = new ArrayList<ConnectionPool.Place>();
            for (int i = 0; i < 10; i++) {
                places.add(place(pool));
            }
            assertThrows(TransportFailure.class, places.getFirst()::connect);
            assertTrue(places.getFirst().slowDown());
            for (ConnectionPool.Place late : places.subList(1, 10)) {
                assertFalse(late.connect(), "it rests");
                assertFalse(late.slowDown());
            }
            assertEquals(Duration.ofSeconds(1), pool.rest());
            assertEquals(5, pool.allowed());
            places.forEach(ConnectionPool.Place::close);
        }
    }

    @Test
    void lettersThatBeginWhileThePoolRestsHaveNothingNewToSay() throws TransportFailure {
        try (ConnectionPool pool = pool(Pace.of(8))) {
            ConnectionPool.Place first = place(pool);
            ConnectionPool.Place second = place(pool);
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
            ConnectionPool.Place place = place(pool);
            Duration before = Duration.ZERO;
            for (int i = 0; i < 5; i++) {
                assertThrows(TransportFailure.class, place::connect);
                assertTrue(place.slowDown());
                assertTrue(pool.rest().compareTo(before) > 0);
                before = pool.rest();
                time += before.toNanos();
            }
            assertEquals(1, pool.allowed());
            for (int i = 0; i < 5; i++) {
                assertThrows(TransportFailure.class, place::connect);
                place.slowDown();
                time += pool.rest().toNanos();
            }
            assertEquals(Duration.ofMinutes(1), pool.rest());
            place.accepted();
            assertEquals(Duration.ZERO, pool.rest());
            place.close();
        }
    }

    @Test
    void aLineClosedMeanwhileIsNoticedByTheLetterThatGoesOutOverAnother() throws TransportFailure {
        server.script(
                FaultySmtpServer.Stage.MAIL,
                new FaultySmtpServer.Fault.Says("250 2.1.0 fine"),
                new FaultySmtpServer.Fault.HangsUp());
        try (ConnectionPool pool = pool(Pace.of(1));
                ConnectionPool.Place place = place(pool)) {
            place.connect();
            place.send(letter(), () -> {});
            assertFalse(place.settle());
            place.connect();
            place.send(letter(), () -> {});
            assertTrue(place.settle());
            place.connect();
            assertInstanceOf(DeliveryResult.Accepted.class, place.send(letter(), () -> {}));
        }
        assertEquals(2, server.connections());
    }

    private void send(ConnectionPool pool) throws TransportFailure {
        try (ConnectionPool.Place place = place(pool)) {
            place.connect();
            assertInstanceOf(DeliveryResult.Accepted.class, place.send(letter(), () -> {}));
            assertFalse(place.settle());
        }
    }

    private ConnectionPool.Place place(ConnectionPool pool) {
        return pool.take(stopping).orElseThrow();
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
                false);
    }
}
