package dev.trunkline.relay.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.relay.transfer.TransferRefusal;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RpcError;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A participant in the room who called {@link Transfers#NAME}: the outcome is the reply. A hand-over that was begun is also reported by
 * data messages, for requesters that did not wait that long.
 */
record RpcAsker(RpcCall call, DataAsker data) implements TransferAsker {
    /** The far end was asked and gave no status: LiveKit's own codes begin above. */
    private static final int FAILED = 500;

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public String by() {
        return "rpc";
    }

    @Override
    public Optional<String> identity() {
        return data.identity();
    }

    /** The requester speaks with the target now; data messages report the outcome of the hand-over. */
    @Override
    public void consulting(String transfer, CallId leg, String participant) {
        call.respond(DataAsker.consulting(DataAsker.said(transfer, "consulting"), leg, participant).toString());
        data.consulting(transfer, leg, participant);
    }

    @Override
    public void refused(String transfer, TransferRefusal why) {
        call.fail(new RpcError(why.code(), why.getMessage()));
    }

    @Override
    public void started(String transfer, Optional<CallId> leg) {
        data.started(transfer, leg);
    }

    @Override
    public void succeeded(String transfer, Optional<CallId> leg) {
        respond(call, transfer, leg);
        data.succeeded(transfer, leg);
    }

    /** The request was carried out. */
    static void respond(RpcCall call, String transfer, Optional<CallId> leg) {
        ObjectNode answer = EventJson.MAPPER.createObjectNode().put("transfer", transfer);
        call.respond(DataAsker.withLeg(answer, leg).toString());
    }

    @Override
    public void failed(String transfer, String detail, OptionalInt status) {
        fail(call, transfer, detail, status);
        data.failed(transfer, detail, status);
    }

    /** The request failed. */
    static void fail(RpcCall call, String transfer, String detail, OptionalInt status) {
        ObjectNode more = EventJson.MAPPER.createObjectNode().put("transfer", transfer).put("detail", detail);
        status.ifPresent(sip -> more.put("status", sip));
        call.fail(new RpcError(
                status.orElse(FAILED), status.isPresent() ? detail + " (SIP " + status.getAsInt() + ")" : detail, more.toString()));
    }
}
