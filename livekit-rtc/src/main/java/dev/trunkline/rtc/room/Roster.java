package dev.trunkline.rtc.room;

import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import livekit.LivekitModels;

/**
 * The participants in the room, kept current from the server's updates. The server numbers the states of a participant, and may send an
 * older one after a newer: it is ignored, or somebody who has left would seem to be back. Pure; {@link #snapshot()} may be read on any
 * thread.
 */
final class Roster {

    /** What an update changed. */
    sealed interface Change {

        record Joined(RemoteParticipant participant) implements Change {
        }

        record Updated(RemoteParticipant participant) implements Change {
        }

        record Left(RemoteParticipant participant, DisconnectReason why) implements Change {
        }
    }

    /** How many of those who have left are remembered. */
    private static final int DEPARTED = 256;

    private final Map<String, RemoteParticipant> bySid = new LinkedHashMap<>();
    /** The version of each participant present, by SID. */
    private final Map<String, Integer> versions = new HashMap<>();
    /** SIDs of the last who have left; a participant who comes back has another. */
    private final SequencedSet<String> departed = new LinkedHashSet<>();
    private volatile List<RemoteParticipant> snapshot = List.of();

    /** Applies updates of some participants; our own are skipped. */
    List<Change> apply(List<LivekitModels.ParticipantInfo> infos, String localSid) {
        List<Change> changes = new ArrayList<>();
        for (LivekitModels.ParticipantInfo info : infos) {
            if (!info.getSid().equals(localSid) && !info.getSid().isEmpty()) {
                changes.addAll(apply(info));
            }
        }
        snapshot = List.copyOf(bySid.values());
        return changes;
    }

    /** Applies a complete list: a participant that is not in it has left. */
    List<Change> replace(List<LivekitModels.ParticipantInfo> everybody, String localSid) {
        Set<String> present = everybody.stream().map(LivekitModels.ParticipantInfo::getSid).collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>();
        for (RemoteParticipant gone : List.copyOf(bySid.values())) {
            if (!present.contains(gone.sid())) {
                remove(gone.sid());
                changes.add(new Change.Left(gone, DisconnectReason.UNKNOWN));
            }
        }
        departed.removeAll(present);
        changes.addAll(apply(everybody, localSid));
        return changes;
    }

    List<RemoteParticipant> snapshot() {
        return snapshot;
    }

    Optional<RemoteParticipant> find(String sid, String identity) {
        RemoteParticipant bySidFound = bySid.get(sid);
        if (bySidFound != null) {
            return Optional.of(bySidFound);
        }
        return bySid.values().stream().filter(p -> p.identity().equals(identity)).findFirst();
    }

    Optional<RemoteAudioTrack> track(String trackSid) {
        return bySid.values().stream()
                .flatMap(participant -> participant.audioTracks().stream())
                .filter(track -> track.sid().equals(trackSid))
                .findFirst();
    }

    private List<Change> apply(LivekitModels.ParticipantInfo info) {
        if (info.getState() == LivekitModels.ParticipantInfo.State.DISCONNECTED) {
            return remove(info.getSid())
                    .map(gone -> List.<Change>of(new Change.Left(gone, Reasons.of(info.getDisconnectReason()))))
                    .orElse(List.of());
        }
        if (isStale(info)) {
            return List.of();
        }
        RemoteParticipant now = participant(info);
        RemoteParticipant before = bySid.get(info.getSid());
        List<Change> changes = new ArrayList<>();
        if (before == null) {
            replaced(now).ifPresent(changes::add);
            changes.add(new Change.Joined(now));
        } else if (!before.equals(now)) {
            changes.add(new Change.Updated(now));
        }
        bySid.put(info.getSid(), now);
        versions.put(info.getSid(), info.getVersion());
        return changes;
    }

    private boolean isStale(LivekitModels.ParticipantInfo info) {
        Integer known = versions.get(info.getSid());
        return departed.contains(info.getSid()) || known != null && Integer.compareUnsigned(info.getVersion(), known) < 0;
    }

    private Optional<RemoteParticipant> remove(String sid) {
        versions.remove(sid);
        if (departed.add(sid) && departed.size() > DEPARTED) {
            departed.removeFirst();
        }
        return Optional.ofNullable(bySid.remove(sid));
    }

    /** If a participant rejoins under its identity, the server does not report that the earlier session has ended. */
    private Optional<Change> replaced(RemoteParticipant now) {
        Optional<RemoteParticipant> earlier =
                bySid.values().stream().filter(present -> present.identity().equals(now.identity())).findFirst();
        earlier.ifPresent(gone -> remove(gone.sid()));
        return earlier.map(gone -> new Change.Left(gone, DisconnectReason.DUPLICATE_IDENTITY));
    }

    private static RemoteParticipant participant(LivekitModels.ParticipantInfo info) {
        List<RemoteAudioTrack> tracks = info.getTracksList().stream()
                .filter(track -> track.getType() == LivekitModels.TrackType.AUDIO)
                .map(track -> new RemoteAudioTrack(
                        track.getSid(), track.getName(), info.getSid(), info.getIdentity(), track.getMimeType(),
                        track.getMuted()))
                .toList();
        return new RemoteParticipant(info.getSid(), info.getIdentity(), info.getName(), kind(info.getKind()),
                info.getMetadata(), info.getAttributesMap(), tracks);
    }

    private static ParticipantKind kind(LivekitModels.ParticipantInfo.Kind kind) {
        return switch (kind) {
            case STANDARD -> ParticipantKind.STANDARD;
            case INGRESS -> ParticipantKind.INGRESS;
            case EGRESS -> ParticipantKind.EGRESS;
            case SIP -> ParticipantKind.SIP;
            case AGENT -> ParticipantKind.AGENT;
            case CONNECTOR -> ParticipantKind.CONNECTOR;
            case BRIDGE -> ParticipantKind.BRIDGE;
            case UNRECOGNIZED -> ParticipantKind.OTHER;
        };
    }
}
