package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.relay.RelayMetrics;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.bridge.MediaShop;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.room.RoomJoiner;
import dev.trunkline.relay.sdp.OfferJudge;
import dev.trunkline.relay.sdp.OwnAddresses;
import dev.trunkline.relay.sounds.SoundLibrary;
import dev.trunkline.relay.transfer.Consultation;
import dev.trunkline.relay.voicemail.Voicemails;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The dependencies that all calls of a relay share.
 *
 * @param relay this relay's id
 * @param bind where RTP sockets are bound, and how their packets are marked
 * @param advertised the addresses in SDP answers
 * @param loops assigns each call its loop
 * @param waiting what a caller hears until the agent comes
 * @param sounds for announcements to callers
 * @param consultations terms of hand-overs in which the target speaks with the agent first
 * @param voicemails keeps the messages that callers leave; empty if the settings name no store
 * @param threads virtual threads, for tasks that may block
 */
record CallContext(
        String relay,
        RtpBinding bind,
        OwnAddresses advertised,
        PortPool ports,
        Supplier<MediaLoop> loops,
        MediaShop media,
        OfferJudge offers,
        Optional<Sound.Source> waiting,
        SoundLibrary sounds,
        Optional<Voicemails> voicemails,
        RoomJoiner rooms,
        SealedCallers sealed,
        Sealer sealer,
        CallEventPublisher publisher,
        Envelopes envelopes,
        CallTimes times,
        Consultation.Terms consultations,
        Executor threads,
        Clock clock,
        RandomGenerator random,
        CallGuards guards,
        RelayMetrics metrics) {}
