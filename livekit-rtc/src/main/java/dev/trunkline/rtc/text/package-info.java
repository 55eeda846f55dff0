/** Parses lines of text from the network, without regular expressions. */
package dev.trunkline.rtc.text;
