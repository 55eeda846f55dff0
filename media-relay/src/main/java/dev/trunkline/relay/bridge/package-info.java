/**
 * The media of a call: the phone's sockets on one side, the room's track and audio on the other, all on one media loop.
 * {@link dev.trunkline.relay.bridge.CallMedia} shows the paths that packets take.
 */
package dev.trunkline.relay.bridge;
