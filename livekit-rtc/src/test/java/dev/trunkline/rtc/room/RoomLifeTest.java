package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RtcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomLifeTest {

    private static final RtcException GONE = new RtcException(RtcException.Kind.UNREACHABLE, "gone");

    private final List<String> done = new ArrayList<>();
    private final RoomLife life = new RoomLife(true, new Recorder(done));

    @Test
    void isJoinedWhenAllThreeAreThereInAnyOrder() {
        life.mediaUp();
        life.published();
        assertThat(done).isEmpty();
        life.welcomed();
        assertThat(done).containsExactly("joined");
        assertThat(life.state()).isEqualTo(new RoomLife.State.Connected());
    }

    @Test
    void aListenerNeedsNoTrack() {
        RoomLife listening = new RoomLife(false, new Recorder(done));
        listening.welcomed();
        listening.mediaUp();
        assertThat(done).containsExactly("joined");
    }

    @Test
    void whatIsLostWhileJoiningFailsTheJoinOnce() {
        life.welcomed();
        life.signalLost(GONE);
        life.mediaUp();
        life.published();
        life.mediaLost();
        life.left(DisconnectReason.CLIENT_INITIATED);
        life.joinTimeUp(true);
        assertThat(done).containsExactly("failed UNREACHABLE");
    }

    @Test
    void theServerMayEndAJoin() {
        life.serverLeft(RoomLife.ServerWish.DISCONNECT, DisconnectReason.JOIN_FAILURE);
        assertThat(done).containsExactly("failed ENDED");
    }

    @Test
    void aJoinThatTakesTooLongSaysWhatIsMissing() {
        life.joinTimeUp(false);
        assertThat(done).containsExactly("failed TIMEOUT");
    }

    @Test
    void aJoinWithoutAPathSaysSo() {
        life.welcomed();
        life.published();
        life.joinTimeUp(false);
        assertThat(done).containsExactly("failed ICE_FAILED");
    }

    @Test
    void aSilentPathIsStartedOverWhileJoining() {
        life.welcomed();
        life.mediaSilent(Duration.ofSeconds(2));
        life.mediaSilent(Duration.ofSeconds(4));
        life.published();
        life.mediaUp();
        life.mediaSilent(Duration.ofSeconds(8));
        assertThat(done).containsExactly("start over after PT2S", "start over after PT4S", "joined");
    }

    @Test
    void timeIsUpForNobodyWhoHasJoined() {
        join();
        life.joinTimeUp(true);
        life.resumeTimeUp();
        assertThat(done).isEmpty();
    }

    @Test
    void lostSignallingIsResumedWhileMediaGoesOn() {
        join();
        life.signalLost(GONE);
        life.signalLost(GONE);
        life.signalLost(GONE);
        life.signalResumed();
        assertThat(done).containsExactly(
                "reconnecting", "resume 1", "resume 2", "resume 3", "resync", "reconnected");
    }

    @Test
    void lostMediaIsRestartedOverSignalling() {
        join();
        life.mediaLost();
        life.mediaUp();
        assertThat(done).containsExactly("reconnecting", "restart ICE", "reconnected");
    }

    @Test
    void whenBothAreLostSignallingComesFirst() {
        join();
        life.signalLost(GONE);
        life.mediaLost();
        life.signalResumed();
        assertThat(done).containsExactly("reconnecting", "resume 1", "resync with ICE");
        life.mediaUp();
        assertThat(done).last().isEqualTo("reconnected");
    }

    @Test
    void signallingLostWhileMediaRestartsIsResumedToo() {
        join();
        life.mediaLost();
        life.signalLost(GONE);
        life.signalResumed();
        life.mediaUp();
        assertThat(done).containsExactly(
                "reconnecting", "restart ICE", "resume 1", "resync with ICE", "reconnected");
    }

    @Test
    void mediaThatComesBackBeforeSignallingWaitsForIt() {
        join();
        life.signalLost(GONE);
        life.mediaLost();
        life.mediaUp();
        assertThat(done).doesNotContain("reconnected");
        life.signalResumed();
        assertThat(done).endsWith("resync", "reconnected");
    }

    @Test
    void resumingEndsWhenItsTimeIsUp() {
        join();
        life.signalLost(GONE);
        life.resumeTimeUp();
        life.signalResumed();
        assertThat(done).containsExactly("reconnecting", "resume 1", "disconnected CONNECTION_LOST");
        assertThat(life.isClosed()).isTrue();
    }

    @Test
    void theServersWishesAreFollowed() {
        join();
        life.serverLeft(RoomLife.ServerWish.RESUME, DisconnectReason.UNKNOWN);
        assertThat(done).containsExactly("reconnecting", "resume 1");
        life.serverLeft(RoomLife.ServerWish.REJOIN, DisconnectReason.STATE_MISMATCH);
        assertThat(done).last().isEqualTo("disconnected REJOIN_REQUIRED");
        life.serverLeft(RoomLife.ServerWish.DISCONNECT, DisconnectReason.ROOM_DELETED);
        assertThat(done).hasSize(3);
    }

    @Test
    void aDeletedRoomEndsOnce() {
        join();
        life.serverLeft(RoomLife.ServerWish.DISCONNECT, DisconnectReason.ROOM_DELETED);
        life.left(DisconnectReason.CLIENT_INITIATED);
        life.signalLost(GONE);
        assertThat(done).containsExactly("disconnected ROOM_DELETED");
    }

    @Test
    void aFailedHandshakeAfterTheJoinIsALostConnection() {
        join();
        life.failed(new RtcException(RtcException.Kind.DTLS_FAILED, "no"));
        assertThat(done).containsExactly("disconnected CONNECTION_LOST");
    }

    private void join() {
        life.welcomed();
        life.mediaUp();
        life.published();
        done.clear();
    }

    record Recorder(List<String> heard) implements RoomLife.Actions {
        @Override
        public void joined() {
            heard.add("joined");
        }

        @Override
        public void joinFailed(RtcException why) {
            heard.add("failed " + why.kind());
        }

        @Override
        public void startMediaOver(Duration silence) {
            heard.add("start over after " + silence);
        }

        @Override
        public void reconnecting() {
            heard.add("reconnecting");
        }

        @Override
        public void reconnected() {
            heard.add("reconnected");
        }

        @Override
        public void resumeSignalling(int attempt) {
            heard.add("resume " + attempt);
        }

        @Override
        public void resynchronise(boolean restartIce) {
            heard.add(restartIce ? "resync with ICE" : "resync");
        }

        @Override
        public void restartIce() {
            heard.add("restart ICE");
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            heard.add("disconnected " + reason);
        }
    }
}
