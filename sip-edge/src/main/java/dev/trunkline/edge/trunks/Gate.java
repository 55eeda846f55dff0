package dev.trunkline.edge.trunks;

import dev.trunkline.edge.auth.DigestServer;
import dev.trunkline.edge.auth.DigestVerdict;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.message.SipRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which trunk a request comes from, by the packet's source and by digest; never by what the request claims.
 *
 * <pre>
 *   trunks of the source's address          trunks of any address
 *     without users     with users            with users alone
 *          |                 |                       |
 *          |                 +--- credentials of one of them? --- right --> that trunk
 *          |                                |              \---- wrong --> refused
 *          |                              none
 *          +-- one there? -- yes --> that   |
 *                    no ----------------> challenged
 * </pre>
 *
 * If several remain, {@link TrunkChoice} takes one by the dialled number.
 */
public final class Gate {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Supplier<TrunkTable> table;
    private final DigestServer digest;
    private final boolean challengesInDialog;

    /** @param challengesInDialog whether a call's own source is challenged too, within its dialog */
    public Gate(Supplier<TrunkTable> table, DigestServer digest, boolean challengesInDialog) {
        this.table = table;
        this.digest = digest;
        this.challengesInDialog = challengesInDialog;
    }

    /** Judges a request that belongs to no dialog. */
    public Entry judge(SipRequest request) {
        TrunkTable now = table.get();
        List<KnownTrunk> here = now.of(request.source());
        List<KnownTrunk> open = here.stream().filter(KnownTrunk::open).toList();
        List<KnownTrunk> gated = Stream.concat(
                        here.stream().filter(trunk -> !trunk.open()),
                        now.roaming().stream().filter(trunk -> trunk.speaks(request.source().transport())))
                .toList();
        Entry byCredentials = judge(request, here, gated);
        boolean none = byCredentials instanceof Entry.Stranger
                || byCredentials instanceof Entry.Challenged(var challenges, var why) && why == DigestVerdict.Why.MISSING;
        return none && !open.isEmpty()
                ? new Entry.Admitted(TrunkChoice.of(open, request).trunk(), false)
                : byCredentials;
    }

    /**
     * Judges a request within a call's dialog, or the CANCEL of its INVITE. A sender that knows the dialog and sends from where
     * the call came from, or from another address of its trunk, is believed; others need credentials, if the trunk has users at
     * all.
     *
     * @param trunkId of the call's trunk; empty if that is no longer known
     * @param from where its INVITE came from
     * @return what prevents it; empty if it is believed
     */
    public Optional<Entry> judge(SipRequest request, Optional<String> trunkId, InetAddress from) {
        TrunkTable now = table.get();
        List<KnownTrunk> here = now.of(request.source());
        boolean sameAddress = request.source().address().equals(from);
        Optional<KnownTrunk> its = trunkId.flatMap(now::byId);
        boolean itsAddress = its.map(here::contains)
                // A call that an older edge took, or whose trunk is gone: uses the trunks of the call's source.
                .orElseGet(() -> now.of(from, request.source().transport()).stream().anyMatch(here::contains));
        // A call that was placed by that trunk: accepts any of its gateways.
        boolean itsGateway = trunkId.filter(id -> now.isGateway(request.source().address(), id)).isPresent();
        boolean near = sameAddress || itsAddress || itsGateway;
        if (its.isEmpty() || its.get().open()) {
            return near ? Optional.empty() : Optional.of(here.isEmpty() ? new Entry.Stranger() : new Entry.Foreign());
        }
        return near && !challengesInDialog
                ? Optional.empty()
                : Optional.of(judge(request, itsAddress ? here : List.of(), List.of(its.get())))
                        .filter(entry -> !(entry instanceof Entry.Admitted));
    }

    /** @param here the trunks of the source's address */
    private Entry judge(SipRequest request, List<KnownTrunk> here, List<KnownTrunk> gated) {
        List<TrunkUser> users = gated.stream().flatMap(trunk -> trunk.users().stream()).toList();
        if (users.isEmpty()) {
            // A trunk of this address whose users cannot be read may bring nothing.
            return gated.isEmpty() || here.isEmpty()
                    ? new Entry.Stranger()
                    : new Entry.Refused(Optional.of(gated.getFirst().trunk()), false);
        }
        String scope = scope(request.source().address(), here);
        var question = new DigestServer.Question(request.method(), request.requestUri(), scope,
                peer(request.source().address()), request.headers().values("Authorization"));
        return switch (digest.judge(question, users)) {
            case DigestVerdict.Right(var right) -> {
                List<KnownTrunk> whose = having(right, gated);
                yield new Entry.Admitted(TrunkChoice.of(whose, request).trunk(), true);
            }
            case DigestVerdict.Challenge(var why) ->
                new Entry.Challenged(digest.challenges(users, scope, why != DigestVerdict.Why.MISSING), why);
            case DigestVerdict.Malformed(var what) -> new Entry.Malformed(what);
            case DigestVerdict.Wrong(var claimed, var looked) -> {
                List<KnownTrunk> meant = claimed.isEmpty() ? here : having(claimed, gated);
                yield new Entry.Refused(
                        meant.isEmpty() ? Optional.empty() : Optional.of(TrunkChoice.of(meant, request).trunk()), looked);
            }
        };
    }

    private static List<KnownTrunk> having(List<TrunkUser> users, List<KnownTrunk> trunks) {
        return trunks.stream().filter(trunk -> trunk.users().stream().anyMatch(users::contains)).toList();
    }

    /** A trunk may answer a challenge from another of its addresses; a stranger has only the one. */
    private static String scope(InetAddress source, List<KnownTrunk> here) {
        return here.stream()
                .filter(trunk -> !trunk.open())
                .findFirst()
                .map(trunk -> "trunk " + trunk.id())
                .orElseGet(source::getHostAddress);
    }

    /** A sender with one IPv6 address has the whole network. */
    private static String peer(InetAddress source) {
        return source instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(source.getAddress(), IPV6_NETWORK_BYTES))
                : source.getHostAddress();
    }
}
