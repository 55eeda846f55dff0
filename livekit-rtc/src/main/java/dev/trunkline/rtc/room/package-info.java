/**
 * A joined room: its lifecycle, its negotiation, its participants, and the path of its packets. Everything here is confined
 * to the room's media loop, unless stated otherwise.
 */
package dev.trunkline.rtc.room;
