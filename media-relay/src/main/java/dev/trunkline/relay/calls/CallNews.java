package dev.trunkline.relay.calls;

import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;

/** Dispatches a call's events from Kafka to its parts. Used in the call's queue only, until the call is over. */
record CallNews(
        RelayedCall call, Claim claim, Renegotiation renegotiation, Keypad keypad, Reception reception, Transfers transfers,
        Forwards forwards, CallerHold hold, HandBack handBack) {
    void take(Envelope envelope) {
        switch (envelope.record()) {
            case MediaLost lost -> call.letGo(lost.revision());
            case MediaReady ready when claim.isLostTo(ready) -> call.last("relay " + ready.relay() + " has the call");
            case MediaReady ready when call.isInRoom() -> forwards.ready();
            case MediaOffered offered -> renegotiation.take(envelope, offered);
            case DtmfReceived key -> key.sealedKey().ifPresent(keypad::told);
            case LegRinging ringing -> call.rings();
            case CallAnswered answered -> {
                call.answered(envelope, answered);
                transfers.answered();
                forwards.answered();
            }
            case TransferCall command -> transfers.commanded(envelope, command);
            case AgentUnavailable none when call.isInRoom() && reception.isAlone() -> {
                if (forwards.unavailable(none)) {
                    reception.goesOn();
                }
            }
            case AgentMissed none -> handBack.missed(none);
            case TransferStarted started -> {
                started.leg().ifPresent(leg -> {
                    if (started.way() == TransferWay.WARM) {
                        reception.consulted(leg);
                    } else {
                        reception.partnerCalled(started.transfer(), leg, transfers.agentsStay(started.transfer()));
                    }
                });
                transfers.started(started);
                forwards.started(started);
            }
            case TransferConsulting consulting -> transfers.consulting(consulting);
            case TransferFailed failed -> {
                reception.partnerFailed(failed.transfer());
                transfers.failed(failed);
                forwards.failed(failed);
            }
            case TransferSucceeded succeeded -> {
                succeeded.leg().ifPresent(leg -> reception.partnerJoined(leg, succeeded.agentsStay()));
                hold.handedOver();
                handBack.handedOver();
                transfers.succeeded(succeeded);
                forwards.succeeded(succeeded);
                call.lookAround();
            }
            case CallEnded ended -> call.last("call ended: " + ended.reason().code());
            case CallRejected rejected -> call.last("call rejected: " + rejected.reason().code());
            default -> {
                // Does not concern media.
            }
        }
    }
}
