package dev.trunkline.rtc.room;

import dev.trunkline.rtc.RtcException;
import org.jboss.logging.Logger;

/** Translates events and packets of the media path into their meaning for the room. */
final class MediaEvents implements MediaTransport.Events {

    private static final Logger LOG = Logger.getLogger(MediaEvents.class);

    private final RoomSession session;
    private final RoomLife life;

    MediaEvents(RoomSession session, RoomLife life) {
        this.session = session;
        this.life = life;
    }

    @Override
    public void mediaUp() {
        session.startData();
        life.mediaUp();
    }

    @Override
    public void mediaLost() {
        LOG.infof("%s the server no longer answers on the media path", session.logLabel());
        life.mediaLost();
    }

    @Override
    public void mediaFailed(RtcException why) {
        life.failed(why);
    }

    @Override
    public boolean rtp(Datagram datagram) {
        return session.receiver().receive(datagram.rtp());
    }

    @Override
    public boolean rtcp(Datagram datagram) {
        return session.reports().received(datagram.buffer(), datagram.length());
    }

    @Override
    public void packetFailed(Throwable fault) {
        session.faults().packet(fault);
    }

    @Override
    public void data(byte[] message) {
        session.data().feed(message);
    }
}
