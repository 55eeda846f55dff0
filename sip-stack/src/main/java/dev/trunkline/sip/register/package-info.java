/** When to register, again, and no more (RFC 3261 section 10). Pure; timers are inputs, the time is given. */
package dev.trunkline.sip.register;
