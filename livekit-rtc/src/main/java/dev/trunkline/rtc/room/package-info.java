/**
 * A joined room: its life, its negotiation, who is in it, and the path of its packets. Everything here is confined to the
 * room's media loop, except for what says otherwise.
 */
package dev.trunkline.rtc.room;
