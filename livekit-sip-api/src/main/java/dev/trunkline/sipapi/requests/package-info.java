/** The two requests of LiveKit's SIP service: a participant is created, or handed over. */
package dev.trunkline.sipapi.requests;
