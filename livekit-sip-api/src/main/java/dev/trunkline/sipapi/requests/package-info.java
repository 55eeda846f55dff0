/** The two requests of LiveKit's SIP service: create a participant and transfer a participant. */
package dev.trunkline.sipapi.requests;
