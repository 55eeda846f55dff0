/**
 * The media of a call: the phone's sockets on one side, the room's track and audio on the other, all on one media loop.
 * The paths that packets take stand in {@link dev.trunkline.relay.bridge.CallMedia}.
 */
package dev.trunkline.relay.bridge;
