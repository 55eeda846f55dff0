package dev.trunkline.dispatcher.warm;

/** Receives notifications about rooms in which agents wait. */
public interface WarmCounts {
    /** A call was put into one, or none was waiting. */
    void given(boolean room);

    /** LiveKit created one. */
    void made();

    /** One was closed without ever having a call in it. */
    void closed();

    /** One could not be created. */
    void failed();
}
