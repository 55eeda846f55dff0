package dev.trunkline.relay.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.relay.transfer.TransferRefusal;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A participant in the room who asked by a data message, and gets replies by data messages.
 *
 * @param who identity in the room
 */
record DataAsker(CallRoom here, String who) implements TransferAsker {
    @Override
    public Optional<String> identity() {
        return Optional.of(who);
    }

    @Override
    public void consulting(String transfer, CallId leg, String participant) {
        say(consulting(said(transfer, "consulting"), leg, participant));
    }

    /** Adds the target's call, and its identity in the room. */
    static ObjectNode consulting(ObjectNode said, CallId leg, String participant) {
        return withLeg(said, Optional.of(leg)).put("participant", participant);
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String by() {
        return "data";
    }

    @Override
    public void refused(String transfer, TransferRefusal why) {
        say(said(transfer, "failed").put("code", why.code()).put("detail", why.getMessage()));
    }

    @Override
    public void started(String transfer, Optional<CallId> leg) {
        say(withLeg(said(transfer, "started"), leg));
    }

    @Override
    public void succeeded(String transfer, Optional<CallId> leg) {
        say(withLeg(said(transfer, "succeeded"), leg));
    }

    @Override
    public void failed(String transfer, String detail, OptionalInt status) {
        ObjectNode said = said(transfer, "failed").put("detail", detail);
        status.ifPresent(sip -> said.put("status", sip));
        say(said);
    }

    /** Another participant now has the caller's place. @param participant identity of that one in the room; empty if it is not known */
    void replaced(String transfer, CallId leg, String participant) {
        say(withLeg(said(transfer, "replaced"), Optional.of(leg)).put("participant", participant));
    }

    static ObjectNode said(String transfer, String state) {
        return EventJson.MAPPER.createObjectNode().put("transfer", transfer).put("state", state);
    }

    /** Adds the call that is made for the hand-over. */
    static ObjectNode withLeg(ObjectNode said, Optional<CallId> leg) {
        leg.ifPresent(call -> said.put("leg", call.toString()));
        return said;
    }

    private void say(ObjectNode said) {
        here.tell(Transfers.NAME, said.toString(), who);
    }
}
