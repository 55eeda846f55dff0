/** Which of several gateways a request goes to, and which of them are there. Pure. */
package dev.trunkline.sip.gateway;
