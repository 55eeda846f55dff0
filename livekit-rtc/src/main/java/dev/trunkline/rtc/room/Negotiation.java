package dev.trunkline.rtc.room;

import dev.trunkline.rtc.ice.IceCandidate;
import dev.trunkline.rtc.ice.IceCredentials;
import dev.trunkline.rtc.sdp.Offer;
import dev.trunkline.rtc.sdp.OfferedAudio;
import java.util.List;
import java.util.Optional;

/**
 * Decides which offer is due (RFC 8829): only one is open at a time, and changes meanwhile wait for its answer. Pure.
 *
 * <pre>
 *   stable --offer due--> open --answer with its id--> stable, or open again if something changed meanwhile
 * </pre>
 */
final class Negotiation {

    /** @param id the server's answer repeats it */
    record NumberedOffer(int id, Offer offer) {
    }

    private final long sessionId;
    private final String fingerprint;
    private final Optional<OfferedAudio> published;
    private List<IceCandidate> candidates;
    private IceCredentials credentials;
    private int receivedCount;
    private int lastId;
    private boolean open;
    private boolean changedMeanwhile;

    Negotiation(long sessionId, String fingerprint, List<IceCandidate> candidates, Optional<OfferedAudio> published,
            IceCredentials credentials) {
        this.sessionId = sessionId;
        this.fingerprint = fingerprint;
        this.candidates = candidates;
        this.published = published;
        this.credentials = credentials;
    }

    /** The section in which we publish, the first one. */
    static final String PUBLISHED_MID = "0";

    /** The offer that is sent in the join request. */
    NumberedOffer first() {
        return next();
    }

    /** The server needs this many additional sections, or, with 0, only another offer. */
    Optional<NumberedOffer> sectionsNeeded(int more) {
        receivedCount += Math.max(0, more);
        return due();
    }

    /** @return another offer, if something changed while this one was open */
    Optional<NumberedOffer> answered(int id) {
        if (!accepts(id)) {
            return Optional.empty();
        }
        open = false;
        if (!changedMeanwhile) {
            return Optional.empty();
        }
        return due();
    }

    /** Whether an answer belongs to the open offer; servers that do not number offers say 0. */
    boolean accepts(int id) {
        return open && (id == lastId || id == 0);
    }

    /** After a lost connection it is unknown whether the last offer arrived, so it counts as void. */
    NumberedOffer afterResume(Optional<IceCredentials> restarted) {
        restarted.ifPresent(fresh -> credentials = fresh);
        return next();
    }

    /** Restarts ICE over the current connection, even if an offer is open. */
    NumberedOffer restart(IceCredentials fresh) {
        credentials = fresh;
        return next();
    }

    /** As {@link #restart}, from another socket. */
    NumberedOffer startOver(IceCredentials fresh, List<IceCandidate> freshCandidates) {
        candidates = freshCandidates;
        return restart(fresh);
    }

    private Optional<NumberedOffer> due() {
        if (open) {
            changedMeanwhile = true;
            return Optional.empty();
        }
        return Optional.of(next());
    }

    private NumberedOffer next() {
        open = true;
        changedMeanwhile = false;
        lastId++;
        return new NumberedOffer(
                lastId, new Offer(sessionId, lastId, credentials, fingerprint, candidates, published, receivedCount));
    }
}
