package dev.trunkline.edge.calls;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.events.CallId;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.PacketSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The calls of this edge that are not over, by each of their names. Their partitions are read meanwhile. Thread-safe, without a
 * lock that all calls would share.
 */
public final class Calls {
    private final Map<String, Call> byId = new ConcurrentHashMap<>();
    private final Map<DialogKey, Call> byDialog = new ConcurrentHashMap<>();
    private final Map<InviteKey, Call> byInvite = new ConcurrentHashMap<>();
    private final Partners partners = new Partners();
    private final PhoneTransfers phoneTransfers = new PhoneTransfers();
    private final Joins joins = new Joins();
    private final AtomicInteger live = new AtomicInteger();
    private final KeptPartitions kept;
    private final BiConsumer<String, CallId> named;

    public Calls(KeptPartitions kept) {
        this(kept, (sipCallId, call) -> { });
    }

    /** @param named told which SIP Call-ID each call has; must not block */
    public Calls(KeptPartitions kept, BiConsumer<String, CallId> named) {
        this.kept = kept;
        this.named = named;
    }

    void add(Call call) {
        named.accept(call.sipCallId(), call.id());
        live.incrementAndGet();
        kept.begin(call.id().toString());
        byId.put(call.id().toString(), call);
        call.dialog().ifPresent(dialog -> byDialog.put(dialog, call));
        call.inviteKey().ifPresent(key -> byInvite.put(key, call));
        partners.add(call);
    }

    /** Registers the dialog of an outbound call, or a new dialog of a call. @param before empty if it had none */
    void learn(Call call, Optional<DialogKey> before, DialogKey dialog) {
        before.ifPresent(old -> byDialog.remove(old, call));
        byDialog.put(dialog, call);
        if (call.isOver()) {
            byDialog.remove(dialog, call);
        }
    }

    /** To be called once. */
    void forget(Call call) {
        live.decrementAndGet();
        kept.end(call.id().toString());
        call.dialog().ifPresent(dialog -> byDialog.remove(dialog, call));
        call.inviteKey().ifPresent(key -> byInvite.remove(key, call));
        partners.remove(call);
        phoneTransfers.over(call);
        byId.remove(call.id().toString(), call);
    }

    /** @param key a call id as a Kafka key has it */
    Optional<Call> byKey(String key) {
        return key == null ? Optional.empty() : Optional.ofNullable(byId.get(key));
    }

    Optional<Call> ofDialog(SipRequest request) {
        return Optional.ofNullable(byDialog.get(DialogKey.of(request)));
    }

    Optional<Call> ofDialog(DialogKey key) {
        return Optional.ofNullable(byDialog.get(key));
    }

    /** Returns the call whose INVITE had the Call-ID, From tag and CSeq of this request. */
    Optional<Call> ofInvite(SipRequest request) {
        return Optional.ofNullable(byInvite.get(InviteKey.of(request)));
    }

    /** Whether a call came by this connection. Checks all calls: to be asked rarely. */
    boolean anyFrom(PacketSource connection) {
        return byId.values().stream().anyMatch(call -> call.cameFrom(connection));
    }

    Collection<Call> all() {
        return byId.values();
    }

    /** The calls that belong together. */
    Partners partners() {
        return partners;
    }

    /** The requests that phones made by REFER. */
    PhoneTransfers phoneTransfers() {
        return phoneTransfers;
    }

    /** The joins of two calls of one phone. */
    Joins joins() {
        return joins;
    }

    /** How many are not over. */
    public int live() {
        return live.get();
    }

    /** How many are neither answered nor over. */
    public long early() {
        return byId.values().stream().filter(Call::isEarly).count();
    }

    /** Ends all that are not over. */
    public void end() {
        byId.values().forEach(call -> call.on(new CallInput.Drain()));
    }

    /** Ends the calls that a restarted edge could not resume. */
    public void drain() {
        byId.values().stream().filter(Call::isEarly).forEach(call -> call.on(new CallInput.Drain()));
    }
}
