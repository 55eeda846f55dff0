package dev.trunkline.rtc.room;

import livekit.LivekitModels;

/** What the server has said about the room and us. */
record RoomInfo(String name, String sid, String metadata, String localIdentity, String localSid) {

    static final RoomInfo UNKNOWN = new RoomInfo("", "", "", "", "");

    RoomInfo with(LivekitModels.Room room) {
        // The first message may come before the room has its id; an update supplies it.
        return new RoomInfo(room.getName(), room.getSid().isEmpty() ? sid : room.getSid(), room.getMetadata(),
                localIdentity, localSid);
    }

    RoomInfo with(LivekitModels.ParticipantInfo local) {
        return new RoomInfo(name, sid, metadata, local.getIdentity(), local.getSid());
    }
}
