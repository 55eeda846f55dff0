package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.ice.IceCredentials;
import dev.trunkline.rtc.sdp.Answer;
import dev.trunkline.rtc.sdp.AnswerSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private final Subscriptions subscriptions = new Subscriptions();
    private final Map<String, RemoteAudioTrack> published = new HashMap<>();

    @Test
    void aTrackNeedsBothItsSectionAndItsPublisher() {
        answer(section("2", "TR_a", 10));
        assertThat(resolve().added()).isEmpty();
        assertThat(subscriptions.find(10)).isEmpty();
        publish("TR_a");
        assertThat(resolve().added()).extracting(RemoteAudioTrack::sid).containsExactly("TR_a");
        assertThat(subscriptions.find(10).orElseThrow().track().sid()).isEqualTo("TR_a");
        assertThat(subscriptions.find(11)).isEmpty();
    }

    @Test
    void aPublisherWhoLeavesTakesTheTrackBeforeTheAnswerDoes() {
        publish("TR_a");
        answer(section("2", "TR_a", 10));
        resolve();
        published.clear();
        assertThat(resolve().removed()).extracting(RemoteAudioTrack::sid).containsExactly("TR_a");
        answer(section("2", "TR_a", 10));
        assertThat(resolve()).isEqualTo(new Subscriptions.Changes(List.of(), List.of()));
    }

    @Test
    void aSectionMayBeUsedAgainForAnotherTrack() {
        publish("TR_a");
        publish("TR_b");
        answer(section("2", "TR_a", 10));
        resolve();
        answer(section("2", "TR_b", 20));
        Subscriptions.Changes changes = resolve();
        assertThat(changes.added()).extracting(RemoteAudioTrack::sid).containsExactly("TR_b");
        assertThat(changes.removed()).extracting(RemoteAudioTrack::sid).containsExactly("TR_a");
        assertThat(subscriptions.find(10)).isEmpty();
        assertThat(subscriptions.find(20)).isPresent();
    }

    @Test
    void theServersMapOfTracksGoesBeforeTheSections() {
        publish("TR_real");
        subscriptions.answered(answerOf(List.of(section("2", "something", 10))), Map.of("2", "TR_real"));
        assertThat(resolve().added()).extracting(RemoteAudioTrack::sid).containsExactly("TR_real");
    }

    @Test
    void statisticsGoOnWhenOtherTracksCome() {
        publish("TR_a");
        publish("TR_b");
        answer(section("2", "TR_a", 10));
        resolve();
        subscriptions.find(10).orElseThrow().received(1, 160, 8000, 0);
        answer(section("2", "TR_a", 10), section("3", "TR_b", 20));
        resolve();
        subscriptions.find(10).orElseThrow().received(2, 320, 8000, 0);
        assertThat(subscriptions.find(10).orElseThrow().stats().orElseThrow().packets()).isEqualTo(2);
        assertThat(subscriptions.find(20).orElseThrow().stats()).isEmpty();
    }

    @Test
    void anotherCodecBeginsNewStatistics() {
        publish("TR_a");
        answer(section("2", "TR_a", 10));
        resolve();
        subscriptions.find(10).orElseThrow().received(1, 160, 8000, 0);
        subscriptions.find(10).orElseThrow().received(2, 960, 48_000, 0);
        assertThat(subscriptions.find(10).orElseThrow().stats().orElseThrow().clockRate()).isEqualTo(48_000);
    }

    private void publish(String sid) {
        published.put(sid, new RemoteAudioTrack(sid, "", "PA_1", "a", "audio/opus", false));
    }

    private void answer(AnswerSection... sections) {
        subscriptions.answered(answerOf(List.of(sections)), Map.of());
    }

    private Subscriptions.Changes resolve() {
        return subscriptions.resolve(sid -> Optional.ofNullable(published.get(sid)));
    }

    private static Answer answerOf(List<AnswerSection> sections) {
        return new Answer(new IceCredentials("u", "p"), "AA", "passive", List.of(), new ArrayList<>(sections));
    }

    private static AnswerSection section(String mid, String track, long ssrc) {
        return new AnswerSection(
                mid, "audio", false, "sendonly", List.of(), List.of(ssrc), Optional.of(track), Map.of());
    }
}
