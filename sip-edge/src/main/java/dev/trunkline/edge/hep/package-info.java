/**
 * The SIP messages of calls for Homer and other receivers of HEP: masked as in the ladder, and sent beside the calls,
 * never delaying them.
 */
package dev.trunkline.edge.hep;
