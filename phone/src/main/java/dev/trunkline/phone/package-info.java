/** A small SIP phone for tests and the command line: dial, talk, listen, report. It shares no code with what it calls. */
package dev.trunkline.phone;
