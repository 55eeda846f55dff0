/** Where a request goes: RFC 3263. */
package dev.trunkline.sip.locate;
