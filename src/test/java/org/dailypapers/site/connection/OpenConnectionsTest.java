package org.dailypapers.site.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dailypapers.web.AddressBlocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private static final int PER_CLIENT = 5;
    private static final int MOST = 12;
    private static final int ROOM = 2;

    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private long now = 1;
    private final OpenConnections all =
            new OpenConnections(null, new Clients(AddressBlocks.NONE), PER_CLIENT, MOST, ROOM, () -> now);

    /** A channel, and what the service knows of it. */
    private record Line(EmbeddedChannel channel, OpenConnection connection) {
        void sends(int bytes) {
            channel.writeInbound(Unpooled.buffer(bytes).writeZero(bytes));
            channel.releaseInbound();
        }
    }

    private Line open(String client) {
        var channel = new EmbeddedChannel();
        channels.add(channel);
        return new Line(channel, all.admit(channel, client));
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        all.check();
        settle();
    }

    private void settle() {
        channels.forEach(EmbeddedChannel::runPendingTasks);
    }

    private boolean isOpen(Line line) {
        settle();
        return line.channel.isOpen();
    }

    @AfterEach
    void end() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void aHeadThatDripsIsCutAfterAMinute() {
        Line line = open("a");
        for (int second = 0; second <= 60; second += 5) {
            line.sends(1);
            assertTrue(isOpen(line), "after " + second + " s");
            pass(5);
        }
        assertFalse(isOpen(line));
        assertEquals(0, all.count());
    }

    @Test
    void aBodyThatDripsIsToldSoAfterAMinuteAndAFormOfTwentySecondsPasses() {
        Line slow = open("a");
        Line phone = open("b");
        var told = new AtomicBoolean();
        for (Line line : List.of(slow, phone)) {
            line.sends(400);
            line.connection.begin(null, false);
            line.connection.whenOverdue(() -> told.set(true));
        }
        for (int second = 0; second < 20; second++) {
            slow.sends(1);
            phone.sends(100);
            pass(1);
        }
        phone.connection.received();
        pass(30);
        assertFalse(told.get());
        slow.sends(1);
        pass(11);
        assertTrue(told.get());
        assertTrue(isOpen(phone));
    }

    @Test
    void aConnectionWithoutARequestEndsButThatOfANamedProxyIsKept() {
        Line quiet = open("a");
        Line answered = open("b");
        answered.sends(100);
        int request = answered.connection.begin(null, false);
        answered.connection.received();
        pass(70);
        answered.connection.answering(request);
        answered.connection.answered(request);
        Line proxy = open(null);
        pass(10);
        assertFalse(isOpen(quiet));
        assertTrue(isOpen(answered));
        pass(70);
        assertFalse(isOpen(answered));
        assertTrue(isOpen(proxy));
    }

    @Test
    void workMayTakeItsTime() {
        Line line = open("a");
        line.sends(100);
        line.connection.begin(null, false);
        line.connection.received();
        pass(1_000);
        assertTrue(isOpen(line));
    }

    @Test
    void anAnswerThatNobodyReadsIsCutAndOneThatIsReadSlowlyIsNot() {
        Line unread = open("a");
        Line slow = open("b");
        Line command = open("c");
        unread.connection.begin(null, false);
        slow.connection.begin(null, false);
        command.connection.begin(null, true);
        for (Line line : List.of(unread, slow, command)) {
            line.connection.received();
            line.channel.write(Unpooled.buffer(10_000).writeZero(10_000));
            line.connection.answering(1);
        }
        for (int second = 0; second < 300; second += 50) {
            pass(50);
            slow.channel.flush();
            slow.channel.releaseOutbound();
            slow.channel.write(Unpooled.buffer(10_000).writeZero(10_000));
        }
        assertFalse(isOpen(unread));
        assertTrue(isOpen(slow));
        assertTrue(isOpen(command));
    }

    @Test
    void whoeverComesIsLetInAndTheSlowestOfThatClientGoes() {
        Line fast = open("a");
        Line drip = open("a");
        Line drop = open("a");
        Line other = open("b");
        for (int second = 0; second < 10; second++) {
            fast.sends(100);
            drip.sends(2);
            drop.sends(1);
            pass(1);
        }
        open("a").sends(500);
        open("a").sends(500);
        assertTrue(isOpen(drop));
        open("a").sends(500);
        assertFalse(isOpen(drop));
        open("a").sends(500);
        assertFalse(isOpen(drip));
        assertTrue(isOpen(fast));
        assertTrue(isOpen(other));
    }

    @Test
    void aSlowFormKeepsItsPlaceAmongThoseWhoComeAgainAndAgain() {
        Line phone = open("a");
        phone.sends(150);
        for (int tenths = 1; tenths <= 200; tenths++) {
            now += TimeUnit.MILLISECONDS.toNanos(100);
            phone.sends(10);
            open("a").sends(150);
            assertTrue(isOpen(phone), "after " + tenths + " tenths of a second");
        }
        assertEquals(PER_CLIENT, all.count());
    }

    @Test
    void aSlowFormKeepsItsPlaceAmongThoseWhoSayNothing() {
        Line phone = open("a");
        phone.sends(150);
        for (int tenths = 1; tenths <= 200; tenths++) {
            now += TimeUnit.MILLISECONDS.toNanos(100);
            phone.sends(10);
            open("a");
            assertTrue(isOpen(phone), "after " + tenths + " tenths of a second");
        }
    }

    @Test
    void whoeverComesHasTimeToSaySomething() {
        for (int i = 0; i < PER_CLIENT; i++) {
            open("a").sends(150);
        }
        Line reader = open("a");
        now += TimeUnit.MILLISECONDS.toNanos(100);
        open("a").sends(150);
        assertTrue(isOpen(reader));
    }

    @Test
    void whoeverHasArrivedIsReadBeforeItIsJudgedHoweverManyComeAndHoweverLateTheEventLoopIs() {
        for (int i = 0; i < PER_CLIENT; i++) {
            open("a").sends(150);
        }
        Line probe = open("a");
        now += TimeUnit.SECONDS.toNanos(5);
        for (int i = 1; i < PER_CLIENT; i++) {
            open("a");
        }
        assertTrue(isOpen(probe));
        probe.channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object wholeRequest) {
                probe.connection.begin(null, false);
                probe.connection.received();
                context.fireChannelRead(wholeRequest);
            }
        });
        probe.sends(100);
        for (int i = 0; i < PER_CLIENT; i++) {
            open("a").sends(150);
        }
        assertTrue(isOpen(probe));
        probe.connection.answering(1);
        for (int i = 0; i < PER_CLIENT; i++) {
            open("a").sends(150);
        }
        pass(1);
        open("a").sends(150);
        assertTrue(isOpen(probe), "its answer is on its way");
        probe.channel.write(Unpooled.buffer(10_000).writeZero(10_000));
        pass(1);
        for (int i = 0; i < PER_CLIENT; i++) {
            open("a").sends(150);
        }
        assertFalse(isOpen(probe), "its answer is not read");
    }

    @Test
    void aSlowFormKeepsItsPlaceAmongAnswersThatNobodyReads() {
        Line phone = open("a");
        phone.sends(150);
        for (int tenths = 1; tenths <= 200; tenths++) {
            now += TimeUnit.MILLISECONDS.toNanos(100);
            phone.sends(10);
            Line unread = open("a");
            unread.sends(100);
            unread.connection.begin(null, false);
            unread.connection.received();
            unread.channel.write(Unpooled.buffer(100_000).writeZero(100_000));
            unread.connection.answering(1);
            if (tenths % 10 == 0) {
                pass(0);
            }
            assertTrue(isOpen(phone), "after " + tenths + " tenths of a second");
        }
        assertTrue(all.count() <= PER_CLIENT + 1, all.count() + " are open");
    }

    @Test
    void newcomersHaveABoundToo() {
        for (int i = 0; i < 3 * PER_CLIENT; i++) {
            open("a");
        }
        assertTrue(all.count() <= 2 * PER_CLIENT, all.count() + " are open");
        pass(1);
        open("a");
        assertEquals(PER_CLIENT + 1, all.count());
    }

    @Test
    void whoIsNoNewcomerAnyMoreIsHeldToTheBoundWithoutAnotherOneComing() {
        for (int i = 0; i < 2 * PER_CLIENT; i++) {
            open("a");
        }
        Line other = open("b");
        pass(1);
        pass(1);
        assertEquals(PER_CLIENT + 1, all.count());
        assertTrue(isOpen(other));
    }

    @Test
    void oneClientLeavesAFewTimesAtOnceAndOthersGoOnLeaving() {
        var held = new ArrayList<WorkPlace>();
        for (Optional<WorkPlace> place = all.takeLeave(open("a").connection);
                place.isPresent();
                place = all.takeLeave(open("a").connection)) {
            held.add(place.get());
        }
        assertEquals(25, held.size());
        assertTrue(all.takeLeave(open("b").connection).isPresent());
        held.getFirst().answered();
        held.getFirst().answered();
        assertTrue(all.takeLeave(open("a").connection).isPresent());
        assertTrue(all.takeLeave(open("a").connection).isEmpty());
    }

    @Test
    void whatIsBeingWorkedOnStays() {
        var atWork = new ArrayList<Line>();
        for (int i = 0; i < PER_CLIENT; i++) {
            Line line = open("a");
            line.sends(10);
            line.connection.begin(null, false);
            line.connection.received();
            atWork.add(line);
        }
        pass(5);
        for (int i = 0; i < PER_CLIENT; i++) {
            Line slow = open("a");
            slow.sends(10);
            assertTrue(isOpen(slow));
        }
        assertFalse(isOpen(open("a")));
        atWork.forEach(line -> assertTrue(isOpen(line)));
    }

    @Test
    void allClientsTogetherKeepTheirBound() {
        Line first = open("0");
        pass(5);
        for (int i = 1; i <= MOST; i++) {
            open(Integer.toString(i)).sends(10);
        }
        assertFalse(isOpen(first));
        assertEquals(MOST, all.count());
    }

    @Test
    void behindAProxyTheRequestsOfOneClientAreBoundAndNotTheProxy() {
        var ofOne = new ArrayList<Line>();
        for (int i = 0; i < PER_CLIENT; i++) {
            Line line = open(null);
            line.sends(10);
            line.connection.begin("reader", false);
            ofOne.add(line);
        }
        pass(5);
        Line another = open(null);
        another.connection.begin("another", false);
        ofOne.forEach(line -> assertTrue(isOpen(line)));
        Line oneMore = open(null);
        oneMore.connection.begin("reader", false);
        assertEquals(PER_CLIENT - 1, ofOne.stream().filter(this::isOpen).count());
        assertTrue(isOpen(oneMore));
        assertTrue(isOpen(another));
    }

    @Test
    void requestsAheadOfTheirAnswersAreCutWhereTheyAreTooMany() {
        Line line = open("a");
        line.sends(100);
        line.connection.begin(null, false);
        line.connection.received();
        line.sends(60_000);
        assertTrue(isOpen(line));
        line.sends(60_000);
        assertFalse(isOpen(line));
    }

    @Test
    void placesAmongThoseWorkedOnAreGivenBackOnceHoweverARequestEnds() {
        Line first = open("a");
        Line second = open("b");
        Line third = open("c");
        for (Line line : List.of(first, second, third)) {
            line.connection.begin(null, false);
            line.connection.received();
        }
        assertTrue(all.takeRoom(first.connection).isPresent());
        assertTrue(all.takeRoom(second.connection).isPresent());
        assertTrue(all.takeRoom(third.connection).isEmpty());
        first.connection.answering(1);
        first.connection.answered(1);
        assertTrue(all.takeRoom(third.connection).isPresent());
        assertTrue(all.takeRoom(first.connection).isEmpty());
        second.channel.close();
        settle();
        assertTrue(all.takeRoom(first.connection).isPresent());
        assertTrue(all.takeRoom(second.connection).isEmpty());
    }

    @Test
    void aPlaceThatAThreadWorksInIsGivenBackByThatThreadAlone() {
        Line first = open("a");
        Line second = open("b");
        for (Line line : List.of(first, second)) {
            line.connection.begin(null, false);
            line.connection.received();
        }
        WorkPlace hungUp = all.takeRoom(first.connection).orElseThrow();
        hungUp.workBegins();
        WorkPlace answered = all.takeRoom(second.connection).orElseThrow();
        answered.workBegins();
        first.channel.close();
        settle();
        second.connection.answering(1);
        second.connection.answered(1);
        assertTrue(all.takeRoom(second.connection).isEmpty());
        answered.workEnds();
        assertTrue(all.takeRoom(second.connection).isPresent());
        answered.workEnds();
        assertTrue(all.takeRoom(second.connection).isEmpty());
        hungUp.workEnds();
        assertTrue(all.takeRoom(second.connection).isPresent());
    }

    @Test
    void theEndOfAnEarlierRequestSaysNothingOfTheNext() {
        Line line = open("a");
        line.sends(10);
        int first = line.connection.begin(null, false);
        line.connection.received();
        line.connection.answering(first);
        line.sends(10);
        line.connection.begin(null, false);
        line.connection.answered(first);
        pass(61);
        assertFalse(isOpen(line));
    }
}
