package dev.trunkline.relay.calls;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.bridge.MediaShop;
import dev.trunkline.relay.room.AttributeHeaders;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.SdpWriter;
import dev.trunkline.rtc.loop.MediaLoop;
import java.util.Optional;

/**
 * The assembled parts of a call; {@link RelayedCall} drives them.
 *
 * @param here the call's place in its room
 * @param gate in front of the room, if a PIN is required
 * @param hold of the caller by participants in the room
 * @param handBack of the caller by a person to the agent
 * @param parting tells the edge the headers of a BYE or a REFER
 * @param announcer plays announcements to the caller
 * @param preamble the announcement that is played before anybody may be heard
 * @param keys that are dialled to the party called right after the answer
 * @param ringing until the call is answered
 */
record CallParts(
        CallMedia media,
        Agreement agreement,
        CallRoom here,
        Reception reception,
        Optional<PinGate> gate,
        Keypad keypad,
        Renegotiation renegotiation,
        CallerHold hold,
        HandBack handBack,
        PartingHeaders parting,
        Transfers transfers,
        Forwards forwards,
        CallAnnouncer announcer,
        Preamble preamble,
        DialledKeys keys,
        Patience ringing,
        EndRequest endRequest) {
    static CallParts of(RelayedCall call, CallContext context, TakenCall taken, SerialQueue queue) {
        CallAdmitted admitted = taken.admitted();
        CallVoice voice = taken.voice();
        MediaLoop loop = context.loops().get();
        boolean handedOver = admitted.route().outgoing().filter(OutgoingLeg::servesParent).isPresent();
        MediaShop shop = handedOver ? context.media().playing(Optional.empty()) : context.media();
        CallMedia media = shop.open(
                loop, taken.ports(),
                taken.agreed().map(Negotiation.Accepted::media).orElseGet(taken.terms()::unanswered),
                taken.crypto().session(), Sources.trusted(admitted.route()),
                new PhoneEars(call, context, admitted, voice, queue));
        var agreement = new Agreement(
                taken.visit().label(), taken.terms(), writer(context, taken), taken.crypto(), media, taken.agreed(), taken.takeOver());
        Optional<PinGate> gate = taken.pin().map(entry -> new PinGate(
                taken.visit().label(), entry, media::beep, loop, queue, context.guards().pins(), taken.pinCaller(), call::judged));
        var methods = new SipMethods(taken.visit().participant().attributes(), call::end, context.guards().faults());
        var here = new CallRoom(
                context.rooms(), taken.visit(), loop, media, queue, () -> new RoomEars(call, media, methods), context.clock());
        var announcer = new CallAnnouncer(context, admitted.route(), media, voice, queue);
        var targets = new SealedTargets(context.sealer());
        var parting = new PartingHeaders(
                AttributeHeaders.of(admitted), admitted.callId(), targets, voice, here, call::isTalk, loop, queue);
        var requests = new TransferRequests(admitted.route(), context.relay(), targets, parting);
        var messages = new MessageTaker(context, admitted.route(), media, announcer, queue);
        var forwards = new Forwards(
                context, admitted.route(), voice, requests, announcer, messages, () -> voice.whole().isAnswered(), queue,
                new Patience(loop, queue, context.guards().heard()), call::end);
        Reception reception = handedOver ? new NoReception(here) : new CallerReception(
                context, admitted.route(), taken.takeOver().flatMap(TakeOver::attended), here, media, voice, loop, queue, call::lookAround,
                forwards::taken, call::deserted, call::end);
        var hold = new CallerHold(
                admitted.route(), here, media, context.waiting(), call::isTalk, voice::say, context.guards().faults());
        return new CallParts(
                media, agreement, here, reception,
                gate,
                new Keypad(admitted.callId(), taken.visit().label(), gate, messages, here, voice, context.sealer()),
                new Renegotiation(
                        admitted.callId(), agreement, voice,
                        phone -> gate.isEmpty() || context.media().hearsKeys(phone), call::ready, call::end,
                        () -> admitted.route().outgoing().isEmpty() || voice.whole().isAnswered()),
                hold,
                new HandBack(
                        admitted.route(), reception, call::isTalk, call::lookAround, voice::say,
                        new Patience(loop, queue, context.guards().heard()), context.guards().faults()),
                parting,
                new Transfers(
                        context, admitted.route(), voice, here, hold, reception, call::isTalk, requests,
                        new Patience(loop, queue, context.guards().heard()),
                        new EarlyRequest(new Patience(loop, queue, context.guards().heard()))),
                forwards,
                announcer,
                new Preamble(admitted.route().announcement(), announcer, media, queue),
                // The relay that had the call before has dialled them.
                new DialledKeys(taken.takeOver().isPresent() ? "" : taken.called().extras().keys(), here, media, loop, queue),
                new Patience(loop, queue, context.guards().heard()),
                new EndRequest(voice, parting::forBye, loop, queue, context.guards().heard(), context.times().edgeReply()));
    }

    private static SdpWriter writer(CallContext context, TakenCall taken) {
        return taken.takeOver().flatMap(TakeOver::origin)
                .map(before -> SdpWriter.after(before, context.advertised(), taken.ports().port()))
                .orElseGet(() -> new SdpWriter(context.random().nextLong(), context.advertised(), taken.ports().port()));
    }
}
