/** Takes lines of text from the network apart, without regular expressions. */
package dev.trunkline.rtc.text;
